using System.Buffers;
using System.Runtime.CompilerServices;

namespace Checker.Checkers.Linearizability.Special.Columns;

/// <summary>
/// A scratch column: pooled while it is small, so that ten thousand keys reuse the same few buffers; allocated to measure where it is
/// large,
/// because the pool rounds up to powers of two. The contents are arbitrary at first.
/// </summary>
internal struct Rented<T> : IDisposable
    where T : unmanaged
{
    private const int PooledBytes = 1 << 22;
    private T[] _array;
    private readonly bool _pooled;

    public Rented(int length)
    {
        _pooled = (long)length * Unsafe.SizeOf<T>() <= PooledBytes;
        _array = _pooled ? ArrayPool<T>.Shared.Rent(length) : GC.AllocateUninitializedArray<T>(length);
        Length = length;
    }

    public int Length { get; }

    public readonly Span<T> Span => _array.AsSpan(0, Length);

    public void Dispose()
    {
        if (_pooled && _array.Length > 0) ArrayPool<T>.Shared.Return(_array);
        _array = [];
    }

    /// <summary>The array behind the column, which may be longer: for the hottest loops.</summary>
    public readonly T[] Array => _array;

    /// <summary>A longer column with the same beginning; this one is given back.</summary>
    public Rented<T> Grow(int length)
    {
        var longer = new Rented<T>(length);
        Span.CopyTo(longer.Span);
        Dispose();
        return longer;
    }
}

using Checker.Histories.Values;

namespace Checker.Harness.Generators;

/// <summary>Keys in order, as many as there are, perhaps without end.</summary>
public sealed class KeySequence
{
    private readonly Func<long, Value> _keyAt;

    private KeySequence(Func<long, Value> keyAt, long count)
    {
        _keyAt = keyAt;
        Count = count;
    }

    /// <summary>How many keys there are; <see cref="long.MaxValue"/> if they have no end.</summary>
    public long Count { get; }

    /// <summary>The key at a place, from 0.</summary>
    public Value this[long index] => _keyAt(index);

    /// <summary>0, 1, 2 …</summary>
    /// <param name="count">How many.</param>
    public static KeySequence Numbers(long count = long.MaxValue) => From(static i => i, count);

    /// <summary>These keys.</summary>
    public static KeySequence Of(params Value[] keys)
    {
        var copy = keys.AsSpan().ToArray();
        return new(i => copy[i], copy.Length);
    }

    /// <summary>Whatever the function says of 0, 1, 2 …; it must say a different key each time.</summary>
    /// <param name="keyAt">The key at a place.</param>
    /// <param name="count">How many.</param>
    public static KeySequence From(Func<long, Value> keyAt, long count = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(keyAt);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(keyAt, count);
    }
}

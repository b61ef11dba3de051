using System.Numerics;

namespace Checker.Checkers.Objects;

/// <summary>A set of rows, compared by contents.</summary>
internal sealed class RowSet : IEquatable<RowSet>
{
    private readonly ulong[] _words;

    /// <summary>An empty set of rows below a number.</summary>
    public RowSet(int count) => _words = new ulong[(count + 63) >> 6];

    private RowSet(ulong[] words) => _words = words;

    /// <summary>The bytes it holds.</summary>
    public long Bytes => 64 + (_words.Length * 8L);

    /// <summary>Whether the row is in it.</summary>
    public bool Has(int row) => (_words[row >> 6] >> row & 1) != 0;

    /// <summary>Adds a row.</summary>
    public void Add(int row) => _words[row >> 6] |= 1UL << row;

    /// <summary>Adds the rows of another set.</summary>
    public void Add(RowSet other)
    {
        for (var i = 0; i < _words.Length; i++) _words[i] |= other._words[i];
    }

    /// <summary>A copy to add to.</summary>
    public RowSet Copy() => new((ulong[])_words.Clone());

    /// <summary>Whether all its rows are in another set.</summary>
    public bool IsWithin(RowSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if ((_words[i] & ~other._words[i]) != 0) return false;
        }

        return true;
    }

    /// <summary>Its rows, ascending.</summary>
    public IEnumerable<int> Rows()
    {
        for (var i = 0; i < _words.Length; i++)
        {
            for (var bits = _words[i]; bits != 0; bits &= bits - 1) yield return (i << 6) + BitOperations.TrailingZeroCount(bits);
        }
    }

    /// <inheritdoc/>
    public bool Equals(RowSet? other) => other is not null && _words.AsSpan().SequenceEqual(other._words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RowSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 0UL;
        foreach (var word in _words) hash = (hash ^ word) * 0x9E3779B97F4A7C15;
        return (int)(hash >> 32);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(',', Rows());
}

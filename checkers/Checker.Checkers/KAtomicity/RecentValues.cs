using Checker.Histories.Values;

namespace Checker.Checkers.KAtomicity;

/// <summary>The last values of a register, newest first. Immutable.</summary>
/// <param name="values">The values; kept, not copied.</param>
internal sealed class RecentValues(ValueId[] values) : IEquatable<RecentValues>
{
    /// <summary>The current value.</summary>
    public ValueId Newest => values[0];

    /// <summary>Whether a value is among them.</summary>
    public bool Contains(ValueId value) => Array.IndexOf(values, value) >= 0;

    /// <summary>The last values after one more was written.</summary>
    /// <param name="value">The value.</param>
    /// <param name="most">How many to remember.</param>
    public RecentValues Then(ValueId value, int most) => new([value, .. values.AsSpan(0, Math.Min(values.Length, most - 1))]);

    /// <summary>The values as text.</summary>
    public string Text(ValueTable table) => string.Join(", ", values.Select(table.Text));

    /// <inheritdoc/>
    public bool Equals(RecentValues? other) => other is not null && values.AsSpan().SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RecentValues);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in values) hash.Add(value.Bits);
        return hash.ToHashCode();
    }

    private ReadOnlySpan<ValueId> Values => values;
}

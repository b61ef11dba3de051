namespace Checker.Checkers.Linearizability.Problems;

/// <summary>What a search found out about one object.</summary>
internal sealed record SearchResult
{
    private readonly int _placed;

    /// <summary>Valid, invalid, or unknown if the budget was spent.</summary>
    public required VerdictKind Kind { get; init; }

    /// <summary>If valid: a linearization, as numbers of operations. Otherwise the longest partial one that was found.</summary>
    public required int[] Order { get; init; }

    /// <summary>If not valid: how many operations the longest partial order places, of which <see cref="Order"/> need not say all.</summary>
    public int Placed
    {
        get => Math.Max(_placed, Order.Length);
        init => _placed = value;
    }

    /// <summary>If not valid: the operation whose return could not be passed after <see cref="Order"/>; −1 if there is none.</summary>
    public int Stuck { get; init; } = -1;

    /// <summary>If not valid: the state after <see cref="Order"/>, in words.</summary>
    public string State { get; init; } = "";

    /// <summary>If unknown: which budget was spent.</summary>
    public string Reason { get; init; } = "";

    /// <summary>If unknown: whether that is so because an operation's form is not what its function needs; no budget helps then.</summary>
    public bool Malformed { get; init; }

    /// <summary>How many times the specification was stepped.</summary>
    public long Steps { get; init; }
}

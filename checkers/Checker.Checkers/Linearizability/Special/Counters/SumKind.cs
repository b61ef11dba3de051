namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>What a row of a counter is.</summary>
internal enum SumKind
{
    /// <summary>A change by zero.</summary>
    Nothing,

    /// <summary>A change that happened.</summary>
    Change,

    /// <summary>A read.</summary>
    Read,

    /// <summary>A change of unknown outcome.</summary>
    Unknown,
}

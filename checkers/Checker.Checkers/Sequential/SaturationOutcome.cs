namespace Checker.Checkers.Sequential;

/// <summary>How a saturation ended. The zero value is the safe one.</summary>
internal enum SaturationOutcome
{
    /// <summary>The budget was spent first, or the check cancelled.</summary>
    Stopped,

    /// <summary>Nothing more is forced, and what is forced has no cycle.</summary>
    FixedPoint,

    /// <summary>What is forced has a cycle: there is no order.</summary>
    Cyclic,
}

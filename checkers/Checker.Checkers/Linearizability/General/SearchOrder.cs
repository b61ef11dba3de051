namespace Checker.Checkers.Linearizability.General;

/// <summary>Which of the open operations the depth-first search tries first.</summary>
internal enum SearchOrder : byte
{
    /// <summary>As few as possible: what lets the returning operation follow at once, then what returns soonest.</summary>
    Return,

    /// <summary>As Wing and Gong (1993), and Lowe: what was invoked first, whether it is needed yet or not.</summary>
    Invocation,
}

namespace Checker.Checkers.RealTime;

/// <summary>What <see cref="RealTimeCycles"/> found.</summary>
internal enum RealTimeOutcome
{
    /// <summary>Some order keeps everything.</summary>
    Ordered,

    /// <summary>The edges form a cycle without real time.</summary>
    Cycle,

    /// <summary>The edges put an operation before one that had ended when it began.</summary>
    Backwards,
}

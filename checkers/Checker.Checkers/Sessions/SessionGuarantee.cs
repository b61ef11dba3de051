namespace Checker.Checkers.Sessions;

/// <summary>The four session guarantees.</summary>
internal enum SessionGuarantee
{
    /// <summary>A session sees its own writes.</summary>
    ReadYourWrites,

    /// <summary>A session does not go back to older versions.</summary>
    MonotonicReads,

    /// <summary>Who sees a session's later write sees its earlier ones, in order.</summary>
    MonotonicWrites,

    /// <summary>Who sees a write sees what its session had read before it wrote.</summary>
    WritesFollowReads,
}

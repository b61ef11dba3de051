namespace Checker.Targets.Stores.AsyncReplication;

/// <summary>
/// What a client makes the nodes it reads at wait for (Terry et al., 1994). One primary orders all writes, so a position in its log does for a
/// version vector, and the two guarantees about writes hold anyway.
/// </summary>
[Flags]
internal enum SessionGuarantees
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The client's own last write.</summary>
    ReadYourWrites = 1,

    /// <summary>All that the client has read from.</summary>
    MonotonicReads = 2,

    /// <summary>Both.</summary>
    All = ReadYourWrites | MonotonicReads,
}

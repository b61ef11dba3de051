namespace Checker.Checkers.Objects;

/// <summary>What a session guarantee demands of the updates that an operation sees (<see cref="ObjectConsistency"/>).</summary>
internal enum VisibilityRule : byte
{
    /// <summary>Read-your-writes: the updates of its own process before it.</summary>
    Own,

    /// <summary>Monotonic writes: with an update those of the same process before that.</summary>
    Prefixes,

    /// <summary>Writes-follow-reads: with an update what its process had seen by then.</summary>
    Dependencies,
}

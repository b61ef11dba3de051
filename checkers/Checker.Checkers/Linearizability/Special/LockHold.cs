namespace Checker.Checkers.Linearizability.Special;

/// <summary>One hold of a lock. Places are twice the positions of events.</summary>
/// <param name="Acquire">The row of the acquire.</param>
/// <param name="Release">The row of the release that ended it; −1 if it lapsed or goes on.</param>
/// <param name="Begin">The place of the acquire's invocation: it cannot have begun earlier.</param>
/// <param name="From">The place of the acquire's return: it cannot have begun later.</param>
/// <param name="To">From where on it may have been over; <see cref="LeaseEnds.Never"/> if it may not.</param>
/// <param name="Token">The fencing token, or null.</param>
internal readonly record struct LockHold(int Acquire, int Release, long Begin, long From, long To, long? Token)
{
    /// <summary>Whether the lock was held from <see cref="From"/> to <see cref="To"/> for certain; otherwise it may have been a moment.</summary>
    public bool IsLasting => From < To;

    /// <summary>The earliest place where all of it can be over.</summary>
    public long Over => Math.Max(Begin, To);
}

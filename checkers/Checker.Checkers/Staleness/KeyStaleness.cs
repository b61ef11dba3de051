namespace Checker.Checkers.Staleness;

/// <summary>The staleness of the reads of one object.</summary>
/// <param name="Key">The object by number, see <see cref="Histories.History.KeyName"/>.</param>
/// <param name="Reads">How many reads were measured.</param>
/// <param name="Stale">How many of them were stale by at least one version.</param>
/// <param name="MaxVersions">The most versions that a read was behind.</param>
/// <param name="MaxNanoseconds">The longest time that a read was behind; null where the history has no times.</param>
/// <param name="Delta">The least Δ, in nanoseconds, for which the object is Δ-atomic, see <see cref="ReadStaleness.Delta"/>; null if not
/// known.</param>
public sealed record KeyStaleness(int Key, int Reads, int Stale, int MaxVersions, long? MaxNanoseconds, long? Delta);

namespace Checker.Checkers.Staleness;

/// <summary>The staleness of all reads of a history in a few figures.</summary>
/// <param name="Reads">How many reads were measured.</param>
/// <param name="Stale">How many of them were stale by at least one version.</param>
/// <param name="Versions">How many versions the reads were behind.</param>
/// <param name="Nanoseconds">How many nanoseconds the reads were behind; null where the history has no times.</param>
public sealed record StalenessSummary(int Reads, int Stale, StalenessDistribution Versions, StalenessDistribution? Nanoseconds)
{
    /// <summary>The share of stale reads, from 0 to 1; 0 if there are no reads.</summary>
    public double StaleShare => Reads == 0 ? 0 : (double)Stale / Reads;
}

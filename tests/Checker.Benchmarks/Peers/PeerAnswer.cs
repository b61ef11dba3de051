using System.Globalization;

namespace Checker.Benchmarks.Peers;

/// <summary>What a peer said.</summary>
/// <param name="Verdict">Its verdict, or that it crashed.</param>
/// <param name="Milliseconds">The median of its times.</param>
/// <param name="PeakBytes">The greatest size of its process; 0 if it does not say.</param>
internal sealed record PeerAnswer(string Verdict, double Milliseconds, long PeakBytes)
{
    /// <summary>The columns of a table: verdict, milliseconds, ratio to ours, peak bytes for each operation.</summary>
    public string Columns(double ours, int operations) => string.Create(
        CultureInfo.InvariantCulture, $"{Verdict,-9}{Milliseconds,11:0.00}{Milliseconds / ours,9:0.0}{(double)PeakBytes / Math.Max(1, operations),9:0}");
}

using System.Globalization;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// Decides counters that only grow, or only shrink, by any amounts. The reads, sorted by value, are layers, and what is added between two layers
/// must come to the difference of their values; which increments may lie where is the work of <see cref="GapFrontier"/>.
/// </summary>
/// <remarks>
/// First an order is looked for along a <see cref="SumLane"/>. If none is found, the most promising ways to fill the gaps are followed, which finds an
/// order if there is one that is not too well hidden. If none is found, all ways are, but as if increments of unknown outcome could take effect in parts,
/// which keeps them few: if there is none even so, there is none.
/// Else the search is widened, and at last the general search is asked.
/// </remarks>
internal sealed class DeltaCounter : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "counter layers (any increments)";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Counter.Name || type.Name == DataTypes.PnCounter.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var layers = CounterLayers.Of(history, unit: false, out var reason);
        if (layers is null) return SpecialVerdict.NotApplicable(reason!);
        var evidence = new CounterEvidence(history, layers);
        if (layers.Reversed is var (early, late) && early >= 0) return SpecialVerdict.Invalid(evidence.Reversed(early, late));
        if (layers.TooLow >= 0) return SpecialVerdict.Invalid(evidence.TooLow(layers.TooLow));
        foreach (var job in layers.Increments)
        {
            if (!job.IsUnknown && job.First > job.Last) return SpecialVerdict.Invalid(evidence.FitsNowhere(job));
        }

        if (SumLane.Along(history, options) is { Obstacle: < 0 } lane)
        {
            var order = options.Certify ? RealTime.ToOperations(layers.Complete(lane.Order(), history), history) : null;
            return SpecialVerdict.Valid(order) with { Steps = lane.Steps };
        }

        var sizes = new long[layers.Count];
        for (var gap = 0; gap < sizes.Length; gap++) sizes[gap] = layers.Size(gap);
        foreach (var stage in GapSharing.Stages)
        {
            var frontier = new GapFrontier(layers.Increments, sizes, history.Invokes, stage);
            if (frontier.Fill(GapSharing.StepsFor(history.Count)))
            {
                if (stage.Divisible) continue;
                var shared = options.Certify ? layers.Complete(Order(history, layers, frontier.Gaps()), history) : null;
                return SpecialVerdict.Valid(shared is null ? null : RealTime.ToOperations(shared, history));
            }

            if (!frontier.IsTruncated) return SpecialVerdict.Invalid(Unshared(history, layers, evidence, frontier.Stuck));
        }

        return SpecialVerdict.NotApplicable("too many ways to share out the increments");
    }

    private static int[] Order(in KeyHistory history, CounterLayers layers, int[] gaps)
    {
        var entries = new List<long>(history.Count);
        foreach (var job in layers.Increments)
        {
            var gap = gaps[job.Number];
            if (gap < 0 && job.IsUnknown) continue;
            entries.Add(PositionSort.Entry(2 * (gap < 0 ? layers.Count : gap), job.Row));
        }

        for (var layer = 0; layer < layers.Count; layer++)
        {
            foreach (var read in layers.ReadsOf(layer, layer)) entries.Add(PositionSort.Entry((2 * layer) + 1, read));
        }

        var sorted = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries);
        PositionSort.Sort(sorted);
        var rows = new int[sorted.Length];
        for (var i = 0; i < rows.Length; i++) rows[i] = PositionSort.NumberOf(sorted[i]);
        return rows;
    }

    // The reads around the gap and what may lie in it, if that is wrong by itself; everything if it is not.
    private Anomaly Unshared(in KeyHistory history, CounterLayers layers, CounterEvidence evidence, int gap)
    {
        var rows = evidence.Around(gap);
        var part = history.Only(rows);
        if (rows.Length == history.Count || TryDecide(part, CheckOptions.Default with { Certify = false }).Outcome != SpecialOutcome.Invalid)
            rows = [.. Enumerable.Range(0, history.Count)];
        var needed = string.Create(CultureInfo.InvariantCulture, $"{layers.Sign * layers.Size(gap)}");
        return evidence.Unshared(gap, rows, needed);
    }
}

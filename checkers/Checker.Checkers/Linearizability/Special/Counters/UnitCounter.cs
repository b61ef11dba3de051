using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// Decides counters that are only incremented by one. Reads, sorted by value, are layers; between two layers lie exactly as many
/// increments as their
/// values differ. Each increment may lie in a range of these gaps; whether all gaps can be filled and no acknowledged increment is left
/// over is
/// decided earliest deadline first. O(n log n).
/// </summary>
internal sealed class UnitCounter : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "counter layers (unit increments)";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Counter.Name || type.Name == DataTypes.PnCounter.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var layers = CounterLayers.Of(history, unit: true, out var reason);
        if (layers is null) return SpecialVerdict.NotApplicable(reason!);
        var evidence = new CounterEvidence(history, layers);
        if (layers.Reversed is var (early, late) && early >= 0) return SpecialVerdict.Invalid(evidence.Reversed(early, late));
        if (layers.TooLow >= 0) return SpecialVerdict.Invalid(evidence.TooLow(layers.TooLow));
        var (increments, impossible) = (layers.Increments, 0);
        for (var number = 0; number < increments.Count; number++)
        {
            if (increments.First[number] <= increments.Last[number]) continue;
            if (!increments.IsUnknown(number)) return SpecialVerdict.Invalid(evidence.FitsNowhere(increments[number]));
            impossible++;
        }

        var needed = options.Certify ? new int[increments.Count] : [];
        if (CounterFilling.PlaceAll(layers, needed, out var unfilled) is >= 0 and var missed) return SpecialVerdict.Invalid(evidence.Missing(missed));
        if (layers.Slots > increments.Count - impossible) return SpecialVerdict.Invalid(evidence.TooMany(layers.Count - 1));

        // If there is none of unknown outcome, all have been used already.
        var full = options.Certify ? new int[increments.Count] : [];
        if (increments.Unknown > 0 || options.Certify) unfilled = CounterFilling.FillAll(layers, [], full);
        if (unfilled >= 0) return SpecialVerdict.Invalid(evidence.TooMany(unfilled));
        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(layers.Complete(Order(history, layers, needed, full), history), history) : null);
    }

    private static int[] Order(in KeyHistory history, CounterLayers layers, int[] needed, int[] slots)
    {
        var leftOut = CounterFilling.Combine(layers, needed, slots);
        CounterFilling.FillAll(layers, leftOut, slots);
        using var entries = new Rented<long>(history.Count);
        var count = 0;
        for (var number = 0; number < slots.Length; number++)
        {
            if (leftOut[number]) continue;
            var gap = slots[number] < 0 ? layers.Count : layers.GapOf(slots[number]);
            entries.Span[count++] = PositionSort.Entry(2 * gap, layers.Increments.Rows[number]);
        }

        for (var layer = 0; layer < layers.Count; layer++)
        {
            foreach (var read in layers.ReadsOf(layer, layer)) entries.Span[count++] = PositionSort.Entry((2 * layer) + 1, read);
        }

        var sorted = entries.Span[..count];
        PositionSort.Sort(sorted);
        var rows = new int[count];
        for (var i = 0; i < rows.Length; i++) rows[i] = PositionSort.NumberOf(sorted[i]);
        return rows;
    }
}

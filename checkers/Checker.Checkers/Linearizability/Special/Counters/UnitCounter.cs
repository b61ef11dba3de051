using System.Runtime.InteropServices;
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
        foreach (var job in layers.Increments)
        {
            if (!job.IsUnknown && job.First > job.Last) return SpecialVerdict.Invalid(evidence.FitsNowhere(job));
        }

        var increments = CollectionsMarshal.AsSpan(layers.Increments);
        var acknowledged = layers.Increments.Exists(job => job.IsUnknown) ? layers.Increments.Where(job => !job.IsUnknown).ToArray() : increments;
        var slots = new int[layers.Increments.Count];
        if (!CounterFilling.Fill(layers, acknowledged, mustFill: false, slots, out var missed))
        {
            return SpecialVerdict.Invalid(evidence.Missing(missed));
        }

        var needed = (int[])slots.Clone();
        var possible = layers.Increments.TrueForAll(job => job.First <= job.Last) ? increments : layers.Increments.Where(job => job.First <= job.Last).ToArray();
        if (layers.Slots > possible.Length || !CounterFilling.Fill(layers, possible, mustFill: true, slots, out missed))
        {
            return SpecialVerdict.Invalid(evidence.TooMany(layers.Slots > possible.Length ? layers.Values.Count - 1 : missed));
        }

        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(layers.Complete(Order(history, layers, needed, slots), history), history) : null);
    }

    private static int[] Order(in KeyHistory history, CounterLayers layers, int[] needed, int[] slots)
    {
        var chosen = CounterFilling.Combine(layers, needed, slots);
        CounterFilling.Fill(layers, chosen, mustFill: true, slots, out _);
        var entries = new List<long>(history.Count);
        foreach (var job in chosen)
        {
            var gap = slots[job.Number] < 0 ? layers.Values.Count : layers.GapOf(slots[job.Number]);
            entries.Add(PositionSort.Entry(2 * gap, job.Row));
        }

        for (var i = 0; i < layers.Reads.Count; i++) entries.Add(PositionSort.Entry((2 * layers.LayerOf[i]) + 1, layers.Reads[i]));
        var sorted = CollectionsMarshal.AsSpan(entries);
        PositionSort.Sort(sorted);
        var rows = new int[sorted.Length];
        for (var i = 0; i < rows.Length; i++) rows[i] = PositionSort.NumberOf(sorted[i]);
        return rows;
    }
}

using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>
/// Decides sets to which each element is added once, none is removed, and which are read whole: the reads must form a chain by inclusion,
/// whose
/// steps say when each element was added. O(n log n) and the lengths of the lists read.
/// </summary>
internal sealed class GrowOnlySet : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "set inclusion (grow-only)";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Set.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var values = history.History.Values;
        if (ItemsOf(values, history.Initial).Length > 0) return SpecialVerdict.NotApplicable("the set is not empty at first");
        using var elements = new ValueNumbers(history.Functions.Count(Function.Add), history.Inputs);
        var adds = new List<int>();
        var reads = new List<(int Size, int Row)>();
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Add)
            {
                if (history.Types[row] == OperationType.Ok && values.Kind(history.Outputs[row]) == ValueKind.Boolean)
                {
                    return SpecialVerdict.NotApplicable("adds that say whether the set changed");
                }

                if (elements.NumberOf(history.Inputs[row]) < adds.Count)
                {
                    return SpecialVerdict.NotApplicable($"two adds of {values.Text(history.Inputs[row])}");
                }

                adds.Add(row);
            }
            else if (history.Functions[row] == Function.Read && (history.Outputs[row].IsNull || values.Kind(history.Outputs[row]) == ValueKind.List))
            {
                reads.Add((ItemsOf(values, history.Outputs[row]).Length, row));
            }
            else
            {
                return SpecialVerdict.NotApplicable("not a set of adds and whole reads");
            }
        }

        reads.Sort();
        var seenBy = new int[adds.Count]; // the first read of the chain that has an element, +1
        int[]? marks = null; // the last read that was looked at item by item, +1
        var entries = new List<long>(history.Count);
        var (layer, size) = (0, 0);
        for (var i = 0; i < reads.Count; i++)
        {
            var row = reads[i].Row;
            var list = ItemsOf(values, history.Outputs[row]);
            if (i > 0 && history.Outputs[reads[i - 1].Row] == history.Outputs[row])
            {
                entries.Add(PositionSort.Entry((2 * layer) + 1, row));
                continue;
            }

            if (list.Length > size) layer++;
            var known = i == 0 ? [] : ItemsOf(values, history.Outputs[reads[i - 1].Row]);
            var (matched, aligned) = (0, true);
            foreach (var item in list)
            {
                // Mostly the items that were there before come in the same order as before: then they need not be looked up.
                if (matched < known.Length && known[matched] == item)
                {
                    matched++;
                    continue;
                }

                var element = elements.Lookup(item);
                if (element < 0) return SpecialVerdict.Invalid(SetEvidence.Phantom(history, row, item));
                aligned &= seenBy[element] == 0;
                if (!aligned) break;
                seenBy[element] = i + 1;
                entries.Add(PositionSort.Entry(2 * layer, adds[element]));
            }

            if (!aligned || matched < known.Length)
            {
                marks ??= new int[adds.Count];
                var old = 0;
                foreach (var item in list)
                {
                    var element = elements.Lookup(item);
                    if (element < 0) return SpecialVerdict.Invalid(SetEvidence.Phantom(history, row, item));
                    if (marks[element] == i + 1) return SpecialVerdict.Invalid(SetEvidence.Doubled(history, row, item));
                    marks[element] = i + 1;
                    if (seenBy[element] is > 0 and var reader)
                    {
                        old += reader <= i ? 1 : 0;
                        continue;
                    }

                    seenBy[element] = i + 1;
                    entries.Add(PositionSort.Entry(2 * layer, adds[element]));
                }

                if (old < size) return SpecialVerdict.Invalid(Incomparable(history, reads[i - 1].Row, row));
            }

            size = list.Length;
            entries.Add(PositionSort.Entry((2 * layer) + 1, row));
        }

        for (var i = 0; i < adds.Count; i++)
        {
            if (seenBy[i] == 0 && history.Types[adds[i]] == OperationType.Ok) entries.Add(PositionSort.Entry((2 * layer) + 2, adds[i]));
        }

        var sorted = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries);
        PositionSort.Sort(sorted);
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++) order[i] = PositionSort.NumberOf(sorted[i]);
        if (RealTime.IsBroken(order, history, out var early, out var late))
        {
            return SpecialVerdict.Invalid(OutOfTime(history, early, late, order));
        }

        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(order, history) : null);
    }

    private static ReadOnlySpan<ValueId> ItemsOf(ValueTable values, ValueId list) => values.Kind(list) == ValueKind.List ? values.Items(list) : [];

    private static Anomaly Incomparable(in KeyHistory history, int smaller, int larger)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(smaller);
        evidence.Add(larger);
        AddAdds(history, evidence, smaller);
        AddAdds(history, evidence, larger);
        var values = history.History.Values;
        var known = ItemsOf(values, history.Outputs[larger]).ToArray().ToHashSet();
        var missing = ItemsOf(values, history.Outputs[smaller]).ToArray().First(item => !known.Contains(item));
        known = ItemsOf(values, history.Outputs[smaller]).ToArray().ToHashSet();
        var extra = ItemsOf(values, history.Outputs[larger]).ToArray().First(item => !known.Contains(item));
        return evidence.Build(
            "incompatible-order",
            $"{prose.Who(smaller)} read the set with {prose.Text(missing)} and without {prose.Text(extra)} ({prose.When(smaller)}), and {prose.Who(larger)} read it with {prose.Text(extra)} and without {prose.Text(missing)} ({prose.When(larger)}), but nothing was ever removed.");
    }

    // One row returned before another began, but the chain puts it behind: some read between them in the chain says why.
    private static Anomaly OutOfTime(in KeyHistory history, int early, int late, int[] order)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.RealTime(early, late);
        evidence.Step(late, early, "forced", "the chain of reads says so");
        foreach (var row in (ReadOnlySpan<int>)[early, late])
        {
            if (history.Functions[row] == Function.Read) AddAdds(history, evidence, row);
        }

        if (history.Functions[late] == Function.Read)
        {
            return evidence.Build("stale-read", $"{prose.Did(late)}, but it misses something that was there: {prose.Did(early)}, which ended at {prose.Ended(early)}, before that read began.");
        }

        if (history.Functions[early] == Function.Read)
        {
            return evidence.Build("future-read", $"{prose.Did(early)}, before {prose.Text(history.Inputs[late])} had begun to be added: {prose.Did(late)}.");
        }

        // The later add was seen by a read that misses the earlier one.
        var at = Array.IndexOf(order, late);
        while (history.Functions[order[at]] != Function.Read) at++;
        var witness = order[at];
        evidence.Add(witness);
        AddAdds(history, evidence, witness);
        return evidence.Build(
            "lost-element",
            $"{prose.Did(early)}, before this began: {prose.Did(late)}; but {prose.Who(witness)} read the set with " +
            $"{prose.Text(history.Inputs[late])} and without {prose.Text(history.Inputs[early])} ({prose.When(witness)}).");
    }

    // What a read needs, unless it is too much to be looked at one by one.
    private static void AddAdds(in KeyHistory history, EvidenceBuilder evidence, int read)
    {
        const int Most = 100;
        var list = ItemsOf(history.History.Values, history.Outputs[read]);
        if (list.Length > Most) return;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Add && list.Contains(history.Inputs[row])) evidence.Add(row);
        }
    }
}

using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides append-only lists whose items were appended once each: the longest read fixes the order of the appends, every other read must
/// be a
/// beginning of it. O(n log n) and the lengths of the distinct lists read.
/// </summary>
internal sealed class UniqueAppendList : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "list prefixes (unique items)";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.AppendList.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var values = history.History.Values;
        if (ItemsOf(values, history.Initial).Length > 0) return SpecialVerdict.NotApplicable("the list is not empty at first");
        var functions = history.Functions;
        using var items = new ValueNumbers(functions.Count(Function.Append), history.Inputs);
        var appends = new List<int>();
        var longest = -1;
        for (var row = 0; row < functions.Length; row++)
        {
            if (functions[row] == Function.Append)
            {
                if (items.NumberOf(history.Inputs[row]) < appends.Count)
                {
                    return SpecialVerdict.NotApplicable($"two appends of {values.Text(history.Inputs[row])}");
                }

                appends.Add(row);
            }
            else if (functions[row] != Function.Read || !Malformations.IsListOrNull(values, history.Outputs[row]))
            {
                return SpecialVerdict.NotApplicable("not a list of appends and reads");
            }
            else if (longest < 0 || ItemsOf(values, history.Outputs[row]).Length > ItemsOf(values, history.Outputs[longest]).Length)
            {
                longest = row;
            }
        }

        var sequence = new SequencedReads(history, appends.Count, functions.Length - appends.Count);
        var all = longest < 0 ? [] : ItemsOf(values, history.Outputs[longest]);
        var observed = new bool[appends.Count];
        foreach (var item in all)
        {
            var append = items.Lookup(item);
            if (append < 0) return SpecialVerdict.Invalid(Phantom(history, longest, item));
            if (observed[append]) return SpecialVerdict.Invalid(Doubled(history, longest, appends[append]));
            observed[append] = true;
            sequence.Write(appends[append]);
        }

        for (var i = 0; i < observed.Length; i++)
        {
            if (!observed[i] && history.Returns[appends[i]] != KeyHistory.Never) sequence.Write(appends[i]);
        }

        var known = default(ValueId);
        for (var row = 0; row < functions.Length; row++)
        {
            if (functions[row] != Function.Read) continue;
            var list = ItemsOf(values, history.Outputs[row]);
            if (history.Outputs[row] != known && !list.SequenceEqual(all[..list.Length]))
            {
                return SpecialVerdict.Invalid(Fork(history, row, longest));
            }

            known = history.Outputs[row];
            sequence.Read(row, list.Length, list.Length);
        }

        if (!sequence.HasOrder()) return SpecialVerdict.Invalid(OutOfTime(history, sequence, longest));
        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(sequence.Order(), history) : null);
    }

    // An initial value that is no list is taken for none, as the specification takes it.
    private static ReadOnlySpan<ValueId> ItemsOf(ValueTable values, ValueId list) => Malformations.ItemsOf(values, list);

    private static Anomaly Phantom(in KeyHistory history, int read, ValueId item)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(read);
        return evidence.Build("phantom-read", $"{prose.Did(read)}, but {prose.Text(item)} was never appended.");
    }

    private static Anomaly Doubled(in KeyHistory history, int read, int append)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(read);
        evidence.Add(append);
        return evidence.Build(
            "duplicate-element", $"{prose.Did(read)}, with {prose.Text(history.Inputs[append])} in it more than once, but it was appended only once: {prose.Did(append)}.");
    }

    /// <summary>Two reads of which none is a beginning of the other.</summary>
    internal static Anomaly Fork(in KeyHistory history, int read, int longest)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(read);
        evidence.Add(longest);
        var values = history.History.Values;
        var one = ItemsOf(values, history.Outputs[read]);
        var other = ItemsOf(values, history.Outputs[longest]);
        var at = one.CommonPrefixLength(other);
        foreach (var row in Appends(history, [.. one[..(at + 1)], other[at]])) evidence.Add(row);
        return evidence.Build(
            "incompatible-order",
            $"{prose.Who(read)} read {prose.Text(one[at])} as item {at} of the list ({prose.When(read)}), and {prose.Who(longest)} read " +
            $"{prose.Text(other[at])} there ({prose.When(longest)}), but a list that only grows has one item in each place.");
    }

    private static Anomaly OutOfTime(in KeyHistory history, SequencedReads sequence, int longest)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        var (early, late) = (sequence.Early, sequence.Late);
        evidence.RealTime(early, late);
        if (history.Functions[late] == Function.Read)
        {
            evidence.Step(late, early, "forced", "its list does not have what the other shows to be there");
            foreach (var row in Appends(history, ItemsOf(history.History.Values, history.Outputs[late]))) evidence.Add(row);
            return evidence.Build(
                "stale-read", $"{prose.Did(late)}, but something newer was there: {prose.Did(early)}, which ended at {prose.Ended(early)}, before that read began.");
        }

        evidence.Step(late, early, "forced", "the order of the list says so");
        if (history.Functions[early] == Function.Read)
        {
            foreach (var row in Appends(history, ItemsOf(history.History.Values, history.Outputs[early]))) evidence.Add(row);
            return evidence.Build("future-read", $"{prose.Did(early)}, before {prose.Text(history.Inputs[late])} had begun to be appended: {prose.Did(late)}.");
        }

        evidence.Add(longest);
        foreach (var row in Appends(history, ItemsOf(history.History.Values, history.Outputs[longest]))) evidence.Add(row);
        var missing = !ItemsOf(history.History.Values, history.Outputs[longest]).Contains(history.Inputs[early]);
        return evidence.Build(
            missing ? "lost-element" : "incompatible-order",
            $"{prose.Did(early)}, before this began: {prose.Did(late)}; but the list that {prose.Who(longest)} read ({prose.When(longest)}) has {prose.Text(history.Inputs[late])} {(missing ? "without" : "before")} {prose.Text(history.Inputs[early])}.");
    }

    // The appends of some items; none if they are too many to be looked at one by one.
    private static List<int> Appends(in KeyHistory history, ReadOnlySpan<ValueId> items)
    {
        const int Most = 100;
        var rows = new List<int>();
        if (items.Length > Most) return rows;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Append && items.Contains(history.Inputs[row])) rows.Add(row);
        }

        return rows;
    }
}

using System.Globalization;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides append-only lists in which items occur again, in one walk over the events: the longest read says what stands in each place, and only which of
/// several appends of an item filled a place is open. O(n log n) and the lengths of the distinct lists read.
/// </summary>
/// <remarks>
/// A place is filled only when something that returns needs it, by the begun append of its item that returns first. So at each event the list is as short
/// as in any order that explains the history, no read finds it shorter elsewhere, and whatever other order there is can be changed into this one, one
/// exchange of two appends of the same item after another. What the longest read does not show comes behind all that it shows.
/// </remarks>
internal sealed class RepeatedAppendList : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "list places (repeated items)";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.AppendList.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var values = history.History.Values;
        var initial = Malformations.ItemsOf(values, history.Initial);
        var longest = -1;
        var all = initial;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Append) continue;
            if (history.Functions[row] != Function.Read || !Malformations.IsListOrNull(values, history.Outputs[row]))
            {
                return SpecialVerdict.NotApplicable("not a list of appends and reads");
            }

            var items = Malformations.ItemsOf(values, history.Outputs[row]);
            if (items.Length < initial.Length || !items[..initial.Length].SequenceEqual(initial)) return SpecialVerdict.Invalid(LostBeginning(history, row));
            if (items.Length <= all.Length) continue;
            longest = row;
            all = items;
        }

        var known = default(ValueId);
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Read || history.Outputs[row] == known) continue;
            known = history.Outputs[row];
            var items = Malformations.ItemsOf(values, known);
            if (!items.SequenceEqual(all[..items.Length])) return SpecialVerdict.Invalid(UniqueAppendList.Fork(history, row, longest));
        }

        var walk = new ListWalk(history, all, initial.Length);
        if (walk.Run() is { } stuck) return SpecialVerdict.Invalid(Explain(history, walk, stuck));
        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations([.. walk.Order], history) : null);
    }

    private static Anomaly LostBeginning(in KeyHistory history, int read)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(read);
        return evidence.Build("lost-element", $"{prose.Did(read)}, but the list began with {prose.Text(history.Initial)}.");
    }

    private static Anomaly Explain(in KeyHistory history, ListWalk walk, int stuck)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        for (var row = 0; row < history.Count; row++) evidence.Add(row);
        if (walk.IsStale)
        {
            return evidence.Build(
                "stale-read",
                string.Create(CultureInfo.InvariantCulture, $"{prose.Did(stuck)}, but when that read began, at {prose.Began(stuck)}, the list had at least {Items(walk.Length)}: appends and reads that had ended by then need them."));
        }

        var (item, begun) = (walk.Missing, 0);
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Append && history.Inputs[row] == item && history.Invokes[row] < history.Returns[stuck]) begun++;
        }

        var enough = begun == 0 ? $"no append of {prose.Text(item)} had begun" : string.Create(CultureInfo.InvariantCulture, $"only {begun:N0} of {prose.Text(item)} had begun");
        var place = string.Create(CultureInfo.InvariantCulture, $"place {walk.Length:N0} of the list, counted from 0, is {prose.Text(item)}");
        return history.Functions[stuck] == Function.Read
            ? evidence.Build("phantom-read", $"{prose.Did(stuck)}, where {place}, but when it ended, at {prose.Ended(stuck)}, {enough}{(begun == 0 ? "" : ", too few for the places before it and this one")}.")
            : evidence.Build("incompatible-order", $"{prose.Did(stuck)}, which stands further on in the longest list that was read, or behind it; {place}, but when that append ended, at {prose.Ended(stuck)}, {enough}{(begun == 0 ? "" : ", too few for the places before it and this one")}.");
    }

    private static string Items(int count) => count == 1 ? "one item" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} items");
}

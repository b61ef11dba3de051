using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>The links of append-only lists: an item goes together with the reads that show it.</summary>
internal static class ListLinks
{
    /// <summary>Adds them.</summary>
    public static void Add(in KeyHistory history, Links links)
    {
        var appends = history.Functions.Count(Function.Append);
        links.Expect(appends, history.Inputs);
        links.Given.Reserve(appends);
        links.Taken.Reserve(Shown(history));
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Append)
            {
                links.Share(row, history.Inputs[row]);
                continue;
            }

            foreach (var item in Items(history, row)) links.Take(row, default, item);
        }
    }

    /// <summary>
    /// Marks what the rows that are marked need, as <see cref="Dependence.AddNeeds(bool[], bool)"/> does, without a list of what goes with what: of long
    /// histories, whose reads show most items again and again.
    /// </summary>
    public static void AddNeeds(in KeyHistory history, bool[] kept)
    {
        using var items = new ValueNumbers(history.Functions.Count(Function.Append), history.Inputs);
        for (var row = 0; row < kept.Length; row++)
        {
            if (!kept[row]) continue;
            if (history.Functions[row] == Function.Append) items.NumberOf(history.Inputs[row]);
            else foreach (var item in Items(history, row)) items.NumberOf(item);
        }

        for (var row = 0; row < kept.Length; row++)
        {
            if (!kept[row] && history.Functions[row] == Function.Append) kept[row] = items.Lookup(history.Inputs[row]) >= 0;
        }
    }

    // How many items the rows append or show.
    private static int Shown(in KeyHistory history)
    {
        var shown = 0;
        for (var row = 0; row < history.Count; row++) shown += history.Functions[row] == Function.Append ? 1 : Items(history, row).Length;
        return shown;
    }

    private static ReadOnlySpan<ValueId> Items(in KeyHistory history, int row) => Malformations.ItemsOf(history.History.Values, history.Outputs[row]);
}

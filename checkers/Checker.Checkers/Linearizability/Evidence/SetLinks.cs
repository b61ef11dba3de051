using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// The links of sets: everything with one element goes together, and with it the whole reads that show it; what was there at first is shown
/// until it is removed.
/// </summary>
internal static class SetLinks
{
    /// <summary>Adds them.</summary>
    public static void Add(in KeyHistory history, Links links)
    {
        var initial = Initial(history);
        for (var row = 0; row < history.Count; row++)
        {
            switch (history.Functions[row])
            {
                case Function.Read:
                    foreach (var element in initial) links.Take(row, default, element);
                    foreach (var element in Items(history, row)) links.Take(row, default, element);
                    break;
                case Function.Contains: links.Take(row, default, history.Inputs[row]); break;
                default: links.Share(row, history.Inputs[row]); break;
            }
        }
    }

    /// <summary>
    /// Marks what the rows that are marked need, as <see cref="Dependence.AddNeeds(bool[], bool)"/> does, without a list of what goes with what: of long
    /// histories.
    /// </summary>
    public static void AddNeeds(in KeyHistory history, bool[] kept)
    {
        var elements = new HashSet<ValueId>();
        var functions = history.Functions;
        var inputs = history.Inputs;
        for (var row = 0; row < kept.Length; row++)
        {
            if (!kept[row]) continue;
            if (functions[row] != Function.Read)
            {
                elements.Add(inputs[row]);
                continue;
            }

            foreach (var element in Initial(history)) elements.Add(element);
            foreach (var element in Items(history, row)) elements.Add(element);
        }

        for (var row = 0; row < kept.Length; row++)
        {
            if (!kept[row] && functions[row] is not (Function.Read or Function.Contains)) kept[row] = elements.Contains(inputs[row]);
        }
    }

    private static ReadOnlySpan<ValueId> Initial(in KeyHistory history) => Malformations.ItemsOf(history.History.Values, history.Initial);

    private static ReadOnlySpan<ValueId> Items(in KeyHistory history, int row) => Malformations.ItemsOf(history.History.Values, history.Outputs[row]);
}

using Checker.Checkers.Linearizability.Problems;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>Says why the rows of one element of a set have no order, with as few of them as is easily seen.</summary>
/// <param name="history">The rows.</param>
/// <param name="order">Judges parts of them.</param>
internal sealed class ElementEvidence(KeyHistory history, ElementOrder order)
{
    private const int Most = 8;
    private const int Tries = 64;

    /// <summary>Explains.</summary>
    /// <param name="rows">The element's rows, which have no order.</param>
    /// <param name="present">Whether it is there at first.</param>
    /// <param name="element">The element.</param>
    /// <param name="stuck">The row whose return could not be explained: whatever began after it has no part in it.</param>
    public Anomaly Explain(ReadOnlySpan<int> rows, bool present, ValueId element, int stuck)
    {
        var count = 0;
        while (count < rows.Length && history.Invokes[rows[count]] < history.Returns[stuck]) count++;
        var few = Latest(rows[..count].ToArray(), present);
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        foreach (var row in few) evidence.Add(row);
        var said = few.Where(row => row != stuck).TakeLast(Most - 1).Append(stuck).Select(prose.Did);
        var more = few.Length > Most ? $", and {few.Length - Most} more before" : "";
        var step = order.Step(stuck);
        var kind = step.Role == ElementRole.Free ? "non-linearizable" : (step.Role == ElementRole.Look) == step.Present ? "stale-read" : "lost-element";
        var at = present ? ", which was there at first" : "";
        return evidence.Build(
            kind,
            $"{string.Join("; ", said)}{more}; but no order of these explains what the last of them found of {prose.Text(element)}{at}.");
    }

    // A blind add or remove makes what was before forgotten: without all that returned before it began, and without what may have looked before
    // it, a valid history stays valid, unless something that must find the opposite may stand there.
    private int[] Latest(int[] rows, bool present)
    {
        var (smallest, tries) = (1, 0);
        for (var i = rows.Length - 1; i > 0 && tries < Tries; i--)
        {
            if (rows.Length - i < smallest || order.Step(rows[i]).Role != ElementRole.Free) continue;
            if (history.Returns[rows[i]] == KeyHistory.Never || After(rows, i) is not { } rest) continue;
            tries++;
            smallest = (rows.Length - i) * 3 / 2;
            if (order.Exists(rest, present) == false) return rest;
        }

        return rows;
    }

    private int[]? After(int[] rows, int blind)
    {
        var (begins, ends) = (history.Invokes[rows[blind]], history.Returns[rows[blind]]);
        var rest = new List<int>();
        foreach (var row in rows)
        {
            if (history.Returns[row] < begins) continue;
            var role = history.Invokes[row] < ends ? order.Step(row).Role : ElementRole.Free;
            if (role == ElementRole.Change) return null;
            if (role == ElementRole.Free) rest.Add(row);
        }

        return [.. rest];
    }
}

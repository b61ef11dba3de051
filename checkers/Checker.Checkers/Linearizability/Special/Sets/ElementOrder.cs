using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>
/// One element of a set, whatever is added and removed again: an <see cref="ElementFrontier"/> over its events. Reads of the whole set are
/// questions about the element.
/// </summary>
/// <param name="history">The rows.</param>
/// <param name="record">Whether an order may be asked for.</param>
/// <param name="targets">What whole reads say; null if there are none.</param>
internal sealed class ElementOrder(KeyHistory history, bool record, ReadTargets? targets = null)
{
    private readonly ElementFrontier _frontier = new(record);
    private readonly List<int> _order = [];
    private readonly List<int>[] _waiting = [[], []]; // rows that wait until the element is absent, present

    /// <summary>If there is no order: the row whose return could not be explained.</summary>
    public int Stuck { get; private set; } = -1;

    /// <summary>Which element is meant, where there are whole reads.</summary>
    public int Element { get; set; }

    /// <summary>What a row does with the element.</summary>
    public ElementStep Step(int row) =>
        history.Functions[row] == Function.Read ? new(ElementRole.Look, targets!.Shows(row, Element)) : ElementStep.Of(history, row)!.Value;

    /// <summary>Whether the element's rows have an order; null if it cannot be told.</summary>
    /// <param name="rows">The element's rows by invocation, all with an <see cref="ElementStep"/>.</param>
    /// <param name="present">Whether it is there at first.</param>
    public bool? Exists(ReadOnlySpan<int> rows, bool present)
    {
        using var byReturn = new Rented<long>(rows.Length);
        using var slots = new Rented<int>(rows.Length);
        var finished = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (history.Returns[rows[i]] != KeyHistory.Never) byReturn.Span[finished++] = PositionSort.Entry(history.Returns[rows[i]], i);
        }

        PositionSort.Sort(byReturn.Span[..finished]);
        _frontier.Reset(present);
        var next = 0;
        foreach (var entry in byReturn.Span[..finished])
        {
            var stamp = PositionSort.PositionOf(entry);
            for (; next < rows.Length && history.Invokes[rows[next]] < stamp; next++)
            {
                var step = Step(rows[next]);
                var returns = history.Returns[rows[next]];
                if (returns == KeyHistory.Never) _frontier.OpenUnknown(rows[next], step.Present);
                else slots.Span[next] = _frontier.Open(rows[next], returns, step);
            }

            if (_frontier.IsLost) return null;
            if (_frontier.Close(slots.Span[PositionSort.NumberOf(entry)], stamp)) continue;
            Stuck = rows[PositionSort.NumberOf(entry)];
            return _frontier.IsLost ? null : false;
        }

        return _frontier.IsLost ? null : true;
    }

    /// <summary>After <see cref="Exists"/> said so: the rows in an order that explains them.</summary>
    public int[] Of(ReadOnlySpan<int> rows, bool present)
    {
        _order.Clear();
        foreach (var waiting in _waiting) waiting.Clear();
        var changes = _frontier.Changes();
        var brought = new HashSet<int>();
        foreach (var (row, _) in changes) brought.Add(row);
        var next = 0;
        foreach (var row in rows)
        {
            for (; next < changes.Count && changes[next].Stamp < history.Invokes[row]; next++) present = Change(changes[next].Row);
            if (brought.Contains(row) || history.Returns[row] == KeyHistory.Never) continue;
            var wants = Step(row).Present;
            if (wants == present) _order.Add(row);
            else _waiting[wants ? 1 : 0].Add(row);
        }

        for (; next < changes.Count; next++) Change(changes[next].Row);
        return [.. _order];
    }

    private bool Change(int row)
    {
        var present = history.Functions[row] == Function.Add;
        _order.Add(row);
        _order.AddRange(_waiting[present ? 1 : 0]);
        _waiting[present ? 1 : 0].Clear();
        return present;
    }
}

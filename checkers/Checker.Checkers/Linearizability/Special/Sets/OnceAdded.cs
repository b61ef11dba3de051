using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>
/// One element of a set that was added at most once and removed at most once. In any order the rows that say it is absent come before the
/// add or
/// after the remove, those that say it is present in between; a remove may also come before the add and do nothing. O(n) per element.
/// </summary>
internal sealed class OnceAdded(KeyHistory history)
{
    private readonly List<int> _present = [];
    private readonly List<int> _absent = [];
    private readonly List<int> _order = [];
    private int _add = -1;
    private int _remove = -1;

    /// <summary>Takes the next element's rows, by invocation, all with an <see cref="ElementStep"/>. False if they are not of this kind.</summary>
    public bool Load(ReadOnlySpan<int> rows)
    {
        _present.Clear();
        _absent.Clear();
        (_add, _remove) = (-1, -1);
        foreach (var row in rows)
        {
            switch (history.Functions[row])
            {
                case Function.Add when _add < 0:
                    _add = row;
                    break;
                case Function.Remove when _remove < 0:
                    _remove = row;
                    break;
                case Function.Contains:
                    (ElementStep.Of(history, row)!.Value.Present ? _present : _absent).Add(row);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>The element's rows in an order that explains them; null if there is none. Valid until the next element is loaded.</summary>
    public List<int>? Order()
    {
        var removeUnknown = _remove >= 0 && IsUnknown(_remove);
        if (Changed(_add) == false) return null;
        if (_add < 0 || (IsUnknown(_add) && _present.Count == 0 && Changed(_remove) != true))
        {
            // It was never there.
            if (_present.Count > 0 || Changed(_remove) == true) return null;
            _order.Clear();
            _order.AddRange(_absent);
            if (_remove >= 0 && !removeUnknown) Insert(_remove);
            return _order;
        }

        // The remove comes first and does nothing, or never happened.
        if (Changed(_remove) != true && Arrange(first: removeUnknown ? -1 : _remove, last: -1)) return _order;
        return _remove >= 0 && Changed(_remove) != false && Arrange(first: -1, last: _remove) ? _order : null;
    }

    /// <summary>Evidence that the element's rows have no order: the add, the remove, and the few others that refuse each case.</summary>
    public Anomaly Explain()
    {
        var evidence = new EvidenceBuilder(history);
        var prose = new Prose(history);
        if (_add >= 0) evidence.Add(_add);
        if (_remove >= 0) evidence.Add(_remove);
        var said = new List<string>();
        if (_add >= 0) said.Add(prose.Did(_add));
        if (_remove >= 0) said.Add(prose.Did(_remove));
        foreach (var row in Few())
        {
            evidence.Add(row);
            said.Add(prose.Did(row));
        }

        var kind = _add < 0 ? "phantom-element" : _present.Count > 0 && _absent.Count == 0 ? "stale-read" : "lost-element";
        var why = _add < 0 ? "it was never added" : "no moments for the add and the remove explain all of these";
        return evidence.Build(kind, $"{string.Join("; ", said)}; but {why}.");
    }

    // Smaller and smaller parts of the rows that still have no order: first extremes, then one by one.
    private int[] Few()
    {
        var (present, absent) = (_present.ToArray(), _absent.ToArray());
        var needed = new List<int>();
        foreach (var few in (int[][])[Extremes(present), present])
        {
            foreach (var one in absent)
            {
                foreach (var other in absent)
                {
                    if (other < one || !IsWrong(few, one == other ? [one] : [one, other])) continue;
                    return [.. few, one, .. one == other ? Array.Empty<int>() : [other]];
                }

                if (needed.Count > 64) break;
                needed.Add(one);
            }

            if (IsWrong(few, [])) return few;
        }

        return [.. present, .. absent];
    }

    private bool IsWrong(int[] present, int[] absent)
    {
        _present.Clear();
        _absent.Clear();
        _present.AddRange(present);
        _absent.AddRange(absent);
        return Order() is null;
    }

    private int[] Extremes(int[] rows)
    {
        if (rows.Length <= 1) return rows;
        return [.. new[] { rows.MinBy(row => history.Returns[row]), rows[^1] }.Distinct()];
    }

    // Absent ones and a remove that does nothing, the add, present ones, the remove that takes effect, absent ones.
    private bool Arrange(int first, int last)
    {
        var earliest = history.Returns[_add];
        foreach (var row in _present) earliest = Math.Min(earliest, history.Returns[row]);
        if (last >= 0) earliest = Math.Min(earliest, history.Returns[last]);
        _order.Clear();
        foreach (var row in _absent)
        {
            if (last < 0 || history.Invokes[row] < earliest) _order.Add(row);
        }

        if (first >= 0) Insert(first);
        _order.Add(_add);
        _order.AddRange(_present);
        if (last >= 0)
        {
            _order.Add(last);
            foreach (var row in _absent)
            {
                if (history.Invokes[row] >= earliest) _order.Add(row);
            }
        }

        return !RealTime.IsBroken(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_order), history, out _, out _);
    }

    private void Insert(int row)
    {
        var at = _order.BinarySearch(row); // rows are by invocation
        _order.Insert(at < 0 ? ~at : at, row);
    }

    private bool IsUnknown(int row) => history.Returns[row] == KeyHistory.Never;

    // Whether an add or a remove says that it changed the set; null if it does not say.
    private bool? Changed(int row) => row < 0 ? null : ElementStep.Of(history, row)!.Value.Role switch
    {
        ElementRole.Change => true,
        ElementRole.Look => false,
        _ => null,
    };
}

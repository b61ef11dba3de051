using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General;

/// <summary>
/// The rows of an object that are not placed yet, in the order of invocation: those that ended, and those of unknown outcome. What may come next in real
/// time is found among few of them, however much was placed before.
/// </summary>
internal sealed class RowsLeft
{
    private readonly KeyHistory _history;
    private readonly int[] _next; // rings, begun by an entry of each list behind those of the rows
    private readonly int[] _previous;

    /// <summary>All rows.</summary>
    public RowsLeft(in KeyHistory history)
    {
        _history = history;
        _next = new int[history.Count + 2];
        _previous = new int[history.Count + 2];
        foreach (var list in (ReadOnlySpan<int>)[EndedList, OpenList]) _next[list] = _previous[list] = list;
        for (var row = 0; row < history.Count; row++)
        {
            var list = history.Returns[row] == KeyHistory.Never ? OpenList : EndedList;
            (_previous[row], _next[row]) = (_previous[list], list);
            _next[_previous[row]] = _previous[list] = row;
        }
    }

    private int EndedList => _history.Count;

    private int OpenList => _history.Count + 1;

    /// <summary>A row is placed.</summary>
    public void Remove(int row) => (_next[_previous[row]], _previous[_next[row]]) = (_next[row], _previous[row]);

    /// <summary>Those that ended and may come next: nothing that is left returned before they began. At most one for each process.</summary>
    public IEnumerable<int> Ended()
    {
        var earliest = int.MaxValue;
        for (var row = _next[EndedList]; row != EndedList && _history.Invokes[row] < earliest; row = _next[row])
        {
            earliest = Math.Min(earliest, _history.Returns[row]);
            yield return row;
        }
    }

    /// <summary>Those of unknown outcome that may come next.</summary>
    public IEnumerable<int> Open()
    {
        var earliest = Ended().Select(row => _history.Returns[row]).DefaultIfEmpty(int.MaxValue).Min();
        for (var row = _next[OpenList]; row != OpenList && _history.Invokes[row] < earliest; row = _next[row]) yield return row;
    }
}

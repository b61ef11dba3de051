using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>The acquires of a semaphore that each process has not released, told row by row: each release before what begins after it.</summary>
internal sealed class PermitHolds(KeyHistory history)
{
    private readonly Dictionary<int, List<int>> _held = [];

    /// <summary>What is held, by rows.</summary>
    public IEnumerable<int> Held => _held.Values.SelectMany(rows => rows);

    /// <summary>An acquire; one of unknown outcome is held by nobody.</summary>
    public void Acquire(int row)
    {
        if (history.Returns[row] == KeyHistory.Never) return;
        var process = history.History.Process[history.Operations[row]];
        if (!_held.TryGetValue(process, out var rows)) _held.Add(process, rows = []);
        rows.Add(row);
    }

    /// <summary>Takes away the last acquires of the process, which had ended, that come to just so many permits as a release gives back, if there are such.</summary>
    /// <param name="row">The release.</param>
    /// <param name="hold">Receives them.</param>
    public bool Release(int row, List<int> hold)
    {
        hold.Clear();
        var left = Permits(history, row) ?? 0;
        if (!_held.TryGetValue(history.History.Process[history.Operations[row]], out var rows)) return left == 0;
        var from = rows.Count;
        while (left > 0 && from > 0 && history.Returns[rows[from - 1]] < history.Invokes[row]) left -= Permits(history, rows[--from]) ?? 0;
        if (left != 0) return false;
        hold.AddRange(rows[from..]);
        rows.RemoveRange(from, rows.Count - from);
        return true;
    }

    /// <summary>How many permits a row acquires or releases; null if it does not say so.</summary>
    public static long? Permits(in KeyHistory history, int row)
    {
        if (history.Functions[row] is not (Function.Acquire or Function.Release)) return null;
        if (history.Inputs[row].IsNull) return 1;
        return history.History.Values.TryGetInteger(history.Inputs[row], out var permits) && permits >= 0 ? permits : null;
    }
}

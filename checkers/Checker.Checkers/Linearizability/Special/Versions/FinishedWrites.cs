using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>The writes of one register that certainly happened, by their returns.</summary>
internal sealed class FinishedWrites
{
    private readonly long[] _byReturn; // sorted
    private readonly int[] _latest; // the latest invocation up to each

    /// <summary>Sorts them, O(n log n).</summary>
    /// <param name="history">The object.</param>
    /// <param name="rows">The rows that write the register and returned.</param>
    public FinishedWrites(in KeyHistory history, ReadOnlySpan<int> rows)
    {
        _byReturn = new long[rows.Length];
        for (var i = 0; i < rows.Length; i++) _byReturn[i] = PositionSort.Entry(history.Returns[rows[i]], rows[i]);
        PositionSort.Sort(_byReturn);
        _latest = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var invoke = history.Invokes[PositionSort.NumberOf(_byReturn[i])];
            _latest[i] = i == 0 ? invoke : Math.Max(invoke, _latest[i - 1]);
        }
    }

    /// <summary>The latest invocation of a write that ended before a position; −1 if none did. Whatever ended before it has been replaced by then.</summary>
    public int LatestBefore(int position)
    {
        var ended = PositionSort.CountUpTo(_byReturn, position - 1);
        return ended == 0 ? -1 : _latest[ended - 1];
    }
}

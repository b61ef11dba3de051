using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;

namespace Checker.Checkers.Linearizability.General;

/// <summary>
/// The orders of a few operations that go furthest without breaking real time or the data type: of all, those with the most operations that ended, then
/// those with the most altogether. Nothing that may come next can follow one of them.
/// </summary>
/// <remarks>
/// Exhaustive, with memory, for at most 64 operations within a budget of steps; otherwise one order is continued until it is stuck, which is
/// then not certainly the longest.
/// </remarks>
internal sealed class LongestOrders<TSpec, TState>
    where TSpec : struct, ISequentialSpec<TState>
    where TState : notnull, IEquatable<TState>
{
    private const int MostRows = 64;
    private const int MostOrders = 3;
    private const int MostSteps = 200_000;

    private readonly TSpec _spec;
    private readonly KeyHistory _history;
    private readonly RowOperations _operations;
    private readonly bool _bundled;
    private readonly ulong[] _before; // by row: what had returned before it began
    private readonly Dictionary<(ulong Placed, TState State), (int Ended, int All)> _best = [];
    private int _steps;

    /// <param name="history">The operations.</param>
    /// <param name="spec">Their specification; nobody else may use it.</param>
    /// <param name="bundled">Whether it is the bundled one of the data type, which does not mind being told of an operation twice.</param>
    public LongestOrders(in KeyHistory history, TSpec spec, bool bundled)
    {
        _spec = spec;
        _history = history;
        _bundled = bundled;
        _operations = new RowOperations(history, spec.UsesProcess);
        _before = new ulong[Math.Min(MostRows, history.Count)];
        for (var row = 0; row < _before.Length; row++)
        {
            for (var other = 0; other < row; other++) _before[row] |= history.Returns[other] < history.Invokes[row] ? 1UL << other : 0;
        }
    }

    /// <summary>Up to three of the longest, the first ones in the order of invocation. Empty if an operation's form is wrong.</summary>
    /// <param name="start">Says an order to continue if there is too much to try, as rows.</param>
    public IReadOnlyList<StuckOrder> Find(Func<IReadOnlyList<int>> start)
    {
        for (var row = 0; row < _operations.Count; row++)
        {
            if (_spec.Malformed(_operations[row]) is not null) return [];
        }

        _spec.Prepare(_bundled ? _operations : [.. _operations.Distinct()]);
        if (_operations.Count > MostRows) return [Continue(start())];
        var (ended, all) = Best(0, _spec.Initial);
        if (_steps > MostSteps) return [Continue(start())];
        var found = new List<StuckOrder>();
        Collect(0, _spec.Initial, (ended, all), [], [], found);
        return found;
    }

    // How many operations, ended ones first, can still follow.
    private (int Ended, int All) Best(ulong placed, TState state)
    {
        if (_best.TryGetValue((placed, state), out var best)) return best;
        foreach (var (row, next) in Next(placed, state))
        {
            var (ended, all) = Best(placed | (1UL << row), next);
            var here = (ended + (_history.Returns[row] == KeyHistory.Never ? 0 : 1), all + 1);
            if (here.CompareTo(best) > 0) best = here;
            if (_steps > MostSteps) return best;
        }

        _best[(placed, state)] = best;
        return best;
    }

    // The first way to each end that is as far away as any.
    private void Collect(ulong placed, TState state, (int Ended, int All) left, List<int> order, HashSet<(ulong, TState)> seen, List<StuckOrder> found)
    {
        if (found.Count == MostOrders || !seen.Add((placed, state))) return;
        if (left == (0, 0))
        {
            var unplaced = new RowsLeft(_history);
            order.ForEach(unplaced.Remove);
            found.Add(new StuckOrder([.. order], [.. unplaced.Ended()], _spec.Describe(state)));
            return;
        }

        foreach (var (row, next) in Next(placed, state))
        {
            var rest = (left.Ended - (_history.Returns[row] == KeyHistory.Never ? 0 : 1), left.All - 1);
            var after = placed | (1UL << row);
            if (Best(after, next) != rest) continue;
            order.Add(row);
            Collect(after, next, rest, order, seen, found);
            order.RemoveAt(order.Count - 1);
        }
    }

    private List<(int Row, TState State)> Next(ulong placed, TState state)
    {
        var next = new List<(int, TState)>();
        var states = new NextStates<TState>();
        for (var row = 0; row < _operations.Count; row++)
        {
            if ((placed >> row & 1) != 0 || (_before[row] & ~placed) != 0) continue;
            states.Clear();
            _spec.Step(state, _operations[row], states);
            _steps++;
            for (var i = 0; i < states.Count; i++) next.Add((row, states[i]));
        }

        return next;
    }

    // Places whatever may come next, what ended first, for as long as something may.
    private StuckOrder Continue(IReadOnlyList<int> start)
    {
        var order = new List<int>(_history.Count);
        var next = new NextStates<TState>();
        var left = new RowsLeft(_history);
        var states = new List<TState> { _spec.Initial };
        foreach (var row in start) Place(row);
        while (left.Ended().Any(Place) || left.Open().Any(Place))
        {
        }

        return new StuckOrder([.. order], [.. left.Ended()], _spec.Describe(states[0]));

        bool Place(int row)
        {
            next.Clear();
            foreach (var state in states) _spec.Step(state, _operations[row], next);
            if (next.Count == 0) return false;
            states.Clear();
            for (var i = 0; i < next.Count; i++)
            {
                if (i == 0 || !states.Contains(next[i])) states.Add(next[i]);
            }

            left.Remove(row);
            order.Add(row);
            return true;
        }
    }
}

using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

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
    private readonly SpecOperation[] _operations;
    private readonly int[] _invokes;
    private readonly int[] _returns;
    private readonly ulong[] _before; // by row: what had returned before it began
    private readonly Dictionary<(ulong Placed, TState State), (int Ended, int All)> _best = [];
    private int _steps;

    /// <param name="history">The operations.</param>
    /// <param name="spec">Their specification; nobody else may use it.</param>
    public LongestOrders(in KeyHistory history, TSpec spec)
    {
        _spec = spec;
        _operations = new SpecOperation[history.Count];
        for (var row = 0; row < history.Count; row++)
        {
            var number = history.Operations[row];
            _operations[row] = new SpecOperation(
                history.Functions[row], history.Types[row], history.History.KeyId(history.History.Key[number]), history.Inputs[row],
                history.Types[row] == OperationType.Ok ? history.Outputs[row] : ValueId.Null, spec.UsesProcess ? history.History.Process[number] : 0);
        }

        _invokes = history.Invokes.ToArray();
        _returns = history.Returns.ToArray();
        _before = new ulong[history.Count];
        for (var row = 0; row < Math.Min(MostRows, history.Count); row++)
        {
            for (var other = 0; other < row; other++) _before[row] |= _returns[other] < _invokes[row] ? 1UL << other : 0;
        }
    }

    /// <summary>Up to three of the longest, the first ones in the order of invocation. Empty if an operation's form is wrong.</summary>
    /// <param name="start">An order to continue if there is too much to try, as rows.</param>
    public IReadOnlyList<StuckOrder> Find(IReadOnlyList<int> start)
    {
        foreach (var operation in _operations)
        {
            if (_spec.Malformed(operation) is not null) return [];
        }

        _spec.Prepare([.. _operations.Distinct()]);
        if (_operations.Length > MostRows) return [Continue(start)];
        var (ended, all) = Best(0, _spec.Initial);
        if (_steps > MostSteps) return [Continue(start)];
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
            var here = (ended + (_returns[row] == KeyHistory.Never ? 0 : 1), all + 1);
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
            var unplaced = new RowsLeft(_invokes, _returns);
            order.ForEach(unplaced.Remove);
            found.Add(new StuckOrder([.. order], [.. unplaced.Ended()], _spec.Describe(state)));
            return;
        }

        foreach (var (row, next) in Next(placed, state))
        {
            var rest = (left.Ended - (_returns[row] == KeyHistory.Never ? 0 : 1), left.All - 1);
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
        for (var row = 0; row < _operations.Length; row++)
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
        var order = new List<int>();
        var left = new RowsLeft(_invokes, _returns);
        var states = new HashSet<TState> { _spec.Initial };
        foreach (var row in start) Place(row);
        while (left.Ended().Any(Place) || left.Open().Any(Place))
        {
        }

        return new StuckOrder([.. order], [.. left.Ended()], _spec.Describe(states.First()));

        bool Place(int row)
        {
            var next = new NextStates<TState>();
            foreach (var state in states) _spec.Step(state, _operations[row], next);
            if (next.Count == 0) return false;
            states.Clear();
            for (var i = 0; i < next.Count; i++) states.Add(next[i]);
            left.Remove(row);
            order.Add(row);
            return true;
        }
    }
}

using Checker.Checkers.Linearizability;

namespace Checker.Checkers.Objects;

/// <summary>
/// One order of all rows of a history that is not linearizable, that keeps program order and explains all results but a few. A process whose results
/// it explains has a view: the others' results are hidden from it, and hidden they change what they changed. That is PRAM, and the guarantees that
/// PRAM implies, for the process by itself. O(rows) steps for all processes together.
/// </summary>
/// <remarks>
/// The order is a linearization of what is left when the answers that contradict it are taken back (<see cref="PartlyAnswered"/>). Each of these operations
/// is put where it can have been in real time, and there leads to one of the states that it may lead to, such that the order goes on for as long as possible.
/// All is replayed, so that nothing depends on how the order came about.
/// </remarks>
internal sealed class MainOrder
{
    private const int Farthest = 3000; // rows that are tried after such an operation
    private const int MostMoments = 500;

    private readonly ObjectHistory _rows;
    private readonly ObjectStates _states;
    private readonly Allowance _allowance;
    private readonly List<int> _others = []; // the linearization without what was taken back
    private readonly bool[] _explained;
    private readonly int[] _state;
    private readonly List<int> _next = [];
    private readonly List<int> _order = [];
    private readonly HashSet<int> _open = [];

    private MainOrder(ObjectHistory rows, ObjectStates states, Allowance allowance)
    {
        (_rows, _states, _allowance) = (rows, states, allowance);
        (_explained, _state) = (new bool[rows.Count], new int[rows.ObjectCount]);
        for (var row = 0; row < rows.Count; row++) _explained[row] = rows.Optional[row];
    }

    /// <summary>The rows, in order; what may never have happened is absent if it did not.</summary>
    public IReadOnlyList<int> Order => _order;

    /// <summary>Whether the result of a row is explained, after what stands before it.</summary>
    public bool Explains(int row) => _explained[row];

    /// <summary>Whether all results of a process are explained.</summary>
    public bool ExplainsAllOf(int process) => !_open.Contains(process);

    /// <summary>The order of a history; null if none was found.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="states">The states of their objects.</param>
    /// <param name="linearized">How it was judged by linearizability.</param>
    /// <param name="allowance">The budget.</param>
    /// <param name="options">Budgets and readings.</param>
    public static MainOrder? Of(ObjectHistory rows, ObjectStates states, Verdict linearized, Allowance allowance, CheckOptions options)
    {
        if (linearized.Kind != VerdictKind.Invalid || !allowance.Step(0, rows.Count)) return null;
        if (PartlyAnswered.Of(rows.History, rows.Type, linearized.Anomalies[0].Operations, options) is not { } found) return null;
        var order = new MainOrder(rows, states, allowance);
        return order.Fill(found) ? order : null;
    }

    private bool Fill(PartlyAnswered found)
    {
        var rowOf = new int[_rows.History.Count];
        Array.Fill(rowOf, -1);
        for (var row = 0; row < _rows.Count; row++) rowOf[_rows.Original[row]] = row;
        _others.AddRange(found.Order.Where(operation => rowOf[operation] >= 0 && !found.TakenBack.Contains(operation)).Select(operation => rowOf[operation]));
        var taken = found.TakenBack.Where(operation => rowOf[operation] >= 0).Select(operation => rowOf[operation]).ToList();
        if (!Replay(taken)) return false;
        for (var row = 0; row < _rows.Count; row++)
        {
            if (!_explained[row]) _open.Add(_rows.Process[row]);
        }

        return KeepsProgramOrder();
    }

    private bool Replay(List<int> taken)
    {
        var windows = taken.ConvertAll(Window);
        var due = windows.ToLookup(static window => window.First);
        var placed = new Dictionary<int, List<int>>();
        for (var place = 0; place <= _others.Count; place++)
        {
            foreach (var (row, first, last) in due[place])
            {
                var at = Best(row, first, last);
                if (!placed.TryGetValue(at, out var there)) placed.Add(at, there = []);
                there.Add(row);
            }

            foreach (var row in placed.GetValueOrDefault(place, [])) Take(row, place);
            if (place < _others.Count) Take(_others[place], place + 1);
            if (!_allowance.Step(_states)) return false;
        }

        return true;
    }

    // The places in the linearization that an operation can have had in real time.
    private (int Row, int First, int Last) Window(int row)
    {
        var (history, operation) = (_rows.History, _rows.Original[row]);
        var (first, last) = (0, _others.Count);
        for (var place = 0; place < _others.Count; place++)
        {
            var other = _rows.Original[_others[place]];
            if (!_rows.Optional[_others[place]] && history.Complete[other] < history.Invoke[operation]) first = place + 1;
            if (history.Invoke[other] > history.Complete[operation]) last = Math.Min(last, place);
        }

        return (row, Math.Min(first, last), last);
    }

    // Where in its window a row leads farthest.
    private int Best(int row, int first, int last)
    {
        var (state, best, farthest) = (_state[_rows.Object[row]], first, -1);
        for (var place = first; place <= Math.Min(last, first + MostMoments) && state >= 0; place++)
        {
            _next.Clear();
            if (_rows.ReadOnly[row])
            {
                _states.StepToOne(state, row, hidden: false, _next);
                if (_next.Count > 0) return place;
            }
            else
            {
                _states.Step(state, row, hidden: true, _next);
                foreach (var next in _next.ToArray())
                {
                    if (Reach(row, next, place) is var reached && reached > farthest) (best, farthest) = (place, reached);
                }
            }

            if (farthest >= _others.Count || farthest >= first + Farthest) break;
            if (place < _others.Count && _rows.Object[_others[place]] == _rows.Object[row]) state = After(state, _others[place]);
        }

        return best;
    }

    // How far the linearization goes on from a state of the row's object.
    private int Reach(int row, int state, int from)
    {
        var end = Math.Min(_others.Count, from + Farthest);
        for (var place = from; place < end; place++)
        {
            if (_rows.Object[_others[place]] != _rows.Object[row]) continue;
            if (!_allowance.Step(_states)) return place;
            state = After(state, _others[place]);
            if (state < 0) return place;
        }

        return end;
    }

    private int After(int state, int row)
    {
        _next.Clear();
        _states.StepToOne(state, row, _rows.Optional[row], _next);
        return _next.Count > 0 ? _next[0] : -1;
    }

    // Adds a row; one that is not explained leads to the state from which the linearization goes on farthest.
    private void Take(int row, int next)
    {
        ref var state = ref _state[_rows.Object[row]];
        var after = _rows.Optional[row] ? -1 : After(state, row);
        _explained[row] |= after >= 0;
        _order.Add(row);
        if (after < 0)
        {
            _next.Clear();
            _states.Step(state, row, hidden: true, _next);
            int[] all = [.. _next];
            after = all.Length == 1 ? all[0] : all.MaxBy(one => Reach(row, one, next));
        }

        state = after;
    }

    private bool KeepsProgramOrder()
    {
        var next = _rows.Start[..^1];
        foreach (var row in _order)
        {
            if (row != next[_rows.Process[row]]++) return false;
        }

        return Enumerable.Range(0, next.Length).All(process => next[process] >= _rows.Start[process + 1] - 1
            && (next[process] == _rows.Start[process + 1] || _rows.Optional[next[process]]));
    }
}

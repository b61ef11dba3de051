using System.Numerics;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;

namespace Checker.Checkers.Linearizability.General;

/// <summary>
/// What a history may have come to before each of its events, up to the return that nothing can pass: all states, each with the open operations that took
/// effect. By exhaustion, for few operations.
/// </summary>
/// <remarks>
/// If all that may be reached at a moment can also be reached when some operations are left out that returned before it, then a linearization of the
/// history yields one of what is left: the same from that moment on. Where an element comes again this says more than whose element is whose.
/// </remarks>
internal sealed class ReachableConfigurations<TSpec, TState> : IReachable
    where TSpec : struct, ISequentialSpec<TState>
    where TState : notnull, IEquatable<TState>
{
    private const int MostOpen = 64;
    private const int MostAtOnce = 10_000; // configurations before one event

    private readonly TSpec _spec;
    private readonly SpecOperation[] _operations;
    private readonly int[] _events; // a row when it begins, ~row when it returns
    private readonly int[] _begins; // by row: which of the events it is
    private readonly int[] _ends; // that of the return; the number of events if it never returns
    private readonly int[] _slots; // by row: its bit while it is open
    private readonly bool[] _absent; // by row: whether it was left out
    private readonly List<HashSet<Configuration>> _layers = []; // before each event
    private readonly NextStates<TState> _next = new();
    private readonly long _most; // for the layers half of it

    /// <param name="history">The operations.</param>
    /// <param name="spec">Their specification; nobody else may use it.</param>
    /// <param name="bundled">Whether it is the bundled one of the data type, which does not mind being told of an operation twice.</param>
    /// <param name="most">The most steps of the specification, for all questions together.</param>
    public ReachableConfigurations(in KeyHistory history, TSpec spec, bool bundled, long most)
    {
        (_spec, _most) = (spec, most);
        _operations = [.. new RowOperations(history, spec.UsesProcess)];
        _events = EventOrder.Of(history.Invokes, history.Returns);
        _begins = new int[history.Count];
        _ends = new int[history.Count];
        _slots = new int[history.Count];
        _absent = new bool[history.Count];
        Array.Fill(_ends, _events.Length);
        for (var at = 0; at < _events.Length; at++) (_events[at] >= 0 ? _begins : _ends)[_events[at] >= 0 ? _events[at] : ~_events[at]] = at;
        if (Array.Exists(_operations, operation => spec.Malformed(operation) is not null) || !AssignSlots()) return;
        spec.Prepare(bundled ? _operations : [.. _operations.Distinct()]);
        _layers.Add([new(spec.Initial, 0)]);
        var open = new List<int>();
        for (var at = 0; at < _events.Length && !IsComplete; at++)
        {
            var after = Pass(_layers[at], open, at);
            if (Steps > _most / 2 || after.Count > MostAtOnce) return;
            End = _events[at] >= 0 ? history.Invokes[_events[at]] : history.Returns[~_events[at]];
            IsComplete = after.Count == 0;
            if (!IsComplete) _layers.Add(after);
        }
    }

    /// <inheritdoc/>
    public bool IsComplete { get; }

    /// <inheritdoc/>
    public int End { get; }

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public bool? TryLeaveOut(ReadOnlySpan<int> gone, int events)
    {
        var (first, last) = (int.MaxValue, -1);
        foreach (var row in gone)
        {
            first = Math.Min(first, _begins[row]);
            last = Math.Max(last, _ends[row]);
        }

        if (last < 0 || last >= _layers.Count - 1) return false;
        foreach (var row in gone) _absent[row] = true;
        var accepted = Propagate(first, last, events);
        foreach (var row in gone) _absent[row] = accepted == true;
        return accepted;
    }

    // What can be reached from an event on, without the absent rows, for so many events after the last one that is absent anew.
    private bool? Propagate(int first, int last, int events)
    {
        var (open, covers) = (OpenBefore(first), false);
        var layers = new List<HashSet<Configuration>> { _layers[first] }; // from there on
        for (var at = first; at < _layers.Count && at - last <= events; at++)
        {
            var row = _events[at] >= 0 ? _events[at] : ~_events[at];
            layers.Add(_absent[row] ? layers[^1] : Pass(layers[^1], open, at));
            if (Steps > _most) return null;
            if (layers[^1].Count > MostAtOnce) return false;
            if (layers[^1].Count == 0) return covers && IsComplete && Accept();
            if (at < last || at == _layers.Count - 1) continue;
            Steps += _layers[at + 1].Count;
            if (!layers[^1].IsSupersetOf(_layers[at + 1])) continue;
            covers = true;
            if (layers[^1].Count == _layers[at + 1].Count) return Accept();
        }

        return false;

        bool Accept()
        {
            for (var i = 0; i < layers.Count && first + i < _layers.Count; i++) _layers[first + i] = layers[i];
            return true;
        }
    }

    // What may be after an event, of what may be before it: an operation that is open may take effect at once or later.
    private HashSet<Configuration> Pass(HashSet<Configuration> before, List<int> open, int at)
    {
        Steps += before.Count;
        var after = new HashSet<Configuration>();
        if (_events[at] < 0)
        {
            open.Remove(~_events[at]);
            var bit = 1UL << _slots[~_events[at]];
            foreach (var (state, done) in before)
            {
                if ((done & bit) != 0) after.Add(new(state, done & ~bit));
            }

            return after;
        }

        open.Add(_events[at]);
        after.UnionWith(before);
        var left = new Stack<Configuration>();
        foreach (var configuration in before) Step(configuration, _events[at]);
        while (Steps <= _most && after.Count <= MostAtOnce && left.TryPop(out var configuration))
        {
            foreach (var row in open) Step(configuration, row);
        }

        return after;

        void Step(Configuration configuration, int row)
        {
            var bit = 1UL << _slots[row];
            if ((configuration.Done & bit) != 0) return;
            Steps++;
            _next.Clear();
            _spec.Step(configuration.State, _operations[row], _next);
            for (var i = 0; i < _next.Count; i++)
            {
                var reached = new Configuration(_spec.Canonical(_next[i]), configuration.Done | bit);
                if (after.Add(reached)) left.Push(reached);
            }
        }
    }

    private List<int> OpenBefore(int at)
    {
        var open = new List<int>();
        for (var i = 0; i < at; i++)
        {
            if (_events[i] < 0) open.Remove(~_events[i]);
            else if (!_absent[_events[i]]) open.Add(_events[i]);
        }

        return open;
    }

    private bool AssignSlots()
    {
        var free = ulong.MaxValue;
        foreach (var row in _events)
        {
            if (row < 0)
            {
                free |= 1UL << _slots[~row];
                continue;
            }

            _slots[row] = BitOperations.TrailingZeroCount(free);
            if (_slots[row] == MostOpen) return false;
            free &= free - 1;
        }

        return true;
    }

    private readonly record struct Configuration(TState State, ulong Done);
}

namespace Checker.Checkers.Objects;

/// <summary>
/// Builds what each process sees in one pass, without going back: rows are executed in an order that keeps program order and what results
/// show; each sees what its result shows, and, as long as that does not explain it, one more update after the other, oldest first. Stores
/// that send updates around mostly work so. What is built proves a model; if it fails nothing is known. O(rows · processes) steps.
/// </summary>
/// <remarks>
/// What is seen brings its past along, so the pasts of rows are a causal order; without that (<paramref name="causal"/> false), only what
/// its process updated before, which is PRAM. Each process's updates so far, in the order in which they came to it, explain all its results
/// (causal memory); or, <paramref name="convergent"/>, each result is explained by its past in the one order of execution.
/// </remarks>
/// <param name="rows">The rows.</param>
/// <param name="states">The states of their objects.</param>
/// <param name="observed">What results show, if it is known.</param>
/// <param name="order">The order of execution.</param>
/// <param name="causal">Whether what is seen brings its past along.</param>
/// <param name="convergent">Whether all have one order.</param>
/// <param name="apart">The processes to look at if each one's part counts by itself: one that fails does not end the others', and what a process shows before
/// it was executed comes with what its own process updated before. Null if all count together.</param>
/// <param name="loose">Whether an operation may miss what its own process did before, if nothing that it sees depends on it.</param>
/// <param name="alone">Explains an operation by itself, where the model allows that.</param>
/// <param name="allowance">The budget.</param>
internal sealed class GreedyViews(ObjectHistory rows, ObjectStates states, Observed? observed, IReadOnlyList<int> order, bool causal, bool convergent,
    IReadOnlySet<int>? apart, bool loose, SeparateViews? alone, Allowance allowance)
{
    // How far back a process may miss what it did: each step is a replay.
    private const int MostMissed = 8;

    private readonly int[]?[] _clocks = new int[rows.Count][];
    private readonly int[] _places = new int[rows.Count];
    private readonly List<int>[] _executed = [.. Enumerable.Range(0, rows.ObjectCount).Select(static _ => new List<int>())];
    private readonly int[][] _views = [.. Enumerable.Range(0, rows.ProcessCount).Select(_ => rows.Start[..^1])];
    private readonly Dictionary<(int Process, int Object), View> _objects = [];
    private readonly List<int> _next = [];
    private readonly List<int> _arrived = [];
    private readonly HashSet<int> _open = [];
    private readonly bool[] _appends = new bool[rows.ProcessCount];

    /// <summary>The processes whose results were not explained.</summary>
    public IReadOnlySet<int> Open => _open;

    /// <summary>Whether all was explained.</summary>
    public bool Run()
    {
        if (order.Count < rows.Count) return Fail();
        if (apart is not null) _open.UnionWith(Enumerable.Range(0, rows.ProcessCount).Where(process => !apart.Contains(process)));
        var needed = new bool[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var seen in observed?.Sees[row] ?? []) needed[seen] = true;
        }

        for (var place = 0; place < order.Count; place++)
        {
            var row = order[place];
            _places[row] = place;

            // What is not known to have happened did not.
            if (rows.Optional[row] && !needed[row]) continue;
            var isTried = !_open.Contains(rows.Process[row]);
            if (!allowance.Step(0, isTried ? 1 + (rows.ProcessCount >> 2) : 1) || (!Execute(row) && apart is null)) return Fail();
        }

        return _open.Count == 0;

        bool Fail()
        {
            _open.UnionWith(Enumerable.Range(0, rows.ProcessCount));
            return false;
        }
    }

    private bool Execute(int row)
    {
        var process = rows.Process[row];
        var view = Of(process, rows.Object[row]);
        var explained = !_open.Contains(process) && Explain(row, view);
        if (!explained) _open.Add(process);
        if (explained)
        {
            if (convergent || rows.Optional[row]) Step(view.State, row, hidden: true);
            view.State = _next[0];
        }

        if (rows.Update[row])
        {
            _clocks[row] = causal ? (int[])_views[process].Clone() : rows.Start[..^1];
            _executed[rows.Object[row]].Add(row);
            view.Last = _places[row];
        }

        _views[process][process] = row + 1;
        return explained;
    }

    private bool Explain(int row, View view)
    {
        var process = rows.Process[row];
        foreach (var seen in observed?.Sees[row] ?? [])
        {
            if (!Receive(process, seen)) return false;
        }

        if (rows.Optional[row] || Explains(view, row)) return true;
        if (loose && observed?.Bounds == false && ExplainsLoosely(row)) return true;
        while (!Explains(view, row))
        {
            if (allowance.Spent) return false;
            if (NextUpdate(process, rows.Object[row], view) is { } update)
            {
                if (!Receive(process, update)) return false;
                continue;
            }

            if (loose && ExplainsLoosely(row)) return true;

            // What it saw stands before what its process updates later; its own change is made to what its process saw.
            if (alone?.Alone(row) is not { } ends || !ends.All(end => Receive(process, end))) return false;
            Step(view.State, row, hidden: true);
            return true;
        }

        return true;
    }

    // By the pasts of what its result shows; or without the last things that its own process did.
    private bool ExplainsLoosely(int row)
    {
        var process = rows.Process[row];
        var bounds = rows.Start[..^1];
        foreach (var seen in observed!.Sees[row])
        {
            for (var q = 0; q < bounds.Length; q++) bounds[q] = Math.Max(bounds[q], _clocks[seen]![q]);
            bounds[rows.Process[seen]] = Math.Max(bounds[rows.Process[seen]], seen + 1);
        }

        if (Replays(row, bounds)) return true;
        if (!observed.Bounds) return false;
        bounds = (int[])_views[process].Clone();
        var known = rows.Start[process];
        for (var q = 0; q < bounds.Length; q++)
        {
            var last = bounds[q] - 1;
            while (last >= rows.Start[q] && _clocks[last] is null) last--;
            if (q != process && last >= rows.Start[q]) known = Math.Max(known, _clocks[last]![process]);
        }

        for (var own = row - 1; own >= known && row - own < MostMissed; own--)
        {
            bounds[process] = own;
            if (rows.Update[own] && Replays(row, bounds)) return true;
        }

        return false;
    }

    private bool Replays(int row, int[] bounds)
    {
        var state = 0;
        foreach (var update in _executed[rows.Object[row]])
        {
            if (update >= bounds[rows.Process[update]]) continue;
            Step(state, update, hidden: true);
            state = _next[0];
        }

        Step(state, row, hidden: false);
        if (_next.Count == 0) return false;
        Step(Of(rows.Process[row], rows.Object[row]).State, row, hidden: true);
        return true;
    }

    private bool Explains(View view, int row)
    {
        if (view.Stale) Replay(rows.Process[row], rows.Object[row], view);
        Step(view.State, row, hidden: false);
        return _next.Count > 0;
    }

    private void Step(int state, int row, bool hidden)
    {
        _next.Clear();
        allowance.Step(states);
        states.StepToOne(state, row, hidden, _next);
    }

    private int? NextUpdate(int process, int target, View view)
    {
        var executed = _executed[target];
        for (; view.Next < executed.Count; view.Next++)
        {
            var update = executed[view.Next];
            if (update >= _views[process][rows.Process[update]]) return update;
        }

        return null;
    }

    // Lets a process see an update and all that comes with it.
    private bool Receive(int process, int update)
    {
        var view = _views[process];
        var source = rows.Process[update];
        if (update < view[source]) return true;
        if (_clocks[update] is not { } clock) return apart is not null && source != process && ReceiveEarly(process, update);
        _arrived.Clear();
        for (var q = 0; q < view.Length; q++)
        {
            var end = q == source ? update + 1 : q == process ? 0 : clock[q];
            for (; view[q] < end; view[q]++)
            {
                if (_clocks[view[q]] is not null) _arrived.Add(view[q]);
            }
        }

        _arrived.Sort((a, b) => _places[a].CompareTo(_places[b]));
        Apply(process);
        return true;
    }

    // Before it was executed.
    private bool ReceiveEarly(int process, int update)
    {
        _arrived.Clear();
        if (convergent && !_appends[process]) Freeze(process);
        ref var end = ref _views[process][rows.Process[update]];
        for (; end <= update; end++)
        {
            if (rows.Update[end] && (!rows.Optional[end] || end == update)) _arrived.Add(end);
        }

        Apply(process);
        return true;
    }

    // From now on what the process sees comes after what it has seen: its order is no longer that of execution.
    private void Freeze(int process)
    {
        _appends[process] = true;
        foreach (var ((owner, target), view) in _objects)
        {
            if (owner == process && view.Stale) Replay(process, target, view);
        }
    }

    private void Apply(int process)
    {
        foreach (var arrived in _arrived)
        {
            var at = Of(process, rows.Object[arrived]);
            at.Stale |= convergent && !_appends[process] && observed?.OrderFree != true && _places[arrived] < at.Last;
            at.Last = Math.Max(at.Last, _places[arrived]);
            if (at.Stale) continue;
            Step(at.State, arrived, hidden: true);
            at.State = _next[0];
        }
    }

    // Something came that stands before what is there.
    private void Replay(int process, int target, View view)
    {
        (view.State, view.Stale) = (0, false);
        foreach (var update in _executed[target])
        {
            if (update >= _views[process][rows.Process[update]]) continue;
            Step(view.State, update, hidden: true);
            view.State = _next[0];
        }
    }

    private View Of(int process, int target)
    {
        if (!_objects.TryGetValue((process, target), out var view)) _objects.Add((process, target), view = new View());
        return view;
    }

    private sealed class View
    {
        public int State { get; set; }

        public int Next { get; set; }

        public int Last { get; set; } = -1;

        public bool Stale { get; set; }
    }
}

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
internal sealed class GreedyViews(ObjectHistory rows, ObjectStates states, Observed? observed, IReadOnlyList<int> order, bool causal, bool convergent,
    Allowance allowance)
{
    private readonly int[]?[] _clocks = new int[rows.Count][];
    private readonly int[] _places = new int[rows.Count];
    private readonly List<int>[] _executed = [.. Enumerable.Range(0, rows.ObjectCount).Select(static _ => new List<int>())];
    private readonly int[][] _views = [.. Enumerable.Range(0, rows.ProcessCount).Select(_ => rows.Start[..^1])];
    private readonly Dictionary<(int Process, int Object), View> _objects = [];
    private readonly List<int> _next = [];
    private readonly List<int> _arrived = [];

    /// <summary>Whether all was explained.</summary>
    public bool Run()
    {
        if (order.Count < rows.Count) return false;
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
            if (!allowance.Step(0, 1 + (rows.ProcessCount >> 2)) || !Execute(row)) return false;
        }

        return true;
    }

    private bool Execute(int row)
    {
        var process = rows.Process[row];
        foreach (var seen in observed?.Sees[row] ?? []) Receive(process, seen);
        var view = Of(process, rows.Object[row]);
        if (!rows.Optional[row])
        {
            while (!Explains(view, row))
            {
                if (allowance.Spent || NextUpdate(process, rows.Object[row], view) is not { } update) return false;
                Receive(process, update);
            }
        }

        if (convergent || rows.Optional[row]) Step(view.State, row, hidden: true);
        view.State = _next[0];
        if (rows.Update[row])
        {
            _clocks[row] = causal ? (int[])_views[process].Clone() : rows.Start[..^1];
            _executed[rows.Object[row]].Add(row);
            view.Last = _places[row];
        }

        _views[process][process] = row + 1;
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
        allowance.Step((allowance.Taken & 4095) == 0 ? states.Bytes : 0);
        states.Step(state, row, hidden, _next);
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
    private void Receive(int process, int update)
    {
        var view = _views[process];
        var source = rows.Process[update];
        if (update < view[source]) return;
        var clock = _clocks[update]!;
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
        foreach (var arrived in _arrived)
        {
            var at = Of(process, rows.Object[arrived]);
            at.Stale |= convergent && observed?.OrderFree != true && _places[arrived] < at.Last;
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

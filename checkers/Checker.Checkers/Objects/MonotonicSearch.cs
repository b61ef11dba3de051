using Checker.Checkers.Specs;

namespace Checker.Checkers.Objects;

/// <summary>
/// Looks for what one process sees of one object under monotonic reads: one order of the updates, and for each update the first of the
/// process's operations that sees it; later ones go on to see it. Exact: a search over the positions in all processes and the state that
/// each operation finds, never from the same ones twice.
/// </summary>
internal sealed class MonotonicSearch(ObjectHistory rows, ObjectStates states, Allowance allowance)
{
    private readonly List<int> _next = [];
    private readonly List<int> _readers = [];
    private readonly List<int[]> _updates = [];
    private PersistentMap _positions = new();
    private PersistentMap _found = new();
    private int _own;

    /// <summary>Whether what the process did to the object can be explained; unknown if the budget did not suffice.</summary>
    public VerdictKind Run(int process, int target)
    {
        Clear(process, target);
        var visited = new HashSet<(int, int)>();
        var open = new Stack<(int Positions, int Found)>();
        Push(PersistentMap.Empty, PersistentMap.Empty);
        while (open.TryPop(out var at))
        {
            if (!allowance.Step(states.Bytes + (visited.Count * 100L) + _positions.Bytes + _found.Bytes, 1 + _updates.Count)) return VerdictKind.Unknown;
            if (ExplainsAll(at.Found)) return VerdictKind.Valid;
            var least = LeastReader((int)_positions.Get(at.Positions, _own));
            for (var p = _updates.Count - 1; p >= 0; p--)
            {
                var position = (int)_positions.Get(at.Positions, p);
                if (position == _updates[p].Length) continue;
                var update = _updates[p][position];
                var positions = _positions.Set(at.Positions, p, position + 1);
                var first = p == _own ? Math.Max(least, ReadersUpTo(update)) : least;
                Push(positions, at.Found);
                See(positions, at.Found, update, first);
            }
        }

        return VerdictKind.Invalid;

        // The update is seen by the last readers, from each possible one on. What it may do to a state may be one of several things.
        void See(int positions, int found, int update, int first)
        {
            var reached = new List<int> { found };
            for (var reader = _readers.Count - 1; reader >= first && allowance.Step(0, 2); reader--)
            {
                var changed = new List<int>();
                foreach (var before in reached)
                {
                    _next.Clear();
                    states.Step((int)_found.Get(before, reader), update, hidden: true, _next);
                    foreach (var state in _next) changed.Add(_found.Set(before, reader, state));
                }

                reached = changed;
                foreach (var after in reached) Push(positions, after);
            }
        }

        void Push(int positions, int found)
        {
            if (visited.Add((positions, found))) open.Push((positions, found));
        }
    }

    private void Clear(int process, int target)
    {
        _readers.Clear();
        _updates.Clear();
        (_positions, _found, _own) = (new PersistentMap(), new PersistentMap(), process);
        for (var p = 0; p < rows.ProcessCount; p++)
        {
            var all = Enumerable.Range(rows.Start[p], rows.Start[p + 1] - rows.Start[p]).Where(row => rows.Object[row] == target);
            _updates.Add([.. all.Where(row => rows.Update[row])]);
            if (p == process) _readers.AddRange(all.Where(row => !rows.Optional[row]));
        }
    }

    // An own update stands after what its process had seen before: what comes later is seen later.
    private int LeastReader(int ownPosition) => ownPosition == 0 ? 0 : ReadersUpTo(_updates[_own][ownPosition - 1]);

    private int ReadersUpTo(int row)
    {
        var at = _readers.BinarySearch(row);
        return at >= 0 ? at + 1 : ~at;
    }

    private bool ExplainsAll(int found)
    {
        for (var reader = 0; reader < _readers.Count; reader++)
        {
            if ((reader & 3) == 3) allowance.Step(0);
            _next.Clear();
            states.Step((int)_found.Get(found, reader), _readers[reader], hidden: false, _next);
            if (_next.Count == 0) return false;
        }

        return true;
    }
}

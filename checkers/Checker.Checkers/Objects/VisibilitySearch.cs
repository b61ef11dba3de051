using System.Runtime.CompilerServices;

namespace Checker.Checkers.Objects;

/// <summary>
/// Looks for the updates that each operation sees under read-your-writes, monotonic writes or writes-follow-reads: exact, operation by
/// operation. Only least sets that explain an operation are tried: what one operation sees only ever ties down later ones.
/// </summary>
/// <remarks>
/// Under the first two guarantees no process ties down another: each is searched by itself, over all updates of the others. Under
/// writes-follow-reads program order and what is seen have no cycle: a cycle enters a process by an operation that sees something and
/// leaves it by an update at or after that, which makes that update follow itself. So operations are executed one after another and see
/// only what was executed.
/// </remarks>
internal sealed class VisibilitySearch
{
    private readonly ObjectHistory _rows;
    private readonly VisibilityRule _rule;
    private readonly Allowance _allowance;
    private readonly OrderSearch _orders;
    private readonly RowUse[] _use;
    private readonly int[] _at;
    private readonly RowSet?[] _seen;
    private readonly RowSet?[] _before;
    private readonly int[]?[] _past;
    private readonly List<int> _executed = [];
    private readonly HashSet<string> _visited = [];
    private readonly List<int>[] _updates;
    private int[] _processes = [];
    private bool _unknown;

    public VisibilitySearch(ObjectHistory rows, ObjectStates states, VisibilityRule rule, Allowance allowance)
    {
        (_rows, _rule, _allowance) = (rows, rule, allowance);
        _orders = new OrderSearch(rows, states, allowance);
        _use = new RowUse[rows.Count];
        _at = rows.Start[..^1];
        _seen = new RowSet?[rows.Count];
        _before = new RowSet?[rows.Count];
        _past = new int[]?[rows.Count];
        _updates = [.. Enumerable.Range(0, rows.ObjectCount).Select(static _ => new List<int>())];
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows.Update[row]) _updates[rows.Object[row]].Add(row);
        }
    }

    /// <summary>If there is no explanation: the processes that have none, all of them where they tie each other down.</summary>
    public IReadOnlyList<int> Processes => _processes;

    /// <summary>Whether every operation can be explained; unknown if the budget did not suffice.</summary>
    /// <param name="open">The processes to look at, where none ties down another.</param>
    public VerdictKind Run(IReadOnlySet<int> open)
    {
        int[] all = [.. Enumerable.Range(0, _rows.ProcessCount)];
        var unknown = false;
        foreach (var processes in _rule == VisibilityRule.Dependencies ? [all] : all.Where(open.Contains).Select(static process => new[] { process }))
        {
            (_processes, _unknown) = (processes, false);
            _visited.Clear();
            var explained = Explore();
            Undo(0);
            if (explained) continue;
            if (!_unknown && !_allowance.Spent) return VerdictKind.Invalid;
            unknown = true;
        }

        return unknown ? VerdictKind.Unknown : VerdictKind.Valid;
    }

    private bool Explore()
    {
        var mark = _executed.Count;
        ExecuteAtOnce();
        if (_processes.All(process => _at[process] == _rows.Start[process + 1])) return true;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) _unknown = true;
        _allowance.Step(0, _rows.Count >> 4);
        if (!_unknown && !_allowance.Spent && _visited.Add(string.Join(';', _seen.Select(static seen => seen?.ToString()))) && Branch()) return true;
        Undo(mark);
        return false;
    }

    private void ExecuteAtOnce()
    {
        for (var progress = true; progress;)
        {
            progress = false;
            foreach (var process in _processes)
            {
                while (_at[process] < _rows.Start[process + 1] && !_allowance.Spent)
                {
                    var least = Least(_at[process]);
                    if (!Explains(_at[process], least)) break;
                    Execute(_at[process], least);
                    progress = true;
                }
            }
        }
    }

    private bool Branch()
    {
        foreach (var process in _processes.Where(process => _at[process] < _rows.Start[process + 1]).OrderBy(process =>
            _rows.History.Invoke[_rows.Original[_at[process]]]))
        {
            var row = _at[process];
            foreach (var seen in LeastSets(row))
            {
                var mark = _executed.Count;
                Execute(row, seen);
                if (Explore()) return true;
                Undo(mark);
            }

            if (_unknown || _allowance.Spent) return false;
        }

        return false;
    }

    private List<RowSet> LeastSets(int row)
    {
        var found = new List<RowSet>();
        var tried = new HashSet<RowSet>();
        var queue = new Queue<RowSet>();
        queue.Enqueue(Least(row));
        while (queue.TryDequeue(out var seen))
        {
            if (!_allowance.Step(tried.Count * (seen.Bytes + 40))) return found;
            if (found.Any(smaller => smaller.IsWithin(seen))) continue;
            if (Explains(row, seen))
            {
                found.Add(seen);
                continue;
            }

            foreach (var update in _updates[_rows.Object[row]])
            {
                if (seen.Has(update) || !MaySee(row, update)) continue;
                if (!_allowance.Step(tried.Count * (seen.Bytes + 40), _rows.Count >> 8)) return found;
                var greater = seen.Copy();
                See(greater, update);
                if (tried.Add(greater)) queue.Enqueue(greater);
            }
        }

        return [.. found.Where(seen => !found.Any(other => other != seen && other.IsWithin(seen)))];
    }

    private bool MaySee(int row, int update) =>
        _rule == VisibilityRule.Dependencies ? update < _at[_rows.Process[update]] : _rows.Process[update] != _rows.Process[row] || update < row;

    // Adds an update and what must be seen with it.
    private void See(RowSet seen, int update)
    {
        seen.Add(update);
        if (_rule == VisibilityRule.Dependencies) seen.Add(_before[update]!);
        if (_rule != VisibilityRule.Prefixes) return;
        for (var earlier = _rows.Start[_rows.Process[update]]; earlier < update; earlier++)
        {
            if (_rows.Update[earlier] && !_rows.Optional[earlier]) seen.Add(earlier);
        }
    }

    private RowSet Least(int row)
    {
        var least = new RowSet(_rows.Count);
        if (_rule != VisibilityRule.Own) return least;
        for (var earlier = _rows.Start[_rows.Process[row]]; earlier < row; earlier++)
        {
            if (_rows.Update[earlier] && !_rows.Optional[earlier]) least.Add(earlier);
        }

        return least;
    }

    private bool Explains(int row, RowSet seen)
    {
        if (_rows.Optional[row]) return true;
        if (!_allowance.Step(_visited.Count * 100L)) return false;
        var own = _rows.Process[row];
        var end = _rows.Start[..^1];
        int[] shown = [.. seen.Rows().Where(update => _rows.Object[update] == _rows.Object[row])];
        foreach (var update in shown)
        {
            _use[update] = RowUse.Hidden;
            end[_rows.Process[update]] = update + 1;
        }

        // The row comes last.
        var past = (int[])end.Clone();
        past[own] = row;
        end[own] = row + 1;
        _use[row] = RowUse.Shown;
        _past[row] = past;
        int[] processes = [.. shown.Select(update => _rows.Process[update]).Append(own).Distinct()];
        var kind = _orders.Run(processes, _use, end, _past);
        _past[row] = null;
        _use[row] = RowUse.Absent;
        foreach (var update in shown) _use[update] = RowUse.Absent;
        _unknown |= kind == VerdictKind.Unknown;
        return kind == VerdictKind.Valid;
    }

    private void Execute(int row, RowSet seen)
    {
        _seen[row] = seen;
        _at[_rows.Process[row]] = row + 1;
        _executed.Add(row);
        var before = row > _rows.Start[_rows.Process[row]] ? _before[row - 1]!.Copy() : new RowSet(_rows.Count);
        before.Add(seen);
        _before[row] = before;
        if (!_rows.Update[row]) return;

        // In every order the update stands after what its process had seen of its object.
        var past = new int[_rows.ProcessCount];
        foreach (var update in before.Rows())
        {
            if (_rows.Object[update] == _rows.Object[row]) past[_rows.Process[update]] = update + 1;
        }

        _past[row] = past;
    }

    private void Undo(int mark)
    {
        while (_executed.Count > mark)
        {
            var row = _executed[^1];
            _executed.RemoveAt(_executed.Count - 1);
            (_seen[row], _before[row], _past[row]) = (null, null, null);
            _at[_rows.Process[row]] = row;
        }
    }
}

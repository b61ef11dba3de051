using System.Runtime.CompilerServices;

namespace Checker.Checkers.Objects;

/// <summary>
/// Looks for a causal order that explains every operation: exact, by building the order up. Operations are executed one after another in
/// an order that extends the causal order; each chooses its past among what was executed.
/// </summary>
/// <remarks>
/// <para>A past contains the past of what it contains, so it is a vector: how far each process has come. Only least pasts that explain the
/// operation are tried: a greater one would only tie down what comes later, which may add to its own past whatever it likes. An operation
/// that its program's past already explains is executed at once, except that an update's place matters where all have one order of the
/// updates (convergence): that order is the order of execution.</para>
/// <para>An update that may never have happened is executed whenever it can be; if it is in nobody's past, it did not happen.</para>
/// </remarks>
internal sealed class CausalSearch
{
    private readonly ObjectHistory _rows;
    private readonly ObjectStates _states;
    private readonly CausalKind _kind;
    private readonly Allowance _allowance;
    private readonly OrderSearch _orders;
    private readonly RowUse[] _use;
    private readonly int[] _at;
    private readonly int[]?[] _past;
    private readonly List<int> _executed = [];
    private readonly HashSet<string> _visited = [];
    private readonly int[] _all;
    private bool _unknown;

    public CausalSearch(ObjectHistory rows, ObjectStates states, CausalKind kind, Allowance allowance)
    {
        (_rows, _states, _kind, _allowance) = (rows, states, kind, allowance);
        _orders = new OrderSearch(rows, states, allowance);
        _use = new RowUse[rows.Count];
        _at = rows.Start[..^1];
        _past = new int[]?[rows.Count];
        _all = [.. Enumerable.Range(0, rows.ProcessCount)];
    }

    /// <summary>Whether there is a causal order; unknown if the budget did not suffice.</summary>
    public VerdictKind Run() => Explore() ? VerdictKind.Valid
        : _unknown || _allowance.Spent ? VerdictKind.Unknown : VerdictKind.Invalid;

    private bool Explore()
    {
        var mark = _executed.Count;
        ExecuteAtOnce();
        if (_executed.Count == _rows.Count) return true;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) _unknown = true;
        _allowance.Step(0, _rows.Count >> 2);
        if (!_unknown && !_allowance.Spent && _visited.Add(Configuration()) && Branch()) return true;
        Undo(mark);
        return false;
    }

    private void ExecuteAtOnce()
    {
        for (var progress = true; progress;)
        {
            progress = false;
            foreach (var process in _all)
            {
                while (_at[process] < _rows.Start[process + 1] && !Placed(_at[process]) && !_allowance.Spent)
                {
                    var least = Least(_at[process]);
                    if (!Explains(_at[process], least)) break;
                    Execute(_at[process], least);
                    progress = true;
                }
            }
        }
    }

    // Whether the place of a row in the order of execution matters.
    private bool Placed(int row) => _kind == CausalKind.Convergent && _rows.Update[row];

    private bool Branch()
    {
        foreach (var process in _all.Where(process => _at[process] < _rows.Start[process + 1]).OrderBy(process =>
            _rows.History.Invoke[_rows.Original[_at[process]]]))
        {
            var row = _at[process];
            foreach (var past in LeastPasts(row))
            {
                var mark = _executed.Count;
                Execute(row, past);
                if (Explore()) return true;
                Undo(mark);
            }

            if (_unknown || _allowance.Spent) return false;
        }

        return false;
    }

    private List<int[]> LeastPasts(int row)
    {
        var found = new List<int[]>();
        var seen = new HashSet<string>();
        var queue = new Queue<int[]>();
        queue.Enqueue(Least(row));
        while (queue.TryDequeue(out var past))
        {
            if (!_allowance.Step(seen.Count * 64L)) return found;
            if (found.Any(smaller => IsWithin(smaller, past))) continue;
            if (Explains(row, past))
            {
                found.Add(past);
                continue;
            }

            foreach (var process in _all)
            {
                if (process == _rows.Process[row] || NextUpdate(row, process, past[process]) is not { } update) continue;
                var greater = (int[])past.Clone();
                greater[process] = update + 1;
                for (var q = 0; q < greater.Length; q++) greater[q] = Math.Max(greater[q], _past[update]![q]);
                if (seen.Add(Key(greater))) queue.Enqueue(greater);
            }
        }

        // A past is met before a smaller one if that takes more additions.
        return [.. found.Where(past => !found.Any(other => other != past && IsWithin(other, past)))];
    }

    private int? NextUpdate(int row, int process, int from)
    {
        for (var update = from; update < _at[process]; update++)
        {
            if (_rows.Update[update] && (_kind == CausalKind.Memory || _rows.Object[update] == _rows.Object[row])) return update;
        }

        return null;
    }

    // The past that program order alone gives.
    private int[] Least(int row)
    {
        var process = _rows.Process[row];
        var past = row > _rows.Start[process] ? (int[])_past[row - 1]!.Clone() : _rows.Start[..^1];
        past[process] = row;
        return past;
    }

    private bool Explains(int row, int[] past)
    {
        if (_rows.Optional[row]) return true;
        if (!_allowance.Step(_states.Bytes + (_visited.Count * 100L))) return false;
        if (_kind == CausalKind.Convergent) return Replays(row, past);
        var own = _rows.Process[row];
        var end = (int[])past.Clone();
        end[own] = row + 1;
        foreach (var process in _all)
        {
            for (var r = _rows.Start[process]; r < end[process]; r++)
            {
                var relevant = _kind == CausalKind.Memory || _rows.Object[r] == _rows.Object[row];
                _use[r] = r == row || (process == own && _kind == CausalKind.Memory && !_rows.Optional[r]) ? RowUse.Shown
                    : relevant && _rows.Update[r] ? RowUse.Hidden : RowUse.Absent;
            }
        }

        _past[row] = past;
        var kind = _orders.Run(_all, _use, end, _past);
        _past[row] = null;
        _unknown |= kind == VerdictKind.Unknown;
        return kind == VerdictKind.Valid;
    }

    private bool Replays(int row, int[] past)
    {
        var states = new List<int> { 0 };
        var next = new List<int>();
        _allowance.Step(0, _executed.Count >> 3);
        foreach (var update in _executed)
        {
            if (update >= past[_rows.Process[update]] || _rows.Object[update] != _rows.Object[row] || !_rows.Update[update]) continue;
            next.Clear();
            foreach (var state in states) _states.Step(state, update, hidden: true, next);
            (states, next) = (next, states);
        }

        next.Clear();
        foreach (var state in states) _states.Step(state, row, hidden: false, next);
        return next.Count > 0;
    }

    private void Execute(int row, int[] past)
    {
        _past[row] = past;
        _at[_rows.Process[row]] = row + 1;
        _executed.Add(row);
    }

    private void Undo(int mark)
    {
        while (_executed.Count > mark)
        {
            var row = _executed[^1];
            _executed.RemoveAt(_executed.Count - 1);
            _past[row] = null;
            _at[_rows.Process[row]] = row;
        }
    }

    private static bool IsWithin(int[] smaller, int[] greater)
    {
        for (var i = 0; i < smaller.Length; i++)
        {
            if (smaller[i] > greater[i]) return false;
        }

        return true;
    }

    private static string Key(int[] past) => string.Join(',', past);

    private string Configuration()
    {
        var pasts = string.Join(';', _past.Select(static past => past is null ? "" : Key(past)));
        return _kind == CausalKind.Convergent ? $"{pasts}|{string.Join(',', _executed.Where(row => _rows.Update[row]))}" : pasts;
    }
}

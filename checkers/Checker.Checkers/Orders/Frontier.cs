using Checker.Checkers.Registers;

namespace Checker.Checkers.Orders;

/// <summary>
/// How far each session has come in an order that is being built, and the class of value that each key holds; with every operation placed
/// so far, so that placing can be undone. What an operation changes concerns only the sessions whose next operation reads what it wrote,
/// writes the same key, or waits for it: those are announced on <see cref="Agenda"/>, so that nothing is looked at without need.
/// </summary>
/// <remarks>
/// <para>An operation is possible if nothing that is forced before it is missing, its key holds what it reads, and it does not take away a
/// value that is still to be read and that nobody will write again.</para>
/// <para>Some possible operations need no choice, because waiting cannot help (<see cref="NeedsNoChoice"/>): a read, which changes nothing;
/// a compare-and-set of a value that nobody will write again, since no other write of the key can come before it; and a write after which
/// nothing is lost, if nobody reads it or its key has no other writer.</para>
/// </remarks>
internal sealed class Frontier
{
    private readonly RegisterHistory _history;
    private readonly FrontierOperations _operations;
    private readonly int[] _at;
    private readonly int[] _waiting;
    private readonly int[] _holds;
    private readonly int[] _readsLeft;
    private readonly int[] _wantsLeft;
    private readonly int[] _writesLeft;
    private readonly bool[] _isRead;
    private readonly int[] _start;
    private readonly int[] _targets;
    private readonly bool[] _open;
    private readonly int[] _firstIn;
    private readonly int[] _next;
    private readonly int[] _previous;
    private readonly List<(int Op, int Held)> _placed;

    public Frontier(FrontierOperations operations, IReadOnlyList<ForcedEdge> forced)
    {
        var history = operations.History;
        _history = history;
        _operations = operations;
        _placed = new List<(int Op, int Held)>(history.Count);
        _at = history.Start.AsSpan(0, history.SessionCount).ToArray();
        _holds = [.. operations.Initial];
        _readsLeft = new int[operations.ClassCount];
        _wantsLeft = new int[operations.ClassCount];
        _writesLeft = new int[operations.ClassCount];
        _isRead = new bool[operations.ClassCount];
        _waiting = new int[history.Count];
        _start = new int[history.Count + 1];
        _targets = new int[forced.Count];
        for (var op = 0; op < history.Count; op++)
        {
            if (operations.Writes[op] >= 0) _writesLeft[operations.Writes[op]]++;
            if (operations.Reads[op] < 0) continue;
            _readsLeft[operations.Reads[op]] += history.Optional[op] ? 0 : 1;
            _wantsLeft[operations.Reads[op]]++;
            _isRead[operations.Reads[op]] = true;
        }

        foreach (var edge in forced)
        {
            _start[edge.From + 1]++;
            _waiting[edge.To]++;
        }

        for (var op = 0; op < history.Count; op++) _start[op + 1] += _start[op];
        var free = _start.AsSpan(0, history.Count).ToArray();
        foreach (var edge in forced) _targets[free[edge.From]++] = edge.To;

        _open = new bool[history.SessionCount];
        _firstIn = new int[operations.ClassCount + history.KeyCount];
        Array.Fill(_firstIn, -1);
        _next = new int[history.SessionCount];
        _previous = new int[history.SessionCount];
    }

    /// <summary>Sessions whose next operation may have become possible. Whoever reads it takes them off.</summary>
    public Stack<int> Agenda { get; } = new();

    /// <summary>Operations placed or taken back so far, and sessions settled.</summary>
    public long Steps { get; private set; }

    /// <summary>The operations placed, in order.</summary>
    public IReadOnlyList<(int Op, int Held)> Placed => _placed;

    /// <summary>How many of those placed have never been taken back since this was last set.</summary>
    public int Kept { get; set; }

    /// <summary>The class that a key holds.</summary>
    public int Holds(int key) => _holds[key];

    /// <summary>How far a session has come: the number of its next operation, or where the next session starts.</summary>
    public int At(int session) => _at[session];

    /// <summary>The next operation of a session; −1 if there is none, or the session is not open.</summary>
    public int Next(int session) => _open[session] && _at[session] < _history.Start[session + 1] ? _at[session] : -1;

    /// <summary>Lets a session take part.</summary>
    public void Open(int session)
    {
        _open[session] = true;
        Enter(session);
        Agenda.Push(session);
    }

    public bool IsPossible(int op)
    {
        if (_waiting[op] > 0) return false;
        var holds = _holds[_history.Key[op]];
        var reads = _operations.Reads[op];
        if (reads >= 0 && reads != holds) return false;
        return _operations.Writes[op] < 0 || _operations.Writes[op] == holds || _writesLeft[holds] > 0
            || _readsLeft[holds] == (reads >= 0 && !_history.Optional[op] ? 1 : 0);
    }

    /// <summary>Whether an operation has been placed.</summary>
    public bool IsPlaced(int op) => op < _at[_history.Session[op]];

    /// <summary>Whether nothing but reads of what its key holds stands in the way of a write.</summary>
    public bool WaitsForReads(int op)
    {
        var (reads, holds) = (_operations.Reads[op], _holds[_history.Key[op]]);
        return _waiting[op] == 0 && _operations.Writes[op] >= 0 && (reads < 0 || reads == holds) && !IsPossible(op);
    }

    /// <summary>Lets an operation that has not been placed read nothing.</summary>
    public void GiveUp(int op)
    {
        var (session, reads) = (_history.Session[op], _operations.Reads[op]);
        var isNext = Next(session) == op;
        if (isNext) Leave(session);
        _wantsLeft[reads]--;
        if (!_history.Optional[op]) _readsLeft[reads]--;
        _operations.Reads[op] = FrontierOperations.None;
        if (isNext) Enter(session);
        Agenda.Push(session);
        Announce(_holds[_history.Key[op]]);
        Announce(_operations.ClassCount + _history.Key[op]);
    }

    /// <summary>Whether a possible operation may as well be placed at once.</summary>
    public bool NeedsNoChoice(int op)
    {
        var (reads, writes) = (_operations.Reads[op], _operations.Writes[op]);
        if (writes < 0) return true;
        if (_history.Optional[op]) return false;
        if (reads >= 0) return _writesLeft[reads] == 0;
        return _wantsLeft[_holds[_history.Key[op]]] == 0
            && (!_isRead[writes] || _history.SessionWritesOf(_history.Key[op]).Length == 1);
    }

    public void Place(int op)
    {
        Steps++;
        var key = _history.Key[op];
        _placed.Add((op, _holds[key]));
        Leave(_history.Session[op]);
        Count(op, -1);
        if (_operations.Writes[op] >= 0) _holds[key] = _operations.Writes[op];
        Enter(_history.Session[op]);
        for (var edge = _start[op]; edge < _start[op + 1]; edge++)
        {
            if (_waiting[_targets[edge]] == 0) Agenda.Push(_history.Session[_targets[edge]]);
        }

        var holds = _holds[key];
        if (_operations.Writes[op] >= 0 || _readsLeft[holds] <= 1) Announce(holds);
        if (_operations.Writes[op] >= 0 || _readsLeft[holds] == 0) Announce(_operations.ClassCount + key);
        Agenda.Push(_history.Session[op]);
    }

    /// <summary>Takes back operations until that many are left.</summary>
    public void Undo(int count)
    {
        Kept = Math.Min(Kept, count);
        while (_placed.Count > count)
        {
            Steps++;
            var (op, held) = _placed[^1];
            _placed.RemoveAt(_placed.Count - 1);
            Leave(_history.Session[op]);
            _holds[_history.Key[op]] = held;
            Count(op, 1);
            Enter(_history.Session[op]);
        }
    }

    /// <summary>Places what is on the agenda and needs no choice, and all that follows from it.</summary>
    public void Settle()
    {
        while (Agenda.TryPop(out var session))
        {
            Steps++;
            if (Next(session) is >= 0 and var op && IsPossible(op) && NeedsNoChoice(op)) Place(op);
        }
    }

    private void Count(int op, int by)
    {
        _at[_history.Session[op]] -= by;
        if (_operations.Reads[op] >= 0)
        {
            _wantsLeft[_operations.Reads[op]] += by;
            if (!_history.Optional[op]) _readsLeft[_operations.Reads[op]] += by;
        }

        if (_operations.Writes[op] >= 0) _writesLeft[_operations.Writes[op]] += by;
        for (var edge = _start[op]; edge < _start[op + 1]; edge++) _waiting[_targets[edge]] += by;
    }

    // The sessions whose next operation reads a class are a list, and those whose next operation only writes a key: its first in _firstIn,
    // linked by _next and _previous.
    private int ListOf(int op) => _operations.Reads[op] is >= 0 and var reads ? reads : _operations.ClassCount + _history.Key[op];

    private void Announce(int list)
    {
        for (var session = _firstIn[list]; session >= 0; session = _next[session]) Agenda.Push(session);
    }

    private void Enter(int session)
    {
        if (Next(session) is not (>= 0 and var op)) return;
        ref var first = ref _firstIn[ListOf(op)];
        _next[session] = first;
        _previous[session] = -1;
        if (first >= 0) _previous[first] = session;
        first = session;
    }

    private void Leave(int session)
    {
        if (Next(session) is not (>= 0 and var op)) return;
        if (_next[session] >= 0) _previous[_next[session]] = _previous[session];
        if (_previous[session] >= 0) _next[_previous[session]] = _next[session];
        else _firstIn[ListOf(op)] = _next[session];
    }
}

using Checker.Checkers.Registers;
using Checker.Histories;

namespace Checker.Checkers.Causal;

/// <summary>
/// What each operation knows whichever writes the reads saw that may have seen several, and what it must not know, if the history is causally
/// consistent (CC): two vector timestamps for each operation, a lower and an upper bound of its causal past. Knowledge that all candidates of a
/// read share is knowledge of the read; a candidate that the read would know to be overwritten, or that knows too much, is none. Bounds and candidates
/// narrow each other to a fixed point (bounds consistency, as in constraint solving). Sound: what is ruled out is ruled out by CC, and so by all
/// that implies it; not complete. Or the same in the view of one process, which alone reads then: what it knows of a key's writes when it reads one
/// comes before that one (PRAM, <see cref="ProcessView"/>).
/// </summary>
/// <remarks>A session's writes know ever more, so that of its candidates the first stands for all: O(operations × sessions²) for each round; 8 bytes ×
/// operations × sessions. An operation that may not have happened is given what it would know; it bounds nobody.</remarks>
internal sealed class CausalBounds
{
    /// <summary>Rounds enough for a fixed point in all but odd cases; and to find most of it.</summary>
    public const int ManyRounds = 24;
    public const int FewRounds = 3;

    private const int ElementsOfStep = 4;
    private const int Open = -3;

    private readonly RegisterHistory _history;
    private readonly CandidateWrites _candidates;
    private readonly int _width;
    private readonly int[] _lower;
    private readonly int[] _upper;
    private readonly int[] _source;
    private readonly OpenReads _open;
    private readonly int[] _order;
    private readonly int[] _meet;
    private readonly int[] _last;
    private bool _grown;

    private CausalBounds(CandidateWrites candidates, RegisterHistory possible, int view)
    {
        View = view;
        _history = possible;
        _candidates = candidates;
        _width = possible.SessionCount;
        _lower = new int[checked(possible.Count * _width)];
        _upper = new int[_lower.Length];
        Array.Fill(_lower, CausalOrder.None);
        Array.Fill(_upper, int.MaxValue);
        for (var op = 0; op < possible.Count; op++) Lower(op)[possible.Session[op]] = op;
        _source = new int[possible.Count];
        for (var op = 0; op < _source.Length; op++) _source[op] = IsSeen(op) ? possible.Source[op] : RegisterHistory.NoRead;
        _meet = new int[_width];
        _last = new int[_width];
        _open = new OpenReads(candidates, possible, view);
        foreach (var op in _open.Operations) _source[op] = Open;
        _order = InTime(possible);
    }

    /// <summary>The session whose view it is; −1: of no one, but of the causal order.</summary>
    public int View { get; }

    /// <summary>The operations, with those that may not have happened.</summary>
    public RegisterHistory History => _history;

    /// <summary>The reads that were open at first.</summary>
    public OpenReads Reads => _open;

    /// <summary>The operations in the order in which writes began and reads ended, which keeps program order.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>Whether no choice of writes can be causally consistent.</summary>
    public bool IsImpossible { get; private set; }

    /// <summary>Steps taken: a part of operations × sessions, for each round.</summary>
    public long Steps { get; private set; }

    /// <summary>The write that an operation saw, as far as that is known; negative otherwise.</summary>
    public int Source(int op) => _source[op];

    /// <summary>For each session the first operation that an operation must not know.</summary>
    public ReadOnlySpan<int> Limit(int op) => Upper(op);

    /// <summary>Narrows the candidates.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="possible">The history with what may have happened.</param>
    /// <param name="options">Cancellation.</param>
    /// <param name="most">The most bytes for timestamps.</param>
    /// <param name="process">The process whose view it is; null: of none.</param>
    /// <param name="rounds">The most rounds.</param>
    /// <returns>The bounds; null if there are too many timestamps.</returns>
    public static CausalBounds? TryNarrow(
        CandidateWrites candidates, RegisterHistory possible, CheckOptions options, long most, int? process = null, int rounds = ManyRounds)
    {
        if (8L * possible.Count * possible.SessionCount > most) return null;
        var view = process is null ? -1 : possible.Session[Array.FindIndex(possible.Original, original => possible.History.Process[original] == process)];
        var bounds = new CausalBounds(candidates, possible, view);
        bounds.Run(rounds, options.Cancellation);
        return bounds;
    }

    /// <summary>The candidates that are left.</summary>
    public CandidateWrites Narrowed()
    {
        var (closed, open) = Left();
        var left = open.ToDictionary(read => read.Reader);
        var known = closed.Select(read => read.Reader).ToHashSet();
        return _candidates.Narrowed(
            closed,
            _candidates.Open.Where(read => !known.Contains(read.Reader)).Select(read => left.GetValueOrDefault(read.Reader) ?? read.Anew()));
    }

    /// <summary>The reads with one candidate left, and those with several.</summary>
    public (List<(int Reader, int Source)> Closed, List<OpenRead> Open) Left()
    {
        const int Most = 64;
        var closed = new List<(int, int)>();
        var open = new List<OpenRead>();
        var left = new List<int>();
        foreach (var op in _open.Operations)
        {
            var read = _open.Read(op);
            if (_source[op] != Open)
            {
                closed.Add((read.Reader, _source[op] < 0 ? RegisterHistory.Initial : _history.Original[_source[op]]));
                continue;
            }

            left.Clear();
            if (IsImpossible || Enumerate(op, Most, left) is not { } initial || left.Count == 0) open.Add(read.Anew());
            else open.Add(read.Only([.. left.Select(write => _history.Original[write]).Order()], initial));
        }

        return (closed, open);
    }

    private static int[] InTime(RegisterHistory history)
    {
        var order = new int[history.Count];
        var time = new int[history.Count];
        for (var op = 0; op < order.Length; op++)
        {
            var original = history.Original[op];
            order[op] = op;
            time[op] = history.Reads(op) && history.History.Types[original] == OperationType.Ok
                ? history.History.Complete[original] : history.History.Invoke[original];
        }

        Array.Sort(time, order);
        return order;
    }

    private void Run(int rounds, CancellationToken cancellation)
    {
        _grown = true;
        for (var round = 0; _grown && !IsImpossible && round < rounds && !cancellation.IsCancellationRequested; round++)
        {
            _grown = false;
            foreach (var op in _order)
            {
                Learn(op);
                if (IsImpossible) return;
            }

            for (var at = _order.Length - 1; at >= 0; at--) Restrict(_order[at]);
            Steps += _lower.Length / ElementsOfStep;
            for (var op = 0; op < _history.Count && !IsImpossible; op++) IsImpossible = !_history.Optional[op] && CausalOrder.Reaches(Lower(op), Upper(op));
        }
    }

    // What an operation knows from those before it.
    private void Learn(int op)
    {
        if (_history.Previous(op) is >= 0 and var previous) Raise(op, Lower(previous));
        if (_source[op] == Open)
        {
            var found = Look(op, out var only);
            if (found == 0) IsImpossible = true;
            else if (found > 1) Raise(op, _meet);
            if (found != 1) return;
            _source[op] = only;
            _grown = true;
        }

        if (_source[op] < 0) return;
        if (View >= 0 && !_history.Optional[op]) Force(op, _source[op]);
        Raise(op, Lower(_source[op]));
    }

    // In the view of one process: what it knows of the key's writes is before the one that it sees.
    private void Force(int op, int source)
    {
        var session = _history.Session[source];
        if (Lower(source)[View] >= op) IsImpossible = true;
        foreach (ref readonly var writes in _history.SessionWritesOf(_history.Key[op]))
        {
            var last = _history.LastWrite(writes, Known(op, writes.Session));
            if (last < 0 || last == source) continue;
            if (Lower(last)[session] >= source) IsImpossible = true;
            Raise(source, Lower(last));
        }
    }

    private bool IsSeen(int op) => View < 0 || _history.Session[op] == View;

    // How many candidates are left, 2 for more; what all of them know goes to _meet.
    private int Look(int op, out int only)
    {
        var (read, writers, own) = (_open.Read(op), _open.Writers(op)!, _history.Session[op]);
        var (found, chosen) = (0, RegisterHistory.Initial);
        Array.Fill(_meet, int.MaxValue);
        LastKnown(op);
        if (read.MayBeInitial && KnowsNoWrite(op))
        {
            found = 1;
            Array.Fill(_meet, CausalOrder.None);
        }

        foreach (ref readonly var session in writers.Sessions.AsSpan())
        {
            var at = writers.After(session, Known(op, session.Session));
            if (at > session.First && IsLastKnown(op, writers.Operations[at - 1])) Take(writers.Operations[at - 1]);
            if (session.Session == own) continue;
            for (; at < session.End && IsPossible(op, writers.Operations[at]); at++)
            {
                Take(writers.Operations[at]);
                if (found > 1) break;
            }
        }

        only = chosen;
        return Math.Min(found, 2);

        void Take(int write)
        {
            found++;
            chosen = write;
            CausalOrder.Meet(_meet, Lower(write));
        }
    }

    // All candidates that are left, until there are more than so many; returns whether the initial value is one.
    private bool? Enumerate(int op, int most, List<int> left)
    {
        var (read, writers, own) = (_open.Read(op), _open.Writers(op)!, _history.Session[op]);
        LastKnown(op);
        foreach (ref readonly var session in writers.Sessions.AsSpan())
        {
            var at = writers.After(session, Known(op, session.Session));
            if (at > session.First && IsLastKnown(op, writers.Operations[at - 1])) left.Add(writers.Operations[at - 1]);
            if (session.Session == own) continue;
            for (; at < session.End && left.Count <= most && IsPossible(op, writers.Operations[at]); at++) left.Add(writers.Operations[at]);
            if (left.Count > most) return null;
        }

        return read.MayBeInitial && KnowsNoWrite(op);
    }

    // Of each session the last write of the operation's key that it knows.
    private void LastKnown(int op)
    {
        Array.Fill(_last, -1);
        foreach (ref readonly var writes in _history.SessionWritesOf(_history.Key[op]))
        {
            _last[writes.Session] = _history.LastWrite(writes, Known(op, writes.Session));
        }
    }

    private bool KnowsNoWrite(int op)
    {
        foreach (ref readonly var writes in _history.SessionWritesOf(_history.Key[op]))
        {
            if (_last[writes.Session] >= 0) return false;
        }

        return true;
    }

    // Of a write that the operation knows: whether it knows of none that is after it.
    private bool IsLastKnown(int op, int write)
    {
        var session = _history.Session[write];
        if (_last[session] != write) return false;
        foreach (ref readonly var writes in _history.SessionWritesOf(_history.Key[op]))
        {
            var last = _last[writes.Session];
            if (last >= 0 && last != write && Lower(last)[session] >= write) return false;
        }

        return true;
    }

    // Of a write that the operation does not know yet: whether it may.
    private bool IsPossible(int op, int write) => Upper(op)[_history.Session[write]] > write && Lower(write)[_history.Session[op]] < op
        && !CausalOrder.Reaches(Lower(write), Upper(op));

    // The last operation of a session that an operation knows; it does not know its own write.
    private int Known(int op, int session) => session == _history.Session[op] ? op - 1 : Lower(op)[session];

    // What an operation must not know: what the next one must not, and what is known to be after the write that it saw.
    private void Restrict(int op)
    {
        var next = op + 1;
        if (next < _history.Count && _history.Session[next] == _history.Session[op]) Reduce(op, Upper(next));
        var source = _source[op];
        if (_history.Optional[op] || source is not (>= 0 or RegisterHistory.Initial)) return;
        var upper = Upper(op);
        foreach (ref readonly var writes in _history.SessionWritesOf(_history.Key[op]))
        {
            var first = source < 0 ? _history.Writers[writes.First] : FirstAfter(writes, source);
            if (first >= upper[writes.Session] || (first >= op && writes.Session == _history.Session[op])) continue;
            upper[writes.Session] = first;
            _grown = true;
        }

        if (source >= 0) Reduce(source, upper);
    }

    // The first of a session's writes of a key that knows of another write of it.
    private int FirstAfter(in SessionWrites writes, int write)
    {
        var session = _history.Session[write];
        var (low, high) = (writes.First, writes.End);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var other = _history.Writers[middle];
            if (other == write || Lower(other)[session] < write) low = middle + 1;
            else high = middle;
        }

        return low < writes.End ? _history.Writers[low] : int.MaxValue;
    }

    private void Raise(int op, ReadOnlySpan<int> by)
    {
        if (CausalOrder.Covers(Lower(op), by)) return;
        CausalOrder.Join(Lower(op), by);
        _grown = true;
    }

    private void Reduce(int op, ReadOnlySpan<int> by)
    {
        if (CausalOrder.Covers(by, Upper(op))) return;
        CausalOrder.Meet(Upper(op), by);
        _grown = true;
    }

    private Span<int> Lower(int op) => _lower.AsSpan(op * _width, _width);

    private Span<int> Upper(int op) => _upper.AsSpan(op * _width, _width);
}

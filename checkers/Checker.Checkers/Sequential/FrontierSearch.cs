using Checker.Checkers.Registers;

namespace Checker.Checkers.Sequential;

/// <summary>
/// Searches for a sequential order of a group of sessions: a path through the frontiers, that is, how far each session has come and which
/// write each key holds. Frontiers that led nowhere are remembered, so that none is explored twice; exact, exponential in the worst case.
/// </summary>
/// <remarks>
/// A write may only replace a value that all its readers have read, since values are unique. Three kinds of operations are placed as soon
/// as they can be, without a choice, because waiting cannot help: reads; compare-and-sets, which must follow their value directly; and
/// writes that nobody reads or whose key has one writer. What is left to choose is which of the other writes is next; the one invoked
/// first is tried first, so that a history of a store that is nearly in step with real time is ordered without going back.
/// </remarks>
internal sealed class FrontierSearch
{
    private readonly RegisterHistory _history;
    private readonly int[] _at;
    private readonly int[] _waiting;
    private readonly int[] _holds;
    private readonly int[] _unread;
    private readonly int[] _initialUnread;
    private readonly int[] _start;
    private readonly int[] _targets;
    private readonly List<(int Op, int Held)> _placed = [];

    public FrontierSearch(RegisterHistory history, IReadOnlyList<ForcedEdge> forced)
    {
        _history = history;
        _at = history.Start.AsSpan(0, history.SessionCount).ToArray();
        _waiting = new int[history.Count];
        _holds = new int[history.KeyCount];
        Array.Fill(_holds, RegisterHistory.Initial);
        _unread = new int[history.Count];
        _initialUnread = new int[history.KeyCount];
        _start = new int[history.Count + 1];
        _targets = new int[forced.Count];
        for (var op = 0; op < history.Count; op++)
        {
            _unread[op] = history.ReadersOf(op).Length;
            if (history.Source[op] == RegisterHistory.Initial) _initialUnread[history.Key[op]]++;
        }

        foreach (var edge in forced)
        {
            _start[edge.From + 1]++;
            _waiting[edge.To]++;
        }

        for (var op = 0; op < history.Count; op++) _start[op + 1] += _start[op];
        var free = _start.AsSpan(0, history.Count).ToArray();
        foreach (var edge in forced) _targets[free[edge.From]++] = edge.To;
    }

    /// <summary>Steps taken so far: operations placed, and sessions asked for their next one.</summary>
    public long Steps { get; private set; }

    /// <summary>The longest order of the last group that was found to be stuck, as operations of the traced history.</summary>
    public IReadOnlyList<int> Longest { get; private set; } = [];

    /// <summary>The next operation of each session where the longest order was stuck.</summary>
    public IReadOnlyList<int> Stuck { get; private set; } = [];

    /// <summary>All operations placed, in order, once every group has been ordered.</summary>
    public IEnumerable<int> Order => _placed.Select(p => p.Op);

    /// <summary>Orders one group after those ordered so far.</summary>
    /// <param name="sessions">The group.</param>
    /// <param name="budget">What may be spent; steps are those of all groups together.</param>
    /// <returns>Valid: ordered. Invalid: there is no order. Unknown: the budget was spent.</returns>
    public VerdictKind Run(int[] sessions, SearchLimits budget)
    {
        var keys = KeysOf(sessions);
        var end = sessions.Sum(s => _history.Start[s + 1] - _history.Start[s]) + _placed.Count;
        var first = _placed.Count;
        var dead = new HashSet<int[]>(FrontierComparer.Instance);
        var bytesEach = 64 + (4L * (sessions.Length + keys.Length));
        var choices = new Stack<Choice>();
        Longest = [];
        Stuck = [];
        Normalize(sessions);
        choices.Push(new Choice(_placed.Count, [.. Candidates(sessions)]));
        while (choices.TryPeek(out var choice))
        {
            if (_placed.Count == end) return VerdictKind.Valid;
            if (Steps > budget.MaxSteps || dead.Count * bytesEach > budget.MaxBytes || budget.Cancellation.IsCancellationRequested)
            {
                Undo(first);
                return VerdictKind.Unknown;
            }

            Undo(choice.Placed);
            if (choice.Next == choice.Candidates.Length)
            {
                Remember(sessions, first);
                if (choice.Candidates.Length > 1) dead.Add(Frontier(sessions, keys));
                choices.Pop();
                continue;
            }

            Place(choice.Candidates[choice.Next++]);
            Normalize(sessions);
            if (dead.Count > 0 && dead.Contains(Frontier(sessions, keys))) continue;
            choices.Push(new Choice(_placed.Count, [.. Candidates(sessions)]));
        }

        Undo(first);
        return VerdictKind.Invalid;
    }

    private void Remember(int[] sessions, int first)
    {
        if (_placed.Count - first <= Longest.Count && Stuck.Count > 0) return;
        Longest = [.. _placed.Skip(first).Select(p => p.Op)];
        Stuck = [.. sessions.Where(s => _at[s] < _history.Start[s + 1]).Select(s => _at[s])];
    }

    // Places what need not be chosen.
    private void Normalize(int[] sessions)
    {
        bool moved;
        do
        {
            moved = false;
            foreach (var session in sessions)
            {
                Steps++;
                while (Next(session) is >= 0 and var op && IsFree(op) && IsEnabled(op))
                {
                    Place(op);
                    moved = true;
                }
            }
        }
        while (moved);
    }

    private IEnumerable<int> Candidates(int[] sessions) =>
        sessions.Select(Next).Where(op => op >= 0 && IsEnabled(op)).OrderBy(op => _history.Original[op]);

    private int Next(int session) => _at[session] < _history.Start[session + 1] ? _at[session] : -1;

    private bool IsFree(int op) =>
        _history.Reads(op) || _history.ReadersOf(op).IsEmpty || _history.SessionWritesOf(_history.Key[op]).Length == 1;

    private bool IsEnabled(int op)
    {
        if (_waiting[op] > 0) return false;
        var key = _history.Key[op];
        var holds = _holds[key];
        var reads = _history.Reads(op);
        if (reads && _history.Source[op] != holds) return false;
        return !_history.Writes[op] || (holds >= 0 ? _unread[holds] : _initialUnread[key]) == (reads ? 1 : 0);
    }

    private void Place(int op)
    {
        Steps++;
        var key = _history.Key[op];
        _placed.Add((op, _holds[key]));
        Count(op, -1);
        if (_history.Writes[op]) _holds[key] = op;
    }

    private void Undo(int count)
    {
        while (_placed.Count > count)
        {
            var (op, held) = _placed[^1];
            _placed.RemoveAt(_placed.Count - 1);
            _holds[_history.Key[op]] = held;
            Count(op, 1);
        }
    }

    private void Count(int op, int by)
    {
        _at[_history.Session[op]] -= by;
        var source = _history.Source[op];
        if (source >= 0) _unread[source] += by;
        else if (source == RegisterHistory.Initial) _initialUnread[_history.Key[op]] += by;
        for (var edge = _start[op]; edge < _start[op + 1]; edge++) _waiting[_targets[edge]] += by;
    }

    private int[] KeysOf(int[] sessions)
    {
        var keys = new SortedSet<int>();
        foreach (var session in sessions)
        {
            for (var op = _history.Start[session]; op < _history.Start[session + 1]; op++) keys.Add(_history.Key[op]);
        }

        return [.. keys];
    }

    private int[] Frontier(int[] sessions, int[] keys)
    {
        Steps++;
        var frontier = new int[sessions.Length + keys.Length];
        for (var i = 0; i < sessions.Length; i++) frontier[i] = _at[sessions[i]];
        for (var i = 0; i < keys.Length; i++) frontier[sessions.Length + i] = _holds[keys[i]];
        return frontier;
    }

    private sealed class Choice(int placed, int[] candidates)
    {
        public int Placed { get; } = placed;

        public int[] Candidates { get; } = candidates;

        public int Next { get; set; }
    }

    private sealed class FrontierComparer : IEqualityComparer<int[]>
    {
        public static FrontierComparer Instance { get; } = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] frontier)
        {
            var hash = default(HashCode);
            hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(frontier.AsSpan()));
            return hash.ToHashCode();
        }
    }
}

/// <summary>What a search may spend.</summary>
/// <param name="MaxSteps">The most steps.</param>
/// <param name="MaxBytes">The most bytes of remembered frontiers.</param>
/// <param name="Cancellation">Stops it.</param>
internal readonly record struct SearchLimits(long MaxSteps, long MaxBytes, CancellationToken Cancellation);

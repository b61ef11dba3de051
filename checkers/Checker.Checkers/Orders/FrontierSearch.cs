using System.Runtime.InteropServices;
using Checker.Checkers.Registers;

namespace Checker.Checkers.Orders;

/// <summary>
/// Searches for a sequential order of a group of sessions: a path through the frontiers, that is, how far each session has come and what
/// each key holds. Frontiers that led nowhere are remembered, so that none is explored twice; exact, exponential in the worst case.
/// </summary>
/// <remarks>What needs no choice (<see cref="Frontier"/>) is placed as soon as it can be. What is left to choose is which of the other writes
/// is next; the one due first is tried first, so that a history of a store that is nearly in step with real time is ordered without going
/// back.</remarks>
internal sealed class FrontierSearch(FrontierOperations operations, IReadOnlyList<ForcedEdge> forced)
{
    private readonly RegisterHistory _history = operations.History;
    private readonly Frontier _frontier = new(operations, forced);
    private readonly List<int> _longest = [];
    private long _looks;

    /// <summary>Steps taken so far: operations placed or taken back, sessions asked for their next one, frontiers looked up.</summary>
    public long Steps => _looks + _frontier.Steps;

    /// <summary>The longest order of the last group that was found to be stuck, as operations of the traced history.</summary>
    public IReadOnlyList<int> Longest => _longest;

    /// <summary>The next operation of each session where the longest order was stuck.</summary>
    public IReadOnlyList<int> Stuck { get; private set; } = [];

    /// <summary>All operations placed, in order, once every group has been ordered.</summary>
    public IEnumerable<int> Order => _frontier.Placed.Select(placed => placed.Op);

    /// <summary>Orders one group after those ordered so far.</summary>
    /// <param name="sessions">The group.</param>
    /// <param name="budget">What may be spent; steps are those of all groups together.</param>
    /// <returns>Valid: ordered. Invalid: there is no order. Unknown: the budget was spent.</returns>
    public VerdictKind Run(int[] sessions, SearchLimits budget)
    {
        var keys = KeysOf(sessions);
        var first = _frontier.Placed.Count;
        var dead = new HashSet<int[]>(FrontierComparer.Instance);
        var bytesEach = 64 + (4L * (sessions.Length + keys.Length));
        var choices = new Stack<Choice>();
        _longest.Clear();
        _frontier.Kept = first;
        Stuck = [];
        foreach (var session in sessions) _frontier.Open(session);
        _frontier.Settle();
        choices.Push(new Choice(_frontier.Placed.Count, Candidates(sessions)));
        while (choices.TryPeek(out var choice))
        {
            _looks += sessions.Length;
            if (IsComplete(sessions)) return VerdictKind.Valid;
            if (Steps > budget.MaxSteps || dead.Count * bytesEach > budget.MaxBytes || budget.Cancellation.IsCancellationRequested)
            {
                _frontier.Undo(first);
                return VerdictKind.Unknown;
            }

            _frontier.Undo(choice.Placed);
            if (choice.Next == choice.Candidates.Length)
            {
                Remember(sessions, first);
                if (choice.Candidates.Length > 1) dead.Add(Snapshot(sessions, keys));
                choices.Pop();
                continue;
            }

            _frontier.Place(choice.Candidates[choice.Next++]);
            _frontier.Settle();
            if (dead.Count > 0 && dead.Contains(Snapshot(sessions, keys))) continue;
            choices.Push(new Choice(_frontier.Placed.Count, Candidates(sessions)));
        }

        _frontier.Undo(first);
        return VerdictKind.Invalid;
    }

    private bool IsComplete(int[] sessions)
    {
        foreach (var session in sessions)
        {
            if (_frontier.Next(session) is >= 0 and var op && !_history.Optional[op]) return false;
        }

        return true;
    }

    private void Remember(int[] sessions, int first)
    {
        if (_frontier.Placed.Count - first <= _longest.Count && Stuck.Count > 0) return;
        _longest.RemoveRange(_frontier.Kept - first, _longest.Count - (_frontier.Kept - first));
        for (var at = _frontier.Kept; at < _frontier.Placed.Count; at++) _longest.Add(_frontier.Placed[at].Op);
        _frontier.Kept = _frontier.Placed.Count;
        Stuck = [.. sessions.Select(_frontier.Next).Where(op => op >= 0)];
    }

    private int[] Candidates(int[] sessions)
    {
        _looks += sessions.Length;
        return
        [
            .. sessions.Select(_frontier.Next).Where(op => op >= 0 && _frontier.IsPossible(op)).OrderBy(op => operations.Priority[op])
                .ThenBy(op => op),
        ];
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

    private int[] Snapshot(int[] sessions, int[] keys)
    {
        _looks += sessions.Length + keys.Length;
        var snapshot = new int[sessions.Length + keys.Length];
        for (var i = 0; i < sessions.Length; i++) snapshot[i] = _frontier.At(sessions[i]);
        for (var i = 0; i < keys.Length; i++) snapshot[sessions.Length + i] = _frontier.Holds(keys[i]);
        return snapshot;
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
            hash.AddBytes(MemoryMarshal.AsBytes(frontier.AsSpan()));
            return hash.ToHashCode();
        }
    }
}

/// <summary>What a search may spend.</summary>
/// <param name="MaxSteps">The most steps.</param>
/// <param name="MaxBytes">The most bytes of remembered frontiers.</param>
/// <param name="Cancellation">Stops it.</param>
internal readonly record struct SearchLimits(long MaxSteps, long MaxBytes, CancellationToken Cancellation);

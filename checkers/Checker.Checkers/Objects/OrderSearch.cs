using Checker.Checkers.Specs;

namespace Checker.Checkers.Objects;

/// <summary>
/// Looks for one order of rows that keeps program order (and given pasts), and that the sequential specification allows: exact, a search
/// over the positions in all processes and the states of all objects, never from the same ones twice.
/// </summary>
/// <remarks>
/// Rows that change nothing are placed as soon as they fit, which is safe: whatever is possible without them there is possible with them.
/// Otherwise the row that returned first is tried first, since stores mostly work near real time. Positions and states are interned, so
/// that a configuration is two numbers.
/// </remarks>
internal sealed class OrderSearch(ObjectHistory rows, ObjectStates states, Allowance allowance)
{
    private const int MostToRemember = 2000;

    private readonly PersistentMap _positions = new();
    private readonly PersistentMap _worlds = new();
    private readonly HashSet<(int Positions, int World)> _visited = [];
    private readonly List<Move> _moves = [];
    private readonly List<Frame> _frames = [];
    private readonly List<(int Row, int PositionId, int World, bool Placed)> _trail = [];
    private readonly List<int> _next = [];
    private readonly int[] _at = new int[rows.ProcessCount];
    private int[] _end = [];
    private RowUse[] _use = [];
    private int[]?[]? _past;
    private int[] _processes = [];
    private int _positionId;
    private int _world;
    private int _missing;
    private int _passed; // rows that were looked at to begin

    /// <summary>If an order was found: its rows.</summary>
    public IReadOnlyList<int> Order => [.. _trail.Where(static step => step.Placed).Select(static step => step.Row)];

    /// <summary>If none was: the longest attempt (small searches only).</summary>
    public IReadOnlyList<int> Longest { get; private set; } = [];

    /// <summary>The rows that could not follow the longest attempt.</summary>
    public IReadOnlyList<int> Stuck { get; private set; } = [];

    /// <summary>The states of the objects after the longest attempt, by object.</summary>
    public Func<int, int> LongestState { get; private set; } = static _ => 0;

    /// <summary>Looks for an order.</summary>
    /// <param name="processes">The processes that take part.</param>
    /// <param name="use">What each row is for.</param>
    /// <param name="end">The end of each process, exclusive; null for all of it.</param>
    /// <param name="past">For a row, how far each process must have come before it; null where there is no such condition.</param>
    /// <returns>Valid if there is one, invalid if there is none, unknown if the budget did not suffice.</returns>
    public VerdictKind Run(int[] processes, RowUse[] use, int[]? end = null, int[]?[]? past = null)
    {
        Clear(processes, use, end, past);
        allowance.Step(0, 1 + (_passed >> 4));
        if (Enter()) return VerdictKind.Valid;
        while (_frames.Count > 0)
        {
            var frame = _frames[^1];
            Undo(frame.Trail);
            if (frame.Next == _moves.Count)
            {
                _moves.RemoveRange(frame.First, _moves.Count - frame.First);
                _frames.RemoveAt(_frames.Count - 1);
                continue;
            }

            if (!allowance.Step((_visited.Count * 100L) + _positions.Bytes + _worlds.Bytes + states.Bytes)) return VerdictKind.Unknown;
            _frames[^1] = frame with { Next = frame.Next + 1 };
            var move = _moves[frame.Next];
            Advance(move.Row, move.World, move.Placed);
            if (Enter()) return VerdictKind.Valid;
        }

        return allowance.Spent ? VerdictKind.Unknown : VerdictKind.Invalid;
    }

    private void Clear(int[] processes, RowUse[] use, int[]? end, int[]?[]? past)
    {
        _visited.Clear();
        _moves.Clear();
        _frames.Clear();
        _trail.Clear();
        Longest = [];
        Stuck = [];
        (_processes, _use, _past, _positionId, _world, _missing, _passed) = (processes, use, past, PersistentMap.Empty, PersistentMap.Empty, 0, 0);
        _end = new int[rows.ProcessCount];
        foreach (var process in processes)
        {
            _end[process] = end is null ? rows.Start[process + 1] : end[process];
            _at[process] = rows.Start[process];
            _passed += _end[process] - _at[process];
            for (var row = _at[process]; row < _end[process]; row++)
            {
                if (use[row] is RowUse.Shown or RowUse.Hidden) _missing++;
            }

            SkipAbsent(process);
        }
    }

    private void SkipAbsent(int process)
    {
        while (_at[process] < _end[process] && _use[_at[process]] == RowUse.Absent) _at[process]++;
    }

    // Places what costs nothing; then notes the moves that are possible. True if nothing is missing.
    private bool Enter()
    {
        PlaceReads();
        if (_missing == 0) return true;
        if (allowance.Spent) return false;
        if (!_visited.Add((_positionId, _world))) return false;
        var first = _moves.Count;
        foreach (var process in _processes)
        {
            var row = _at[process];
            if (row >= _end[process] || !MayFollow(row)) continue;
            Step(row);
            foreach (var state in _next)
            {
                // What may not have happened and changes nothing did not happen.
                if (_use[row] == RowUse.Optional && state == (int)_worlds.Get(_world, rows.Object[row])) continue;
                _moves.Add(new Move(row, _worlds.Set(_world, rows.Object[row], state), Rank(row), Placed: true));
            }

            if (_use[row] == RowUse.Optional) _moves.Add(new Move(row, _world, Rank(row) + (1L << 40), Placed: false));
        }

        // As many rows were tried, and states made.
        allowance.Step(0, (_processes.Length >> 2) + _moves.Count - first);
        if (_moves.Count == first) Remember();
        _moves.Sort(first, _moves.Count - first, MoveOrder.Instance);
        _frames.Add(new Frame(first, first, _trail.Count));
        return false;
    }

    private void PlaceReads()
    {
        for (var progress = true; progress && _missing > 0;)
        {
            progress = false;
            foreach (var process in _processes)
            {
                while (_at[process] is var row && row < _end[process] && _use[row] == RowUse.Shown && rows.ReadOnly[row] && MayFollow(row))
                {
                    Step(row);
                    if (_next.Count == 0) break;
                    if (!allowance.Step(0)) return;
                    Advance(row, _world, placed: true);
                    progress = true;
                }
            }
        }
    }

    private bool MayFollow(int row)
    {
        if (_past?[row] is not { } past) return true;
        foreach (var process in _processes)
        {
            if (_at[process] < Math.Min(past[process], _end[process])) return false;
        }

        return true;
    }

    private void Step(int row)
    {
        _next.Clear();
        states.Step((int)_worlds.Get(_world, rows.Object[row]), row, _use[row] != RowUse.Shown, _next);
    }

    private long Rank(int row)
    {
        var operation = rows.Original[row];
        return rows.Optional[row] || _use[row] == RowUse.Optional ? (1L << 41) + operation : rows.History.Complete[operation];
    }

    private void Advance(int row, int world, bool placed)
    {
        _trail.Add((row, _positionId, _world, placed));
        if (_use[row] is RowUse.Shown or RowUse.Hidden) _missing--;
        var process = rows.Process[row];
        _at[process] = row + 1;
        SkipAbsent(process);
        _positionId = _positions.Set(_positionId, process, _at[process] - rows.Start[process]);
        _world = world;
    }

    private void Undo(int length)
    {
        while (_trail.Count > length)
        {
            var (row, positionId, world, _) = _trail[^1];
            _trail.RemoveAt(_trail.Count - 1);
            if (_use[row] is RowUse.Shown or RowUse.Hidden) _missing++;
            _at[rows.Process[row]] = row;
            (_positionId, _world) = (positionId, world);
        }
    }

    private void Remember()
    {
        if (_trail.Count > MostToRemember || (_trail.Count <= Longest.Count && Stuck.Count > 0)) return;
        Longest = Order;
        Stuck = [.. _processes.Where(process => _at[process] < _end[process]).Select(process => _at[process])];
        var world = _world;
        LongestState = target => (int)_worlds.Get(world, target);
    }

    private readonly record struct Move(int Row, int World, long Rank, bool Placed);

    private readonly record struct Frame(int First, int Next, int Trail);

    private sealed class MoveOrder : IComparer<Move>
    {
        public static readonly MoveOrder Instance = new();

        public int Compare(Move x, Move y)
        {
            var byRank = x.Rank.CompareTo(y.Rank);
            return byRank != 0 ? byRank : x.World.CompareTo(y.World);
        }
    }
}

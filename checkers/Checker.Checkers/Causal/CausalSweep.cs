using System.Globalization;
using Checker.Checkers.Registers;

namespace Checker.Checkers.Causal;

/// <summary>A write that a read knew of although it had overwritten what the read returned.</summary>
/// <param name="Source">What was returned, or <see cref="RegisterHistory.Initial"/>.</param>
/// <param name="Newer">The write.</param>
/// <param name="Read">The read.</param>
internal readonly record struct Overwriting(int Source, int Newer, int Read);

/// <summary>
/// The bad patterns of causal consistency and the conflict edges of causal convergence for histories of so many sessions that their vector timestamps
/// do not fit into memory: they are made some columns at a time (<see cref="CausalColumns"/>). O(operations × sessions) time like the timestamps, but
/// memory near-linear in the operations; exact.
/// </summary>
internal sealed class CausalSweep
{
    private const int MostColumns = 64;
    private const long MostBytes = 256L << 20;
    private const int EdgeBytes = 24; // here and in the graph

    private readonly RegisterHistory _history;
    private readonly TimedSort _sorted;
    private readonly bool _wantsEdges;
    private readonly int _width;
    private readonly int _blocks;
    private readonly int[] _entries; // those of SessionWrites by block of sessions, in each block by key
    private readonly int[] _entriesStart;
    private readonly int[] _column; // of each of these entries: its session in the block, its first write and its last
    private readonly int[] _firstWrite;
    private readonly int[] _lastWrite;
    private readonly int[] _initialReads; // by key
    private readonly int[] _initialReadsStart;

    private CausalSweep(RegisterHistory history, bool wantsEdges, int width)
    {
        _history = history;
        _sorted = new TimedSort(history);
        _wantsEdges = wantsEdges;
        _width = width;
        _blocks = (history.SessionCount + width - 1) / width;
        (_entries, _entriesStart) = Group(history.SessionWrites.Length, _blocks, entry => history.SessionWrites[entry].Session / width);
        _column = Array.ConvertAll(_entries, entry => history.SessionWrites[entry].Session % width);
        _firstWrite = Array.ConvertAll(_entries, entry => history.Writers[history.SessionWrites[entry].First]);
        _lastWrite = Array.ConvertAll(_entries, entry => history.Writers[history.SessionWrites[entry].End - 1]);
        (_initialReads, _initialReadsStart) = Group(history.Count, history.KeyCount, op => history.Source[op] == RegisterHistory.Initial ? history.Key[op] : -1);
    }

    /// <summary>Reads that knew of a newer write, a few; none: the history is causally consistent.</summary>
    public List<Overwriting> Overwritings { get; } = [];

    /// <summary>The conflict edges, if wanted: for each write and session the last one that a reader of the write knew and the write did not.</summary>
    public List<ForcedEdge> Edges { get; } = [];

    /// <summary>Why it could not be finished; null if it was.</summary>
    public string? Reason { get; private set; }

    /// <summary>Sweeps over all sessions.</summary>
    /// <param name="history">The traced history; program order and reads-from have no cycle.</param>
    /// <param name="wantsEdges">Whether conflict edges are wanted.</param>
    /// <param name="options">The budget of bytes, and how many cores share the sessions.</param>
    public static CausalSweep Over(RegisterHistory history, bool wantsEdges, CheckOptions options)
    {
        var cores = Math.Max(1, options.Parallelism);
        var bytes = Math.Min(MostBytes, options.MaxBytes / 2 / cores);
        var width = (int)Math.Min(MostColumns, bytes / Math.Max(1, 8L * history.Count)) / 8 * 8;
        var sweep = new CausalSweep(history, wantsEdges, Math.Max(8, width));
        if (8L * history.Count * 8 > options.MaxBytes / 2)
        {
            sweep.Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"eight columns of the timestamps of {history.Count:N0} operations take {64L * history.Count:N0} bytes, more than half of the budget of {options.MaxBytes:N0}");
            return sweep;
        }

        sweep.Run(cores, options);
        return sweep;
    }

    private void Run(int cores, CheckOptions options)
    {
        var found = new Block[_blocks];
        var edges = 0L;
        var isOver = false;
        var taken = 0;

        // Each core takes the next block as it comes, and makes its columns in the same room.
        Parallel.For(0, Math.Min(cores, _blocks), new ParallelOptions { MaxDegreeOfParallelism = cores }, _ =>
        {
            var columns = new CausalColumns(_history, _sorted, _width);
            for (int block; (block = Interlocked.Increment(ref taken) - 1) < _blocks;)
            {
                found[block] = new Block();
                if (Volatile.Read(ref isOver) || options.Cancellation.IsCancellationRequested) continue;
                if (_entriesStart[block] == _entriesStart[block + 1]) continue;
                columns.Make(block * _width, Math.Min(_history.SessionCount, (block + 1) * _width));
                Ask(block, columns, found[block]);
                if (Interlocked.Add(ref edges, found[block].Edges.Count) * EdgeBytes > options.MaxBytes / 2) Volatile.Write(ref isOver, true);
            }
        });
        foreach (var block in found)
        {
            Overwritings.AddRange(block.Overwritings.Take(Conflict.Most - Overwritings.Count));
            Edges.AddRange(block.Edges);
        }

        if (options.Cancellation.IsCancellationRequested) Reason = "cancelled before all sessions were gone through";
        else if (isOver) Reason = string.Create(CultureInfo.InvariantCulture, $"more than {options.MaxBytes / 2 / EdgeBytes:N0} conflicts between writes, half of the budget of {options.MaxBytes:N0} bytes");
    }

    // Each write that was read, and each initial value that was, against the writes of its key by the sessions of the block.
    private void Ask(int block, CausalColumns columns, Block found)
    {
        var union = new int[_width];
        for (var from = _entriesStart[block]; from < _entriesStart[block + 1];)
        {
            var key = KeyOf(_entries[from]);
            var to = from + 1;
            while (to < _entriesStart[block + 1] && _entries[to] < _history.SessionWritesStart[key + 1]) to++;
            Compare(RegisterHistory.Initial, _initialReads.AsSpan(_initialReadsStart[key], _initialReadsStart[key + 1] - _initialReadsStart[key]), from, to);
            foreach (var write in _history.WritersOf(key)) Compare(write, _history.ReadersOf(write), from, to);
            from = to;
        }

        void Compare(int source, ReadOnlySpan<int> readers, int from, int to)
        {
            if (readers.IsEmpty) return;
            var known = Known(readers);
            var past = source < 0 ? default : columns.Past(source);
            var future = source < 0 ? default : columns.Future(source);
            for (var i = from; i < to; i++)
            {
                // Mostly nobody knew a write of the session, or none of its writes came after the source (or none that the source did not know).
                var column = _column[i];
                if (known[column] < _firstWrite[i] || (source >= 0 && (_wantsEdges ? _lastWrite[i] <= past[column] : _lastWrite[i] < future[column]))) continue;
                var last = _history.LastWrite(_history.SessionWrites[_entries[i]], known[column]);
                if (last == source || (source >= 0 && last <= past[column])) continue;
                if (source >= 0 && last < future[column])
                {
                    if (_wantsEdges) found.Edges.Add(new ForcedEdge(last, source, Knowing(column, last, readers)));
                }
                else if (found.Overwritings.Count < Conflict.Most)
                {
                    found.Overwritings.Add(new(source, last, Knowing(column, last, readers)));
                }
            }
        }

        // What some of the readers knew, all together.
        ReadOnlySpan<int> Known(ReadOnlySpan<int> readers)
        {
            if (readers.Length == 1 && !_history.Writes[readers[0]]) return columns.Past(readers[0]);
            union.AsSpan().Fill(CausalColumns.None);
            foreach (var read in readers)
            {
                var past = columns.Past(read);
                if (!_history.Writes[read])
                {
                    CausalOrder.Join(union, past);
                    continue;
                }

                for (var column = 0; column < union.Length; column++) union[column] = Math.Max(union[column], Bound(column, past, read));
            }

            return union;
        }

        int Knowing(int column, int write, ReadOnlySpan<int> readers)
        {
            foreach (var read in readers)
            {
                if (Bound(column, columns.Past(read), read) >= write) return read;
            }

            throw new System.Diagnostics.UnreachableException("some reader knows it");
        }

        // An operation that reads and writes does not know its own write.
        int Bound(int column, ReadOnlySpan<int> past, int read) => column + columns.First == _history.Session[read] ? read - 1 : past[column];
    }

    private int KeyOf(int entry) => _history.Key[_history.Writers[_history.SessionWrites[entry].First]];

    // The numbers from 0 on by group, ascending in each; those of group −1 are left out.
    private static (int[] Members, int[] Start) Group(int count, int groups, Func<int, int> groupOf)
    {
        var start = new int[groups + 1];
        for (var i = 0; i < count; i++)
        {
            if (groupOf(i) is >= 0 and var group) start[group + 1]++;
        }

        for (var group = 0; group < groups; group++) start[group + 1] += start[group];
        var members = new int[start[groups]];
        var free = start[..^1];
        for (var i = 0; i < count; i++)
        {
            if (groupOf(i) is >= 0 and var group) members[free[group]++] = i;
        }

        return (members, start);
    }

    /// <summary>What a block of sessions has brought up.</summary>
    private sealed class Block
    {
        public List<Overwriting> Overwritings { get; } = [];

        public List<ForcedEdge> Edges { get; } = [];
    }
}

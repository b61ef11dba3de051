namespace Checker.Checkers.Objects;

/// <summary>
/// Proves monotonic writes or writes-follow-reads of counters: all updates stand in the order in which they began, and each read sees those before some
/// point that began before it ended, but for a few of the last of them, that sum up to what it returned.
/// </summary>
/// <remarks>
/// <para>Monotonic writes (<c>closed</c>): only the last update of a process may be left out, and with it what the process updated of other
/// objects after it. A read may also see what began after it, but for what its own process updates then.</para>
/// <para>Writes-follow-reads: what is left out must be no part of what the process of any seen update had seen by then. A read before an update had ended when
/// that began, so what it saw stands before it; the furthest point up to which any update before a point follows reads is kept, and only updates after that may be
/// left out. What reads see of one object and updates of others need of it is then all there, since both are before points. O(rows · window).</para>
/// </remarks>
internal sealed class CounterPrefixes(
    ObjectHistory rows, long[] amount, long[] sum, bool[] reads, bool closed, Allowance allowance)
{
    private const int Window = 48; // how many points, and how many updates to leave out, are tried
    private const int Middle = 64; // the sum 0 among those of what is left out

    private readonly List<int>[] _updates = [.. Enumerable.Range(0, rows.ObjectCount).Select(static _ => new List<int>())];
    private readonly List<int>[] _places = [.. Enumerable.Range(0, rows.ObjectCount).Select(static _ => new List<int>())];
    private readonly List<long>[] _sums = [.. Enumerable.Range(0, rows.ObjectCount).Select(static _ => new List<long> { 0 })];
    private readonly Dictionary<(int Object, long Sum), int> _first = [];
    private readonly List<int> _follows = [0]; // for each point the furthest that an update before it follows
    private readonly int[] _seen = new int[rows.ProcessCount];
    private readonly int[] _stamp = new int[rows.ProcessCount];
    private int _now;

    /// <summary>Whether all reads were explained.</summary>
    public bool Run()
    {
        var history = rows.History;
        var events = new List<(int At, int Row)>(rows.Count);
        var (falls, late) = (new bool[rows.ObjectCount], new List<int>());
        for (var row = 0; row < rows.Count; row++)
        {
            var op = rows.Original[row];
            if (reads[row]) events.Add((history.Complete[op], row));
            else if (!rows.Optional[row] && amount[row] != 0) events.Add((history.Invoke[op], row));
            falls[rows.Object[row]] |= amount[row] < 0;
        }

        events.Sort();
        foreach (var (_, row) in events)
        {
            if (!allowance.Step(0)) return false;
            ref var seen = ref _seen[rows.Process[row]];
            if (!reads[row])
            {
                Add(row);
                _follows.Add(Math.Max(_follows[^1], seen));
            }
            else if (Point(row, falls[rows.Object[row]]) is var point and >= 0)
            {
                seen = Math.Max(seen, point);
            }
            else if (closed)
            {
                late.Add(row);
            }
            else
            {
                return false;
            }
        }

        return late.All(row => Ahead(row, falls[rows.Object[row]]));
    }

    // Under monotonic writes a read may see what began only after it, but for what its own process did by then.
    private bool Ahead(int row, bool falls)
    {
        var (target, process) = (rows.Object[row], rows.Process[row]);
        var seen = 0L;
        for (var count = 1; count <= _updates[target].Count; count++)
        {
            var update = _updates[target][count - 1];
            if (!allowance.Step(0)) return false;
            if (rows.Process[update] == process && update > row) continue;
            seen += amount[update];
            if (!falls && seen - sum[row] >= Middle) return false;
            if ((falls || seen >= sum[row]) && Sums(target, count, seen - sum[row], process)) return true;
        }

        return false;
    }

    private void Add(int row)
    {
        var target = rows.Object[row];
        _updates[target].Add(row);
        _places[target].Add(_follows.Count - 1);
        _sums[target].Add(_sums[target][^1] + amount[row]);
        _first.TryAdd((target, _sums[target][^1]), _updates[target].Count);
    }

    // The point before which a read sees; −1 if none was found.
    private int Point(int row, bool falls)
    {
        var target = rows.Object[row];
        var sums = _sums[target];
        if (sum[row] == 0) return 0;
        if (_first.TryGetValue((target, sum[row]), out var exact)) return After(target, exact);
        var (count, step) = (sums.Count - 1, -1);
        if (!falls)
        {
            count = sums.BinarySearch(sum[row]);
            if (count < 0) count = ~count;
            step = 1;
        }

        for (var tries = 0; tries < Window && count > 0 && count < sums.Count; tries++, count += step)
        {
            if (Sums(target, count, sums[count] - sum[row])) return After(target, count);
        }

        return -1;
    }

    private int After(int target, int count) => count == 0 ? 0 : _places[target][count - 1] + 1;

    // Whether some of the last updates before a point sum up to a difference, those of one process apart.
    private bool Sums(int target, int count, long difference, int except = -1)
    {
        if (difference == 0) return true;
        if (Math.Abs(difference) >= Middle) return false;
        var reached = UInt128.One << Middle;
        var wanted = UInt128.One << (Middle + (int)difference);
        var least = _follows[After(target, count)];
        _now++;
        for (var at = count - 1; at >= Math.Max(0, count - Window); at--)
        {
            var update = _updates[target][at];
            allowance.Step(0);
            if (closed)
            {
                ref var stamp = ref _stamp[rows.Process[update]];
                if (stamp == _now || rows.Process[update] == except) continue;
                stamp = _now;
            }
            else if (_places[target][at] < least)
            {
                break;
            }

            if (Math.Abs(amount[update]) >= Middle) continue;
            reached |= amount[update] > 0 ? reached << (int)amount[update] : reached >> (int)-amount[update];
            if ((reached & wanted) != 0) return true;
        }

        return false;
    }
}

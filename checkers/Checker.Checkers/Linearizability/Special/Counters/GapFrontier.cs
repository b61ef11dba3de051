using System.Runtime.InteropServices;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// Shares out the increments of a counter among the gaps between its layers, gap by gap, keeping all ways to do so, or the most promising ones.
/// </summary>
/// <remarks>
/// <para>A gap takes increments that come to exactly its size. Those whose last gap it is must be taken; of the others of one amount those that
/// return first, because they can stand in for one another, and those of unknown outcome, which never return, last, by invocation. Nothing may
/// be taken that began after the return of an acknowledged increment that is left for later.</para>
/// <para>So a way is the set of the acknowledged increments that are placed but not yet out of date, and how many of unknown outcome of
/// each amount are spent: a handful of ways where reads are frequent and amounts small, exponentially many at worst, as the problem includes
/// that of filling bins exactly.</para>
/// </remarks>
internal sealed class GapFrontier
{
    private const int MostSlots = 128;
    private const int MostShares = 256;
    private const int CommitAfter = 4096;

    private readonly IReadOnlyList<CounterIncrement> _increments;
    private readonly IReadOnlyList<long> _sizes;
    private readonly int[] _invokes; // by number of the increment
    private readonly GapSharing _sharing;
    private readonly long[] _amounts; // of unknown increments, decreasing
    private readonly List<int>[] _unknown; // by amount: those that have begun, by invocation
    private readonly int[] _slots = new int[MostSlots];
    private readonly List<int> _live = []; // slots by return
    private readonly List<int> _open = []; // of one way: the slots that may be taken or left
    private readonly List<long> _tail = []; // what they come to from each on
    private readonly List<(int Before, int Number, int Gap)> _log = [];
    private readonly Dictionary<ulong, int> _first = [];
    private readonly int[] _gaps;
    private readonly int[] _coins;
    private List<GapWay> _ways = [new(0, 0, 0, 0, -1, -1)];
    private List<GapWay> _next = [];
    private List<int> _counts;
    private List<int> _nextCounts = [];
    private UInt128 _taken;
    private UInt128 _inUse;
    private int _arrived;
    private int _compactAt = CommitAfter;
    private int _gap;
    private int _shares;
    private long _available;

    /// <param name="increments">The increments by invocation.</param>
    /// <param name="sizes">What each gap must come to.</param>
    /// <param name="invokes">The invocation of each row.</param>
    /// <param name="sharing">How thorough to be.</param>
    public GapFrontier(IReadOnlyList<CounterIncrement> increments, IReadOnlyList<long> sizes, ReadOnlySpan<int> invokes, GapSharing sharing)
    {
        _increments = increments;
        _sizes = sizes;
        _sharing = sharing;
        _invokes = new int[increments.Count];
        foreach (var job in increments) _invokes[job.Number] = invokes[job.Row];
        _amounts = sharing.Divisible ? [] : [.. increments.Where(job => job.IsUnknown).Select(job => job.Amount).Distinct().OrderDescending()];
        _unknown = [.. _amounts.Select(_ => new List<int>())];
        _coins = new int[_amounts.Length];
        _counts = [.. _coins];
        _gaps = new int[increments.Count];
        Array.Fill(_gaps, -1);
    }

    /// <summary>Whether some ways were not followed, so that finding none proves nothing.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>How many ways were looked at.</summary>
    public long Steps { get; private set; }

    /// <summary>The gap that could not be filled in any way; −1 if all could, or if more increments were open at once than can be followed.</summary>
    public int Stuck { get; private set; } = -1;

    /// <summary>Whether all gaps can be filled, as far as was looked.</summary>
    /// <param name="most">How many ways may be looked at.</param>
    public bool Fill(long most)
    {
        for (_gap = 0; _gap < _sizes.Count; _gap++)
        {
            if (Steps > most || !Arrive(out var forced))
            {
                IsTruncated = true;
                return false;
            }

            Pass(_sizes[_gap] - forced);
            if (_ways.Count > 0) continue;
            Stuck = _gap;
            return false;
        }

        return true;
    }

    /// <summary>After <see cref="Fill"/> has found a way: the gap of each increment, −1 for those that are left over.</summary>
    public int[] Gaps()
    {
        Commit(_ways[0].Last);
        return _gaps;
    }

    // What begins to be possible in this gap; what is possible in no other comes to so much.
    private bool Arrive(out long forced)
    {
        forced = 0;
        for (; _arrived < _increments.Count && _increments[_arrived].First <= _gap; _arrived++)
        {
            var job = _increments[_arrived];
            if (job.IsUnknown)
            {
                _available += job.Amount;
                if (!_sharing.Divisible) _unknown[Array.IndexOf(_amounts, job.Amount)].Add(job.Number);
            }
            else if (job.Last <= _gap)
            {
                forced += job.Amount;
                _gaps[job.Number] = _gap;
            }
            else
            {
                var slot = (int)UInt128.TrailingZeroCount(~_inUse);
                if (slot == MostSlots) return false;
                _inUse |= UInt128.One << slot;
                _slots[slot] = job.Number;
                var at = _live.Count;
                while (at > 0 && _increments[_slots[_live[at - 1]]].Return > job.Return) at--;
                _live.Insert(at, slot);
            }
        }

        return true;
    }

    private void Pass(long size)
    {
        _next.Clear();
        _nextCounts.Clear();
        _first.Clear();
        var due = UInt128.Zero;
        foreach (var slot in _live)
        {
            if (_increments[_slots[slot]].Last <= _gap) due |= UInt128.One << slot;
        }

        foreach (var way in _ways)
        {
            var rest = size;
            var (placed, last) = (way.Placed, way.Last);
            _open.Clear();
            foreach (var slot in _live)
            {
                var bit = UInt128.One << slot;
                if ((way.Placed & bit) != 0) continue;
                if ((due & bit) == 0)
                {
                    _open.Add(slot);
                    continue;
                }

                rest -= _increments[_slots[slot]].Amount;
                placed |= bit;
                last = Log(last, _slots[slot]);
            }

            if (rest < 0) continue;
            SumTails();
            CollectionsMarshal.AsSpan(_counts).Slice(way.Counts, _coins.Length).CopyTo(_coins);
            _shares = 0;
            Share(way with { Placed = placed, Last = last }, 0, rest, int.MaxValue);
        }

        Settle(due);
    }

    // Takes or leaves the open increments one by one, the first to return first. Nothing begun after the return of one left may be taken.
    private void Share(in GapWay way, int at, long rest, int earliest)
    {
        Steps++;
        if (way.Unknown + rest > _available + _tail[at]) return;
        if (rest == 0 || at == _open.Count)
        {
            if (at < _open.Count) earliest = Math.Min(earliest, Job(at).Return);
            ShareUnknown(way, 0, rest, earliest);
            return;
        }

        var job = Job(at);
        if (job.Amount <= rest && _invokes[job.Number] < earliest && !HasTwin(way, job.Amount, at, earliest))
        {
            var taken = way with { Placed = way.Placed | (UInt128.One << _open[at]), Last = Log(way.Last, job.Number) };
            Share(taken, at + 1, rest - job.Amount, earliest);
        }

        Share(way, at + 1, rest, Math.Min(earliest, job.Return));
    }

    private void SumTails()
    {
        _tail.Clear();
        for (var i = 0; i <= _open.Count; i++) _tail.Add(0);
        for (var i = _open.Count - 1; i >= 0; i--) _tail[i] = _tail[i + 1] + Job(i).Amount;
    }

    private CounterIncrement Job(int at) => _increments[_slots[_open[at]]];

    // Whether one of the same amount that returns earlier could be taken instead, but was left.
    private bool HasTwin(in GapWay way, long amount, int before, int earliest)
    {
        for (var i = 0; i < before; i++)
        {
            if ((way.Placed >> _open[i] & 1) == 0 && Job(i).Amount == amount && _invokes[Job(i).Number] < earliest) return true;
        }

        return false;
    }

    private void ShareUnknown(in GapWay way, int kind, long rest, int earliest)
    {
        if (way.Unknown + rest > _available) return;
        if (_sharing.Divisible)
        {
            Keep(way with { Unknown = way.Unknown + rest });
            return;
        }

        if (rest == 0 || kind == _amounts.Length)
        {
            if (rest == 0) Keep(way);
            return;
        }

        Steps++;
        if (++_shares > MostShares && _sharing.MostWays <= MostShares)
        {
            IsTruncated = true;
            return;
        }

        // As many as possible first: small ones are worth more later.
        var changed = way;
        var before = _coins[kind];
        var rows = _unknown[kind];
        var twin = HasTwin(way, _amounts[kind], _open.Count, earliest);
        while (!twin && _amounts[kind] <= rest && _coins[kind] < rows.Count && _invokes[rows[_coins[kind]]] < earliest)
        {
            changed = changed with { Unknown = changed.Unknown + _amounts[kind], Coins = changed.Coins + 1, Last = Log(changed.Last, rows[_coins[kind]++]) };
            rest -= _amounts[kind];
        }

        while (true)
        {
            ShareUnknown(changed, kind + 1, rest, earliest);
            if (_coins[kind] == before) return;
            _coins[kind]--;
            rest += _amounts[kind];
            changed = changed with { Unknown = changed.Unknown - _amounts[kind], Coins = changed.Coins - 1, Last = Before(changed.Last) };
        }
    }

    private void Keep(GapWay way)
    {
        Steps++;
        if (_sharing.Divisible)
        {
            KeepGreatest(way);
            return;
        }

        var hash = (ulong)way.Placed ^ ((ulong)(way.Placed >> 64) * 0x9E3779B97F4A7C15UL);
        foreach (var coins in _coins) hash = (hash ^ (uint)coins) * 0x9E3779B97F4A7C15UL;
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_first, hash, out var known);
        for (var i = known ? first : -1; i >= 0; i = _next[i].Same)
        {
            if (_next[i].Placed == way.Placed && CollectionsMarshal.AsSpan(_nextCounts).Slice(_next[i].Counts, _coins.Length).SequenceEqual(_coins)) return;
        }

        way.Same = known ? first : -1;
        way.Counts = _nextCounts.Count;
        first = _next.Count;
        _next.Add(way);
        _nextCounts.AddRange(_coins);
    }

    // A way that has placed more than another has more of the unknown left, and that can stand in, in parts, for what the other places later.
    private void KeepGreatest(in GapWay way)
    {
        for (var i = 0; i < _next.Count; i++)
        {
            if ((way.Placed & ~_next[i].Placed) == 0) return;
            if ((_next[i].Placed & ~way.Placed) != 0) continue;
            _next[i--] = _next[^1];
            _next.RemoveAt(_next.Count - 1);
        }

        _next.Add(way);
    }

    private void Settle(UInt128 due)
    {
        if (_next.Count > _sharing.MostWays)
        {
            IsTruncated = true;
            _next.Sort((a, b) => a.Coins != b.Coins ? a.Coins.CompareTo(b.Coins) : a.Unknown.CompareTo(b.Unknown));
            _next.RemoveRange(_sharing.MostWays, _next.Count - _sharing.MostWays);
        }

        _taken = UInt128.MaxValue;
        foreach (var way in _next) _taken &= way.Placed;
        var gone = (due | _taken) & _inUse;
        foreach (ref var way in CollectionsMarshal.AsSpan(_next)) way.Placed &= ~gone;
        _live.RemoveAll(slot => (gone >> slot & 1) != 0);
        _inUse &= ~gone;
        (_ways, _next) = (_next, _ways);
        (_counts, _nextCounts) = (_nextCounts, _counts);
        if (_log.Count < _compactAt) return;
        if (_ways.Count != 1)
        {
            Compact();
            return;
        }

        Commit(_ways[0].Last);
        _ways[0] = _ways[0] with { Last = -1 };
        _compactAt = CommitAfter;
    }

    // Forgets what no way needs any more.
    private void Compact()
    {
        var needed = new bool[_log.Count];
        foreach (var way in _ways)
        {
            for (var at = way.Last; at >= 0 && !needed[at]; at = _log[at].Before) needed[at] = true;
        }

        var moved = new int[_log.Count];
        var kept = 0;
        for (var at = 0; at < moved.Length; at++)
        {
            if (!needed[at]) continue;
            var (before, number, gap) = _log[at];
            _log[kept] = (before < 0 ? -1 : moved[before], number, gap);
            moved[at] = kept++;
        }

        _log.RemoveRange(kept, _log.Count - kept);
        foreach (ref var way in CollectionsMarshal.AsSpan(_ways)) way.Last = way.Last < 0 ? -1 : moved[way.Last];
        _compactAt = (2 * kept) + CommitAfter;
    }

    private int Log(int before, int number)
    {
        if (_sharing.Divisible) return -1;
        _log.Add((before, number, _gap));
        return _log.Count - 1;
    }

    private int Before(int last) => last < 0 ? -1 : _log[last].Before;

    private void Commit(int last)
    {
        for (; last >= 0; last = _log[last].Before) _gaps[_log[last].Number] = _log[last].Gap;
        _log.Clear();
    }
}

using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.KAtomicity;

/// <summary>
/// Decides whether the clusters of one key are 1-atomic or 2-atomic by building the order of the writes from its end, with limited
/// backtracking (LBT of Golab, Hurwitz and Li, "On the k-atomicity-verification problem", ICDCS 2013, section 3). O(n log n + c·n), where c
/// is the greatest number of writes that can be last at once; positions only.
/// </summary>
/// <remarks>
/// <para>The writes alone need an order. Let w end when the first of w and its reads does: what begins later must come after w anyhow.
/// Then each read can be put as early as possible, right after its own write and all writes that ended before it began, and the order
/// keeps real time. So an order of the writes that keeps real time is 2-atomic iff at most one write lies between each write u and the
/// last one that ended before the last read of u began.</para>
/// <para>From the end: a write x can be the last of those left unless one of them began after x ended. If reads of a write u began after x
/// had ended, u must come right before x; if two such writes are left, there is no order with x last. A compare-and-set must come right
/// after the write that it replaced. So each choice forces the ones before it until nothing is forced any more. Then all that was placed
/// can be cut off: the clusters left are 2-atomic iff those before were, since taking whole clusters (and chains of compare-and-sets)
/// out of an order leaves one. So only the first write of each such stretch is a choice. The choices are tried side by side with budgets
/// that double, so that one that fails late costs no more than the one that succeeds.</para>
/// </remarks>
internal sealed class SuffixOrder
{
    private const int Cut = 1;

    private readonly Cluster[] _clusters;
    private readonly bool _fresh;
    private readonly int[] _byBegin;
    private readonly int[] _byEnd;
    private readonly int[] _byLastRead;
    private readonly int[] _state; // 0: left; Cut; or the number of the attempt that placed it last
    private readonly List<int> _order = [];
    private readonly List<int> _placed = [];
    private int _firstBegin;
    private int _firstEnd;
    private int _firstLastRead;
    private readonly List<Failure> _failures = [];
    private int _attempt = Cut;
    private Failure _failure;

    /// <summary>Prepares a key.</summary>
    /// <param name="clusters">Its clusters.</param>
    /// <param name="k">1 or 2.</param>
    public SuffixOrder(ReadOnlySpan<Cluster> clusters, int k)
    {
        _clusters = clusters.ToArray();
        _fresh = k == 1;
        _state = new int[clusters.Length];
        _byBegin = Descending(static cluster => cluster.Begin);
        _byEnd = Descending(static cluster => cluster.End);
        _byLastRead = Descending(static cluster => cluster.LastRead);
    }

    /// <summary>The clusters in the order of their writes, if <see cref="Find"/> found one; else those of its end that could be cut
    /// off.</summary>
    public IReadOnlyList<int> Order => _order;

    /// <summary>If there is no order: for each cluster whose write might come last of those that are left, why it cannot.</summary>
    public IReadOnlyList<Failure> Failures => _failures;

    /// <summary>How many writes were placed, attempts included.</summary>
    public long Steps { get; private set; }

    /// <summary>Whether there is an order; if not, the clusters not in <see cref="Order"/> have none.</summary>
    public bool Find()
    {
        while (_order.Count < _clusters.Length)
        {
            if (CutOff()) continue;
            _order.Reverse();
            return false;
        }

        _order.Reverse();
        return true;
    }

    private bool CutOff()
    {
        Skip(ref _firstBegin, _byBegin);
        Skip(ref _firstEnd, _byEnd);
        Skip(ref _firstLastRead, _byLastRead);
        var candidates = Candidates();
        _failures.Clear();
        for (var budget = 4; candidates.Count > 0; budget *= 2)
        {
            for (var i = 0; i < candidates.Count; i++)
            {
                var outcome = Try(candidates[i], budget);
                if (outcome == Attempt.Succeeds)
                {
                    foreach (var cluster in _placed) _state[cluster] = Cut;
                    _order.AddRange(_placed);
                    return true;
                }

                if (outcome != Attempt.Fails) continue;
                _failures.Add(_failure);
                candidates.RemoveAt(i--);
            }
        }

        return false;
    }

    // Those that end after the last beginning among those left, the latest end first; and the one that began last.
    private List<int> Candidates()
    {
        var last = _byBegin[_firstBegin];
        var candidates = new List<int>();
        for (var at = _firstEnd; at < _byEnd.Length; at++)
        {
            var cluster = _byEnd[at];
            if (_clusters[cluster].End <= _clusters[last].Begin) break;
            if (_state[cluster] != Cut) candidates.Add(cluster);
        }

        return candidates;
    }

    private Attempt Try(int first, int budget)
    {
        _attempt++;
        _placed.Clear();
        var (begin, lastRead) = (_firstBegin, _firstLastRead);
        var after = Cluster.None;
        for (var at = first; at != Cluster.None;)
        {
            if (_placed.Count == budget) return Attempt.NeedsMore;
            ref readonly var cluster = ref _clusters[at];
            _placed.Add(at);
            if (cluster.Next != after && cluster.Next != Cluster.None) return Fail(FailureKind.Replaced, at, cluster.Next);
            _state[at] = _attempt;
            Steps++;
            while (begin < _byBegin.Length && IsPlaced(_byBegin[begin])) begin++;
            while (lastRead < _byLastRead.Length && IsPlaced(_byLastRead[lastRead])) lastRead++;
            if (begin == _byBegin.Length) return cluster.Previous == Cluster.None ? Attempt.Succeeds : Fail(FailureKind.Replaced, cluster.Previous, at);
            if (_clusters[_byBegin[begin]].Begin > cluster.End) return Fail(FailureKind.TooEarly, at, _byBegin[begin]);

            // What is read after the write before this one ended had to be placed by now.
            var stalest = _byLastRead[lastRead];
            var read = _clusters[stalest].LastRead;
            if (after != Cluster.None && read > _clusters[after].End) return Fail(FailureKind.TooStale, after, stalest);
            var forced = cluster.Previous;
            if (read > cluster.End)
            {
                if (_fresh || (forced != Cluster.None && forced != stalest)) return Fail(FailureKind.TooStale, at, stalest);
                forced = stalest;
            }

            // A compare-and-set whose source is already placed later has none right before it.
            if (forced != Cluster.None && IsPlaced(forced)) return Fail(FailureKind.Replaced, forced, at);
            (after, at) = (at, forced);
        }

        return Attempt.Succeeds;
    }

    private Attempt Fail(FailureKind kind, int at, int other)
    {
        _failure = new Failure(kind, [.. _placed], at, other);
        return Attempt.Fails;
    }

    private bool IsPlaced(int cluster) => _state[cluster] is var state && (state == Cut || state == _attempt);

    private void Skip(ref int at, int[] order)
    {
        while (_state[order[at]] == Cut) at++;
    }

    private int[] Descending(Func<Cluster, int> position)
    {
        var entries = new long[_clusters.Length];
        for (var i = 0; i < entries.Length; i++) entries[i] = PositionSort.Entry(Math.Min(position(_clusters[i]), int.MaxValue - 2) + 1, i);
        PositionSort.Sort(entries);
        Array.Reverse(entries);
        return Array.ConvertAll(entries, PositionSort.NumberOf);
    }

    private enum Attempt
    {
        Succeeds,
        Fails,
        NeedsMore,
    }
}

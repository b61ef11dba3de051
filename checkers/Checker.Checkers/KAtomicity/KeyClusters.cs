using Checker.Checkers.RealTime;
using Checker.Histories;

namespace Checker.Checkers.KAtomicity;

/// <summary>The clusters of every key: those of key k from <see cref="Start"/>[k], the initial value first, then by beginning.
/// O(n).</summary>
/// <remarks>Left out are the writes of unknown outcome whose value nobody observed: they would only make reads staler.</remarks>
internal sealed class KeyClusters
{
    private readonly RegisterTimes _times;
    private readonly ReadSources _sources;
    private readonly bool[] _kept;
    private readonly int[] _clusterOf;
    private readonly bool[] _needsSearch;

    /// <summary>Gathers the clusters. What is said of keys that are ambiguous or have a read from nowhere means nothing.</summary>
    public KeyClusters(RegisterTimes times, ReadSources sources)
    {
        _times = times;
        _sources = sources;
        _kept = Kept();
        _clusterOf = new int[times.History.Count];
        _needsSearch = new bool[times.History.KeyCount];
        Start = new int[times.History.KeyCount + 1];
        All = Number();
        Fill();
    }

    /// <summary>Where the clusters of each key begin in <see cref="All"/>.</summary>
    public int[] Start { get; }

    /// <summary>The clusters by key. <see cref="Cluster.Previous"/> and <see cref="Cluster.Next"/> count from the start of the key.</summary>
    public Cluster[] All { get; }

    /// <summary>For each key two compare-and-sets that replaced the same value; (−1, −1) if there are none.</summary>
    public (int First, int Second)[] Rivals { get; private set; } = [];

    /// <summary>Whether a key cannot be judged by its clusters: a read may belong to several, or a compare-and-set from a value to itself
    /// has to find the current value and yet replaces nothing.</summary>
    public bool NeedsSearch(int key) => _needsSearch[key] || _sources.IsAmbiguous(key);

    /// <summary>The clusters of a key.</summary>
    public Span<Cluster> Of(int key) => All.AsSpan(Start[key], Start[key + 1] - Start[key]);

    /// <summary>The cluster that a read belongs to, counted from the start of its key.</summary>
    public int Home(int read) => _sources.Source(read) is var source && source < 0 ? 0 : _clusterOf[source];

    // The operations that certainly happened, and those of unknown outcome that some of these observed, step by step.
    private bool[] Kept()
    {
        var count = _times.History.Count;
        var kept = new bool[count];
        var observed = new Stack<int>();
        for (var op = 0; op < count; op++)
        {
            if (!_times.IsCertain(op)) continue;
            kept[op] = true;
            if (_times.Reads(op)) observed.Push(op);
            while (observed.TryPop(out var reader))
            {
                var source = _sources.Source(reader);
                if (source < 0 || kept[source] || _times.IsCertain(source)) continue;
                kept[source] = true;
                if (_times.Reads(source)) observed.Push(source);
            }
        }

        return kept;
    }

    private Cluster[] Number()
    {
        var history = _times.History;
        var keys = history.Key;
        for (var key = 0; key < history.KeyCount; key++) Start[key + 1]++;
        for (var op = 0; op < history.Count; op++)
        {
            if (_kept[op] && _times.Writes(op)) Start[keys[op] + 1]++;
        }

        for (var key = 0; key < history.KeyCount; key++) Start[key + 1] += Start[key];
        var all = new Cluster[Start[^1]];
        var free = new int[history.KeyCount];
        for (var key = 0; key < history.KeyCount; key++) all[Start[key]] = Empty(Cluster.None, -2, -1);
        for (var op = 0; op < history.Count; op++)
        {
            if (!_kept[op] || !_times.Writes(op)) continue;
            var key = keys[op];
            var number = ++free[key];
            _clusterOf[op] = number;
            all[Start[key] + number] = Empty(op, history.Invoke[op], _times.Return(op));
        }

        return all;

        static Cluster Empty(int write, int begin, int end) => new()
        {
            Write = write,
            Begin = begin,
            End = end,
            LastRead = -1,
            Earliest = write,
            Latest = Cluster.None,
            Previous = Cluster.None,
            Next = Cluster.None,
        };
    }

    private void Fill()
    {
        var history = _times.History;
        Rivals = new (int, int)[history.KeyCount];
        Array.Fill(Rivals, (Cluster.None, Cluster.None));
        for (var op = 0; op < history.Count; op++)
        {
            if (!_kept[op] || !_times.Reads(op) || _sources.Source(op) == ReadSources.Nobody) continue;
            var clusters = Of(history.Key[op]);
            ref var home = ref clusters[Home(op)];
            if (_times.Writes(op))
            {
                clusters[_clusterOf[op]].Previous = Home(op);
                if (home.Next >= 0) Rivals[history.Key[op]] = (clusters[home.Next].Write, op);
                home.Next = _clusterOf[op];
            }

            if (_times.Return(op) < home.End) (home.End, home.Earliest) = (_times.Return(op), op);
            if (history.Functions[op] == Function.Cas && !_times.Writes(op)) _needsSearch[history.Key[op]] = true;
            if (!_times.Writes(op)) (home.LastRead, home.Latest) = (history.Invoke[op], op);
        }
    }

    /// <summary>Whether an operation has a place in an order: it reads or writes, and happened.</summary>
    public bool IsPlaced(int op) => _kept[op] && (_times.Reads(op) || _times.Writes(op));
}

using System.Globalization;
using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.RealTime;
using Checker.Histories;

namespace Checker.Checkers.KAtomicity;

/// <summary>Decides for the keys of one history, one at a time, whether they are k-atomic.</summary>
internal sealed class KeyJudge
{
    private readonly History _history;
    private readonly DataType _type;
    private readonly CheckOptions _options;
    private readonly HashSet<int> _never = [];
    private readonly int[] _unwritten; // by key: a read of what was never written before it ended
    private readonly int[] _versions;
    private readonly int[] _stalest; // by key: the read that is most versions behind for certain
    private KeyPartition? _partition;

    private KeyJudge(RegisterTimes times, DataType type, CheckOptions options)
    {
        _history = times.History;
        _type = type;
        _options = options;
        Times = times;
        Sources = ReadSources.Find(times);
        if (times.HasUnknownSwaps)
        {
            _never = UnknownSwaps.NeverAtAll(times, Sources);
            if (_never.Count > 0) Sources = ReadSources.Find(times, _never);
        }

        Clusters = new KeyClusters(times, Sources);
        _unwritten = new int[_history.KeyCount];
        _stalest = new int[_history.KeyCount];
        Array.Fill(_unwritten, -1);
        Array.Fill(_stalest, -1);
        _versions = new int[_history.KeyCount];
        FindReads();
    }

    public RegisterTimes Times { get; }

    public ReadSources Sources { get; }

    public KeyClusters Clusters { get; }

    /// <summary>Prepares a history.</summary>
    /// <returns>Null; or why it cannot be judged.</returns>
    public static string? TryBuild(History history, DataType type, CheckOptions options, out KeyJudge? judge)
    {
        var reason = RegisterTimes.TryBuild(history, options, out var times);
        judge = reason is null ? new KeyJudge(times!, type, options) : null;
        return reason;
    }

    /// <summary>Whether no k will do for a key.</summary>
    public bool IsImpossible(int key) => _unwritten[key] >= 0 || (!Clusters.NeedsSearch(key) && Clusters.Rivals[key].First >= 0);

    /// <summary>How many versions some read of a key is behind for certain.</summary>
    public int VersionsBehind(int key) => _versions[key];

    /// <summary>Judges a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="k">How many of the last values a read may return.</param>
    /// <param name="steps">The budget of steps.</param>
    public KeyVerdict Judge(int key, int k, long steps)
    {
        if (IsImpossible(key) || _versions[key] >= k) return new KeyVerdict(VerdictKind.Invalid, "versions behind");
        if (Clusters.NeedsSearch(key)) return Search(key, k, steps);
        var clusters = Clusters.Of(key);
        if (k <= 2)
        {
            var suffix = new SuffixOrder(clusters, k);
            var found = suffix.Find();
            return new KeyVerdict(found ? VerdictKind.Valid : VerdictKind.Invalid, "order from the end")
            {
                Order = found && _options.Certify ? Operations(key, suffix.Order) : null,
                Steps = suffix.Steps,
            };
        }

        if (GreedyOrder.LowerBound(clusters) > k) return new KeyVerdict(VerdictKind.Invalid, "writes between");
        if (GreedyOrder.Find(clusters) is { } order && new ClusterOrder(clusters, order).K(clusters) <= k)
        {
            return new KeyVerdict(VerdictKind.Valid, "greedy order") { Order = _options.Certify ? Operations(key, order) : null, Steps = order.Count };
        }

        return Search(key, k, steps);
    }

    /// <summary>The evidence that a key is not k-atomic, if it was found to be so.</summary>
    public Anomaly Explain(int key, int k, KeyVerdict verdict)
    {
        var evidence = new KAtomicEvidence(this, _type, key, k);
        if (_unwritten[key] >= 0) return new ReadEvidence(Times, Sources, _never, _type, regular: true).Explain(_unwritten[key]);
        if (!Clusters.NeedsSearch(key) && Clusters.Rivals[key].First >= 0) return evidence.Rivals();
        if (_versions[key] >= k) return evidence.Stale(_stalest[key]);
        if (verdict.Search is null) return k > 2 ? evidence.Between() : evidence.NoOrder();
        var found = new ObjectVerdict(VerdictKind.Invalid, verdict.Algorithm, null, null, verdict.Search);
        var anomaly = new Linearizability.Evidence.Counterexample(Lagging(k), [], _options).Explain(Rows(key), found);
        return anomaly with { Kind = "not-k-atomic" };
    }

    private KeyVerdict Search(int key, int k, long steps)
    {
        var (_, result) = new SearchRace(Lagging(k)).Run(Rows(key), new SearchBudget(steps, _options.MaxBytes, _options.Cancellation));
        var reason = result.Kind == VerdictKind.Unknown
            ? string.Create(CultureInfo.InvariantCulture, $"{result.Reason}: longest {k}-atomic prefix {result.Order.Length:N0} operations")
            : null;
        return new KeyVerdict(result.Kind, "search for an order")
        {
            Order = result.Kind == VerdictKind.Valid ? result.Order : null,
            Search = result,
            Steps = result.Steps,
            Reason = reason,
        };
    }

    private static SearchJudge<LaggingRegisterSpec, RecentValues> Lagging(int k) =>
        new((values, initial) => new LaggingRegisterSpec(values, initial, k), bundled: false);

    // A write of unknown outcome that no operation can have observed would only make reads staler.
    private KeyHistory Rows(int key)
    {
        _partition ??= KeyPartition.Of(_history, _type, Times.Initial, _options with { ObserveFailedCas = false });
        var all = _partition[key];
        var read = new HashSet<Histories.Values.ValueId>();
        foreach (var op in all.Operations)
        {
            if (Times.Reads(op) && !_never.Contains(op)) read.Add(Times.ReadValue(op));
        }

        var rows = new List<int>();
        for (var row = 0; row < all.Count; row++)
        {
            var op = all.Operations[row];
            var certain = Times.IsCertain(op);
            if (certain || (Times.Writes(op) && !_never.Contains(op) && read.Contains(Times.WrittenValue(op)))) rows.Add(row);
        }

        return all.Only([.. rows]);
    }

    private void FindReads()
    {
        var reads = new List<int>();
        for (var op = 0; op < _history.Count; op++)
        {
            if (!Times.IsCertain(op) || !Times.Reads(op)) continue;
            var source = Sources.Source(op);
            if (source == ReadSources.Nobody && _unwritten[_history.Key[op]] < 0) _unwritten[_history.Key[op]] = op;
            if (source != ReadSources.Nobody) reads.Add(op);
        }

        int[] all = [.. reads];
        var behind = new Staleness.CertainWrites(Times).VersionsBehind(Sources, all);
        for (var i = 0; i < all.Length; i++)
        {
            var key = _history.Key[all[i]];

            // A compare-and-set finds the current value: being behind at all is too much, whatever k is.
            var versions = behind[i] > 0 && _history.Functions[all[i]] == Function.Cas ? int.MaxValue : behind[i];
            if (versions <= _versions[key]) continue;
            _versions[key] = versions;
            _stalest[key] = all[i];
        }
    }

    // The operations of a key in the order of the writes, each read as early as it can be.
    private int[] Operations(int key, IReadOnlyList<int> order)
    {
        var clusters = Clusters.Of(key);
        var places = new ClusterOrder(clusters, order);
        var entries = new List<(int Place, int Rank, int Operation)>();
        for (var place = 0; place < order.Count; place++)
        {
            if (clusters[order[place]].Write >= 0) entries.Add((place, -1, clusters[order[place]].Write));
        }

        _partition ??= KeyPartition.Of(_history, _type, Times.Initial, _options with { ObserveFailedCas = false });
        foreach (var op in _partition[key].Operations)
        {
            if (Clusters.IsPlaced(op) && !Times.Writes(op)) entries.Add((places.PlaceOf(Clusters.Home(op), _history.Invoke[op]), op, op));
        }

        entries.Sort();
        return [.. entries.Select(entry => entry.Operation)];
    }
}

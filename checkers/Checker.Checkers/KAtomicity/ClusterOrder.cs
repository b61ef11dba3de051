using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.KAtomicity;

/// <summary>
/// An order of the writes of one key that keeps real time, with every read put as early as it can be: right after its own write and all
/// writes that ended before it began.
/// </summary>
internal sealed class ClusterOrder
{
    private readonly long[] _byEnd; // clusters by end; of these and those before, the last place
    private readonly int[] _lastPlace;
    private readonly int[] _placeOf;

    /// <summary>Prepares. O(n log n).</summary>
    /// <param name="clusters">The clusters of the key.</param>
    /// <param name="order">The clusters in the order of their writes.</param>
    public ClusterOrder(ReadOnlySpan<Cluster> clusters, IReadOnlyList<int> order)
    {
        _placeOf = new int[clusters.Length];
        for (var place = 0; place < order.Count; place++) _placeOf[order[place]] = place;
        _byEnd = new long[clusters.Length];
        for (var i = 0; i < clusters.Length; i++) _byEnd[i] = PositionSort.Entry(Math.Min(clusters[i].End, int.MaxValue - 2), i);
        PositionSort.Sort(_byEnd);
        _lastPlace = new int[clusters.Length];
        var last = 0;
        for (var at = 0; at < _byEnd.Length; at++) _lastPlace[at] = last = Math.Max(last, _placeOf[PositionSort.NumberOf(_byEnd[at])]);
    }

    /// <summary>The place of a read: that of the last write before it.</summary>
    /// <param name="home">The cluster of the read.</param>
    /// <param name="begin">The position at which it began.</param>
    public int PlaceOf(int home, int begin)
    {
        var ended = PositionSort.CountUpTo(_byEnd, begin - 1);
        return ended == 0 ? _placeOf[home] : Math.Max(_placeOf[home], _lastPlace[ended - 1]);
    }

    /// <summary>The least k for which this order is k-atomic.</summary>
    public int K(ReadOnlySpan<Cluster> clusters)
    {
        var k = 1;
        for (var i = 0; i < clusters.Length; i++)
        {
            if (clusters[i].LastRead >= 0) k = Math.Max(k, PlaceOf(i, clusters[i].LastRead) - _placeOf[i] + 1);
        }

        return k;
    }
}

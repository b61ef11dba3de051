namespace Checker.Checkers.Convergence;

/// <summary>
/// The sums that some of given numbers can make: as sorted intervals, so that numbers of like size cost little however many they are.
/// </summary>
internal sealed class ReachableSums
{
    private readonly List<(Int128 First, Int128 Last)> _intervals = [(0, 0)];
    private readonly List<(Int128 First, Int128 Last)> _merged = [];

    /// <summary>How many intervals there are.</summary>
    public int Intervals => _intervals.Count;

    /// <summary>The least sum.</summary>
    public Int128 Least => _intervals[0].First;

    /// <summary>The greatest sum.</summary>
    public Int128 Greatest => _intervals[^1].Last;

    /// <summary>Lets one more number be part of a sum. O(intervals).</summary>
    public void Add(long number)
    {
        if (number == 0) return;
        _merged.Clear();
        int here = 0, there = 0;
        while (here < _intervals.Count || there < _intervals.Count)
        {
            var isHere = there == _intervals.Count || (here < _intervals.Count && _intervals[here].First <= _intervals[there].First + number);
            var next = isHere ? _intervals[here++] : (_intervals[there].First + number, _intervals[there++].Last + number);
            if (_merged.Count > 0 && next.Item1 <= _merged[^1].Last + 1) _merged[^1] = (_merged[^1].First, Int128.Max(_merged[^1].Last, next.Item2));
            else _merged.Add(next);
        }

        _intervals.Clear();
        _intervals.AddRange(_merged);
    }

    /// <summary>Whether the numbers can make a sum. O(log intervals).</summary>
    public bool Contains(Int128 sum)
    {
        int low = 0, high = _intervals.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (sum < _intervals[middle].First) high = middle - 1;
            else if (sum > _intervals[middle].Last) low = middle + 1;
            else return true;
        }

        return false;
    }
}

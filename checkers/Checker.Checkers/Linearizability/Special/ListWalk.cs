using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>The walk of <see cref="RepeatedAppendList"/> over the events of one list.</summary>
internal ref struct ListWalk
{
    private readonly KeyHistory _history;
    private readonly ReadOnlySpan<ValueId> _all; // what stands in each place, as the longest read shows
    private readonly Dictionary<ValueId, PriorityQueue<int, int>> _begun = []; // appends that fill no place yet, by their returns
    private readonly Dictionary<int, List<int>> _reads = []; // begun and not placed, by the length of what they show
    private readonly bool[] _placed;

    public ListWalk(in KeyHistory history, ReadOnlySpan<ValueId> all, int initial)
    {
        _history = history;
        _all = all;
        _placed = new bool[history.Count];
        Length = initial;
    }

    /// <summary>The order so far: rows.</summary>
    public List<int> Order { get; } = [];

    /// <summary>How many items the list has.</summary>
    public int Length { get; private set; }

    /// <summary>Whether the walk is stuck at a read that begins when the list is longer than what it shows.</summary>
    public bool IsStale { get; private set; }

    /// <summary>If it is stuck otherwise: the item of which no append can fill the next place.</summary>
    public ValueId Missing { get; private set; }

    /// <summary>Walks to the end; the row at which no order goes on, or null.</summary>
    public int? Run()
    {
        var ends = new long[_history.Count];
        var count = 0;
        for (var row = 0; row < _history.Count; row++)
        {
            if (_history.Returns[row] != KeyHistory.Never) ends[count++] = PositionSort.Entry(_history.Returns[row], row);
        }

        PositionSort.Sort(ends.AsSpan(0, count));
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            var row = PositionSort.NumberOf(ends[i]);
            for (; next < _history.Count && _history.Invokes[next] < _history.Returns[row]; next++)
            {
                if (Begin(next)) continue;
                IsStale = true;
                return next;
            }

            if (!_placed[row] && !End(row)) return row;
        }

        return null;
    }

    private readonly int Shown(int read) => Specs.Malformations.ItemsOf(_history.History.Values, _history.Outputs[read]).Length;

    private readonly bool Begin(int row)
    {
        if (_history.Functions[row] == Function.Append)
        {
            var item = _history.Inputs[row];
            if (!_begun.TryGetValue(item, out var begun)) _begun.Add(item, begun = new());
            begun.Enqueue(row, _history.Returns[row]);
            return true;
        }

        var length = Shown(row);
        if (!_reads.TryGetValue(length, out var reads)) _reads.Add(length, reads = []);
        reads.Add(row);
        return Length <= length;
    }

    // Makes the list as long as what returns needs it.
    private bool End(int row)
    {
        if (_history.Functions[row] == Function.Read)
        {
            for (var length = Shown(row); Length < length;)
            {
                if (!Fill()) return false;
            }

            PlaceReads();
            return true;
        }

        while (!_placed[row] && Length < _all.Length)
        {
            if (!Fill()) return false;
        }

        if (_placed[row]) return true;
        PlaceReads();
        Place(row); // behind all that was ever read
        Length++;
        return true;
    }

    private bool Fill()
    {
        PlaceReads();
        Missing = _all[Length];
        if (!_begun.TryGetValue(Missing, out var begun)) return false;
        if (!begun.TryDequeue(out var row, out _)) return false;
        Place(row);
        Length++;
        return true;
    }

    private readonly void PlaceReads()
    {
        if (!_reads.Remove(Length, out var reads)) return;
        foreach (var read in reads) Place(read);
    }

    private readonly void Place(int row)
    {
        _placed[row] = true;
        Order.Add(row);
    }
}

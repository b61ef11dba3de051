using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>An increment, and the gaps between layers in which it may lie; gap g is before layer g.</summary>
/// <param name="Number">Its number among the increments.</param>
/// <param name="Row">Its row.</param>
/// <param name="Return">The position of its return.</param>
/// <param name="First">The first gap.</param>
/// <param name="Last">The last gap.</param>
/// <param name="IsUnknown">Whether its outcome is unknown.</param>
/// <param name="Amount">By how much, at least one.</param>
internal readonly record struct CounterIncrement(int Number, int Row, int Return, int First, int Last, bool IsUnknown, long Amount);

/// <summary>
/// The reads of a counter by value, and its increments. A counter that only shrinks is looked at with all signs changed.
/// </summary>
internal sealed class CounterLayers
{
    private const long Most = 1L << 40;

    private readonly List<long> _values;
    private readonly List<int> _minReturn;
    private readonly List<int> _maxInvoke;
    private readonly List<int> _starts = []; // the first slot of each gap

    private CounterLayers(int reads, int increments)
    {
        _values = new(reads);
        _minReturn = new(reads);
        _maxInvoke = new(reads);
        Reads = new(reads);
        LayerOf = new(reads);
        Increments = new(increments);
    }

    /// <summary>The distinct values read, increasing.</summary>
    public IReadOnlyList<long> Values => _values;

    /// <summary>The reads' rows by value, then by invocation.</summary>
    public List<int> Reads { get; }

    /// <summary>The layer of each of <see cref="Reads"/>.</summary>
    public List<int> LayerOf { get; }

    /// <summary>The increments by invocation.</summary>
    public List<CounterIncrement> Increments { get; }

    /// <summary>The rows that add nothing, by invocation: they may lie anywhere.</summary>
    public List<int> Nothings { get; } = [];

    /// <summary>1, or −1 if the counter shrinks: the values here are the real ones times this.</summary>
    public int Sign { get; private set; } = 1;

    /// <summary>By how much the last layer differs from the value at first: of increments by one each has a slot.</summary>
    public long Slots { get; private set; }

    /// <summary>The value at first.</summary>
    public long Initial { get; private set; }

    /// <summary>A read that returned before another one of a smaller value began, and that one; −1 if there are none.</summary>
    public (int Early, int Late) Reversed { get; private set; } = (-1, -1);

    /// <summary>A read below the value at first; −1 if there is none.</summary>
    public int TooLow { get; private set; } = -1;

    /// <summary>How much is added in a gap before a layer.</summary>
    public long Size(int gap) => _values[gap] - (gap == 0 ? Initial : _values[gap - 1]);

    /// <summary>The gap of a slot.</summary>
    public int GapOf(int slot)
    {
        var found = _starts.BinarySearch(slot);
        if (found < 0) return ~found - 1;
        while (found + 1 < _starts.Count && _starts[found + 1] == slot) found++; // gaps without slots come first
        return found;
    }

    /// <summary>The first slot of a gap.</summary>
    public int Start(int gap) => _starts[gap];

    /// <summary>Reads the rows; null, and why, if the counter goes up and down, or too far.</summary>
    /// <param name="history">The rows.</param>
    /// <param name="unit">Whether only increments by one are wanted.</param>
    /// <param name="reason">If nothing is returned: why.</param>
    public static CounterLayers? Of(in KeyHistory history, bool unit, out string? reason)
    {
        var values = history.History.Values;
        // What does not apply is known before anything is stored.
        if ((reason = Obstacle(history, unit)) is not null) return null;
        var count = history.Functions.Count(Function.Read);
        var reads = new List<(long Value, int Row)>(count);
        var increments = new List<(long Amount, int Row)>(history.Count - count);
        var layers = new CounterLayers(count, history.Count - count);
        var down = false;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Read)
            {
                values.TryGetInteger(history.Outputs[row], out var value);
                reads.Add((value, row));
                continue;
            }

            var amount = Amount(history, row)!.Value;
            down |= amount < 0;
            if (amount == 0) layers.Nothings.Add(row);
            else increments.Add((amount, row));
        }

        reason = "values beyond what can be counted";
        if (!values.TryGetInteger(history.Initial, out var initial)) initial = 0;
        layers.Sign = down ? -1 : 1;
        layers.Initial = initial * layers.Sign;
        for (var i = 0; i < reads.Count; i++) reads[i] = (reads[i].Value * layers.Sign, reads[i].Row);
        reads.Sort();
        if (reads.Count > 0 && (reads[0].Value < -Most || reads[^1].Value > Most)) return null;
        if (initial is < -Most or > Most || increments.Exists(i => Math.Abs(i.Amount) > Most)) return null;
        layers.AddReads(history, reads);
        if (layers.TooLow < 0 && unit && layers.Slots <= increments.Count) layers.AddGaps();
        if (layers.TooLow < 0) layers.AddIncrements(history, increments);
        return layers;
    }

    // Why a counter's reads are no layers, or not of the kind that is wanted; null if they may be.
    private static string? Obstacle(in KeyHistory history, bool unit)
    {
        var (up, down, large) = (false, false, false);
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Read)
            {
                if (!history.History.Values.TryGetInteger(history.Outputs[row], out _)) return "a result or an amount without form";
                continue;
            }

            if (Amount(history, row) is not { } amount) return "a result or an amount without form";
            (up, down, large) = (up | (amount > 0), down | (amount < 0), large | (amount is < -1 or > 1));
            if (up && down) return "a counter that goes up and down";
            if (unit && large) return "increments by more than one";
        }

        return null;
    }

    /// <summary>By how much a row that is no read changes the counter; null if it is not formed.</summary>
    public static long? Amount(in KeyHistory history, int row)
    {
        if (history.Functions[row] is not (Function.Add or Function.Increment or Function.Decrement)) return null;
        var amount = 1L;
        var one = history.Inputs[row].IsNull && history.Functions[row] != Function.Add;
        if (!one && !history.History.Values.TryGetInteger(history.Inputs[row], out amount)) return null;
        if (history.Type.Name == DataTypes.Counter.Name && amount < 0) return null;
        return amount == long.MinValue ? null : history.Functions[row] == Function.Decrement ? -amount : amount;
    }

    /// <summary>An order with the acknowledged rows that add nothing put in, where real time wants them.</summary>
    public int[] Complete(int[] order, KeyHistory history)
    {
        if (Nothings.Count == 0) return order;
        return RealTime.Merge([order, [.. Nothings.Where(row => history.Returns[row] != KeyHistory.Never)]], history);
    }

    private void AddReads(in KeyHistory history, List<(long Value, int Row)> reads)
    {
        var latest = -1; // the row invoked last in earlier layers
        for (var i = 0; i < reads.Count; i++)
        {
            var (value, row) = reads[i];
            if (value < Initial && TooLow < 0) TooLow = row;
            if (_values.Count == 0 || _values[^1] != value)
            {
                for (var j = i - 1; j >= 0 && reads[j].Value == reads[i - 1].Value; j--)
                {
                    if (latest < 0 || history.Invokes[reads[j].Row] > history.Invokes[latest]) latest = reads[j].Row;
                }

                _values.Add(value);
                _minReturn.Add(int.MaxValue);
                _maxInvoke.Add(-1);
            }

            if (latest >= 0 && history.Returns[row] < history.Invokes[latest] && Reversed.Early < 0) Reversed = (row, latest);
            _minReturn[^1] = Math.Min(_minReturn[^1], history.Returns[row]);
            _maxInvoke[^1] = Math.Max(_maxInvoke[^1], history.Invokes[row]);
            Reads.Add(row);
            LayerOf.Add(_values.Count - 1);
        }

        Slots = _values.Count == 0 ? 0 : _values[^1] - Initial;
    }

    private void AddGaps()
    {
        _starts.EnsureCapacity(_values.Count);
        for (var gap = 0; gap < _values.Count; gap++) _starts.Add((int)((gap == 0 ? Initial : _values[gap - 1]) - Initial));
    }

    private void AddIncrements(in KeyHistory history, List<(long Amount, int Row)> rows)
    {
        var count = _values.Count;
        var earliest = new int[count + 1]; // the earliest return of a read in this layer or a later one
        var latest = new int[count + 1];   // the latest invocation of a read in an earlier layer
        earliest[count] = int.MaxValue;
        latest[0] = -1;
        for (var layer = count - 1; layer >= 0; layer--) earliest[layer] = Math.Min(earliest[layer + 1], _minReturn[layer]);
        for (var layer = 0; layer < count; layer++) latest[layer + 1] = Math.Max(latest[layer], _maxInvoke[layer]);
        foreach (var (amount, row) in rows)
        {
            var first = LowerBound(earliest, count, history.Invokes[row]);
            var last = UpperBound(latest, history.Returns[row]) - 1;
            Increments.Add(new(Increments.Count, row, history.Returns[row], first, Math.Min(last, count), history.Returns[row] == KeyHistory.Never, Math.Abs(amount)));
        }
    }

    private static int LowerBound(int[] sorted, int count, int value)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static int UpperBound(int[] sorted, int value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= value) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// The reads of a counter by value, and its increments. A counter that only shrinks is looked at with all signs changed.
/// </summary>
internal sealed class CounterLayers
{
    private const long Most = 1L << 40;

    private readonly long[] _values; // of the layers
    private readonly int[] _starts; // of each layer: where its reads begin, and the end
    private int[] _reads;
    private int _count;

    private CounterLayers(int reads, CounterIncrements increments)
    {
        _values = GC.AllocateUninitializedArray<long>(reads);
        _starts = GC.AllocateUninitializedArray<int>(reads + 1);
        _reads = [];
        Increments = increments;
    }

    /// <summary>How many different values were read.</summary>
    public int Count => _count;

    /// <summary>The distinct values read, increasing.</summary>
    public ReadOnlySpan<long> Values => _values.AsSpan(0, _count);

    /// <summary>The reads' rows by value, then by invocation.</summary>
    public ReadOnlySpan<int> Reads => _reads;

    /// <summary>The reads' rows of some layers, by value, then by invocation.</summary>
    public ReadOnlySpan<int> ReadsOf(int from, int to) => _reads.AsSpan(_starts[from].._starts[to + 1]);

    /// <summary>The increments by invocation.</summary>
    public CounterIncrements Increments { get; }

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
        // The first layer of a value beyond it.
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_values[middle] - Initial <= slot) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>The first slot of a gap.</summary>
    public long Start(int gap) => (gap == 0 ? Initial : _values[gap - 1]) - Initial;

    /// <summary>Reads the rows; null, and why, if the counter goes up and down, or too far.</summary>
    /// <param name="history">The rows.</param>
    /// <param name="unit">Whether only increments by one are wanted.</param>
    /// <param name="reason">If nothing is returned: why.</param>
    public static CounterLayers? Of(in KeyHistory history, bool unit, out string? reason)
    {
        var values = history.History.Values;
        // What does not apply is known before anything is stored.
        if ((reason = CounterRows.Obstacle(history, unit)) is not null) return null;
        var functions = history.Functions;
        var (read, nothing, greatest, least, down) = (0, 0, long.MinValue, long.MaxValue, false);
        for (var row = 0; row < functions.Length; row++)
        {
            if (functions[row] == Function.Read)
            {
                read++;
                values.TryGetInteger(history.Outputs[row], out var value);
                (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
                continue;
            }

            var amount = CounterRows.Amount(history, row)!.Value;
            if (amount is < -Most or > Most) reason = "values beyond what can be counted";
            down |= amount < 0;
            nothing += amount == 0 ? 1 : 0;
        }

        if (!values.TryGetInteger(history.Initial, out var initial)) initial = 0;
        if (initial is < -Most or > Most || (read > 0 && (least < -Most || greatest > Most))) reason = "values beyond what can be counted";
        if (reason is not null) return null;
        var layers = new CounterLayers(read, new CounterIncrements(history, functions.Length - read - nothing, unit)) { Sign = down ? -1 : 1 };
        layers.Initial = initial * layers.Sign;
        layers.Read(history, read, down ? -greatest : least);
        if (layers.TooLow < 0) layers.PlaceIncrements(history);
        return layers;
    }

    // Reads the rows: the reads sorted by value, that is nearly as they come.
    private void Read(in KeyHistory history, int count, long least)
    {
        var values = history.History.Values;
        var functions = history.Functions;
        var outputs = history.Outputs;
        using var found = new Rented<long>(count);
        using var rows = new Rented<int>(count);
        var (read, increment) = (0, 0);
        for (var row = 0; row < functions.Length; row++)
        {
            if (functions[row] == Function.Read)
            {
                values.TryGetInteger(outputs[row], out var value);
                found.Span[read] = (value * Sign) - least;
                rows.Span[read++] = row;
            }
            else if (CounterRows.Amount(history, row)!.Value is var amount && amount != 0)
            {
                Increments.Set(increment++, row, Math.Abs(amount));
            }
            else
            {
                Nothings.Add(row);
            }
        }

        _reads = GC.AllocateUninitializedArray<int>(count);
        if (Sort(found.Span))
        {
            for (var i = 0; i < count; i++)
            {
                var entry = found.Span[i];
                _reads[i] = rows.Span[PositionSort.NumberOf(entry)];
                found.Span[i] = PositionSort.PositionOf(entry);
            }
        }
        else
        {
            var pairs = new (long Value, int Row)[count];
            for (var i = 0; i < count; i++) pairs[i] = (found.Span[i], rows.Span[i]);
            Array.Sort(pairs);
            for (var i = 0; i < count; i++) (found.Span[i], _reads[i]) = pairs[i];
        }

        AddLayers(history, found.Span, least);
    }

    // Makes sorted entries of numbers and what belongs to them, if these are small enough to sort so.
    private static bool Sort(Span<long> found)
    {
        foreach (var value in found)
        {
            if (value >= int.MaxValue) return false;
        }

        for (var i = 0; i < found.Length; i++) found[i] = PositionSort.Entry((int)found[i], i);
        PositionSort.Sort(found);
        return true;
    }

    /// <summary>An order with the acknowledged rows that add nothing put in, where real time wants them.</summary>
    public int[] Complete(int[] order, KeyHistory history)
    {
        if (Nothings.Count == 0) return order;
        return RealTime.Merge([order, [.. Nothings.Where(row => history.Returns[row] != KeyHistory.Never)]], history);
    }

    private void AddLayers(in KeyHistory history, ReadOnlySpan<long> found, long least)
    {
        var invokes = history.Invokes;
        var returns = history.Returns;
        var (before, latest) = (-1, -1); // the row invoked last in earlier layers, and in this one as well
        for (var i = 0; i < found.Length; i++)
        {
            var row = _reads[i];
            var value = found[i] + least;
            if (_count == 0 || _values[_count - 1] != value)
            {
                before = latest;
                _values[_count] = value;
                _starts[_count++] = i;
            }

            if (value < Initial && TooLow < 0) TooLow = row;
            if (before >= 0 && returns[row] < invokes[before] && Reversed.Early < 0) Reversed = (row, before);
            if (latest < 0 || invokes[row] > invokes[latest]) latest = row;
        }

        _starts[_count] = found.Length;
        Slots = _count == 0 ? 0 : _values[_count - 1] - Initial;
    }

    private void PlaceIncrements(in KeyHistory history)
    {
        var invokes = history.Invokes;
        var returns = history.Returns;
        using var earliestOf = new Rented<int>(_count + 1);
        using var latestOf = new Rented<int>(_count + 1);
        var earliest = earliestOf.Span;
        var latest = latestOf.Span;
        earliest[_count] = int.MaxValue;
        latest[0] = -1;
        for (var layer = 0; layer < _count; layer++)
        {
            latest[layer + 1] = latest[layer];
            foreach (var row in ReadsOf(layer, layer)) latest[layer + 1] = Math.Max(latest[layer + 1], invokes[row]);
        }

        for (var layer = _count - 1; layer >= 0; layer--)
        {
            earliest[layer] = earliest[layer + 1];
            foreach (var row in ReadsOf(layer, layer)) earliest[layer] = Math.Min(earliest[layer], returns[row]);
        }

        Increments.Place(earliest, latest);
    }
}

using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// A counter in real time: what begins and ends at each event. Changes of nothing are left out, and so are those of unknown outcome where they have no
/// effect. Operations that are open at the same time have different slots; changes and reads are numbered apart.
/// </summary>
internal sealed class SumEvents
{
    private const long Most = 1L << 60; // what all changes come to at most, so that nothing overflows
    private const int KindBits = 2;
    private const int KindMask = (1 << KindBits) - 1;

    private readonly int[] _events; // by time: a row that begins, or the complement of one that ends
    private readonly long[] _values; // by row: by how much it changes the counter, or what it found
    private readonly int[] _returns; // by row, in time
    private readonly int[] _places; // by row: its slot, and in the lowest bits what it is

    private SumEvents(in KeyHistory history, long[] values, long initial)
    {
        _values = values;
        Initial = initial;
        var time = new LocalTime(history);
        _returns = time.Return;
        _places = GC.AllocateUninitializedArray<int>(history.Count);
        _events = GC.AllocateUninitializedArray<int>(time.Events);
        for (var row = 0; row < history.Count; row++)
        {
            _events[time.Invoke[row]] = row;
            if (_returns[row] < time.Events) _events[_returns[row]] = ~row;
        }

        Amounts = NumberUnknown(history);
        UnknownRows = [.. Amounts.Select(_ => new List<int>())];
        Number(history);
    }

    /// <summary>The value at first.</summary>
    public long Initial { get; }

    /// <summary>How many events there are.</summary>
    public int Count => _events.Length;

    /// <summary>How many rows there are.</summary>
    public int Rows => _values.Length;

    /// <summary>The different amounts of changes of unknown outcome, increasing.</summary>
    public long[] Amounts { get; }

    /// <summary>By amount, the rows of those changes, by invocation.</summary>
    public List<int>[] UnknownRows { get; }

    /// <summary>How many slots the changes take that are known to have happened.</summary>
    public int ChangeSlots { get; private set; }

    /// <summary>How many slots the reads take.</summary>
    public int ReadSlots { get; private set; }

    /// <summary>The acknowledged rows that change nothing, by invocation: they may lie anywhere.</summary>
    public List<int> Nothings { get; } = [];

    /// <summary>What happens at a time: a row that begins, or the complement of one that ends.</summary>
    public int this[int time] => _events[time];

    /// <summary>By how much a row changes the counter, or what it found.</summary>
    public long Value(int row) => _values[row];

    /// <summary>When a row ends.</summary>
    public int Return(int row) => _returns[row];

    /// <summary>What a row is.</summary>
    public SumKind Kind(int row) => (SumKind)(_places[row] & KindMask);

    /// <summary>The slot of a row; of a change of unknown outcome the number of its amount.</summary>
    public int Slot(int row) => _places[row] >> KindBits;

    /// <summary>Reads a counter; null, and why, if it cannot be counted.</summary>
    public static SumEvents? Of(in KeyHistory history, out string? reason)
    {
        var values = history.History.Values;
        if (!values.TryGetInteger(history.Initial, out var initial)) initial = 0;
        var total = Math.Abs((double)initial);
        var column = GC.AllocateUninitializedArray<long>(history.Count);
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Read)
            {
                reason = "a read without form, or of too much";
                if (!values.TryGetInteger(history.Outputs[row], out column[row]) || column[row] is < -Most or > Most) return null;
                continue;
            }

            reason = "an amount without form";
            if (CounterRows.Amount(history, row) is not { } amount) return null;
            column[row] = amount;
            total += Math.Abs((double)amount);
        }

        reason = total < Most ? null : "values beyond what can be counted";
        return reason is null ? new SumEvents(history, column, initial) : null;
    }

    private long[] NumberUnknown(in KeyHistory history)
    {
        var amounts = new SortedSet<long>();
        for (var row = 0; row < history.Count; row++)
        {
            if (_returns[row] == Count && _values[row] != 0) amounts.Add(_values[row]);
        }

        return [.. amounts];
    }

    private void Number(in KeyHistory history)
    {
        var functions = history.Functions;
        var (changes, reads) = (new Stack<int>(), new Stack<int>());
        foreach (var entry in _events)
        {
            var row = entry < 0 ? ~entry : entry;
            if (entry < 0)
            {
                if (Kind(row) != SumKind.Nothing) (Kind(row) == SumKind.Read ? reads : changes).Push(Slot(row));
                continue;
            }

            if (functions[row] == Function.Read) _places[row] = Place(SumKind.Read, reads.TryPop(out var free) ? free : ReadSlots++);
            else if (_values[row] == 0) _places[row] = Place(SumKind.Nothing, 0);
            else if (_returns[row] < Count) _places[row] = Place(SumKind.Change, changes.TryPop(out var free) ? free : ChangeSlots++);
            else
            {
                _places[row] = Place(SumKind.Unknown, Array.BinarySearch(Amounts, _values[row]));
                UnknownRows[Slot(row)].Add(row);
            }

            if (Kind(row) == SumKind.Nothing && _returns[row] < Count) Nothings.Add(row);
        }
    }

    private static int Place(SumKind kind, int slot) => (slot << KindBits) | (int)kind;
}

using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// A counter as <see cref="SumLane"/> reads it: the order of returns, the different amounts, and how far the counter may have risen and fallen for each read
/// to be possible (as <see cref="SumOutlook"/> has it). 5 bytes for each row and 32 for each read.
/// </summary>
internal sealed class LaneColumns
{
    private const long Most = 1L << 60; // what all changes come to at most, so that nothing overflows
    private const long MostAmount = 1L << 40;

    private readonly KeyHistory _history;
    private readonly int[] _byReturn; // rows
    private readonly sbyte[] _kinds = []; // by amount, from the least one on, if they lie close together
    private readonly byte[] _slots; // by row that is open
    private readonly long[] _rises; // by read, in the order of invocation: how much all rises may come to before it
    private readonly long[] _falls;
    private readonly long[] _risesFrom; // the least of these from there on
    private readonly long[] _fallsFrom;

    private LaneColumns(in KeyHistory history, long initial, long[] amounts, int finished)
    {
        (_history, Initial, Amounts) = (history, initial, amounts);
        _slots = new byte[history.Count];
        if (amounts.Length > 0 && amounts[^1] - amounts[0] < 256)
        {
            _kinds = new sbyte[amounts[^1] - amounts[0] + 1];
            Array.Fill(_kinds, (sbyte)-1);
            for (var kind = 0; kind < amounts.Length; kind++) _kinds[amounts[kind] - amounts[0]] = (sbyte)kind;
        }

        _byReturn = ByReturn(history, finished);
        var reads = history.Functions.Count(Function.Read);
        (_rises, _falls) = (GC.AllocateUninitializedArray<long>(reads), GC.AllocateUninitializedArray<long>(reads));
        (_risesFrom, _fallsFrom) = (GC.AllocateUninitializedArray<long>(reads + 1), GC.AllocateUninitializedArray<long>(reads + 1));
        FillLimits();
    }

    /// <summary>The value at first.</summary>
    public long Initial { get; }

    /// <summary>The different amounts other than nothing, increasing.</summary>
    public long[] Amounts { get; }

    /// <summary>Whether the outcome of some change is unknown.</summary>
    public bool HasUnknown { get; private init; }

    /// <summary>How many rows there are.</summary>
    public int Rows => _history.Count;

    /// <summary>How many of them end.</summary>
    public int Ends => _byReturn.Length;

    /// <summary>Reads a counter; null if it cannot be followed so.</summary>
    public static LaneColumns? Of(in KeyHistory history)
    {
        var values = history.History.Values;
        if (!values.TryGetInteger(history.Initial, out var initial)) initial = 0;
        var (amounts, total, finished, unknown) = (new List<long>(), Math.Abs((double)initial), 0, 0);
        var known = long.MinValue; // the last amount that is in the list
        for (var row = 0; row < history.Count; row++)
        {
            finished += history.Returns[row] == KeyHistory.Never ? 0 : 1;
            if (history.Functions[row] == Function.Read)
            {
                if (!values.TryGetInteger(history.Outputs[row], out var found) || found is < -Most or > Most) return null;
                continue;
            }

            if (CounterRows.Amount(history, row) is not (>= -MostAmount and <= MostAmount and var amount)) return null;
            total += Math.Abs((double)amount);
            unknown += amount != 0 && history.Returns[row] == KeyHistory.Never ? 1 : 0;
            if (amount == known || amount == 0) continue;
            known = amount;
            var place = amounts.BinarySearch(amount);
            if (place >= 0) continue;
            if (amounts.Count == LaneMoment.MostKinds) return null;
            amounts.Insert(~place, amount);
        }

        if (total >= Most || (unknown > 0 && amounts.Count > LaneMoment.MostUnknownKinds) || unknown > ushort.MaxValue) return null;
        return new(history, initial, [.. amounts], finished) { HasUnknown = unknown > 0 };
    }

    /// <summary>The row that ends after so many others.</summary>
    public int Ending(int ended) => _byReturn[ended];

    /// <summary>Whether the next event, after so many rows have begun and ended, is that a row begins.</summary>
    public bool Begins(int begun, int ended) =>
        begun < Rows && (ended == Ends || _history.Invokes[begun] < _history.Returns[_byReturn[ended]]);

    /// <summary>Whether a row reads.</summary>
    public bool IsRead(int row) => _history.Functions[row] == Function.Read;

    /// <summary>When a row returns.</summary>
    public int Return(int row) => _history.Returns[row];

    /// <summary>The kind of a change, by number of its amount; −1 if it changes nothing.</summary>
    public int Kind(int row) => KindOf(CounterRows.Amount(_history, row)!.Value);

    /// <summary>The kind of an amount; −1 if there is none.</summary>
    public int KindOf(long amount)
    {
        if (_kinds.Length > 0) return (ulong)(amount - Amounts[0]) < (ulong)_kinds.Length ? _kinds[amount - Amounts[0]] : -1;
        return Math.Max(-1, Amounts.AsSpan().IndexOf(amount));
    }

    /// <summary>What a read found.</summary>
    public long Found(int row)
    {
        _history.History.Values.TryGetInteger(_history.Outputs[row], out var found);
        return found;
    }

    /// <summary>How much all rises, and all falls, may come to before a read, by its number.</summary>
    public (long Rises, long Falls) Limits(int read) => (_rises[read], _falls[read]);

    /// <summary>The same before any read from one on.</summary>
    public (long Rises, long Falls) LimitsFrom(int read) => (_risesFrom[read], _fallsFrom[read]);

    /// <summary>The slot that an open row has.</summary>
    public ref byte Slot(int row) => ref _slots[row];

    private static int[] ByReturn(in KeyHistory history, int finished)
    {
        using var positions = new Rented<int>(finished);
        var rows = GC.AllocateUninitializedArray<int>(finished);
        var next = 0;
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Returns[row] == KeyHistory.Never) continue;
            positions.Span[next] = history.Returns[row];
            rows[next++] = row;
        }

        using var sorted = PositionSort.NumbersByPosition(positions.Span);
        foreach (ref var number in sorted.Span) number = rows[number];
        sorted.Span.CopyTo(rows);
        return rows;
    }

    private void FillLimits()
    {
        var readOf = GC.AllocateUninitializedArray<int>(Rows); // numbers of the reads
        var (up, down, begun, read) = (Initial, -Initial, 0, 0);
        for (var ended = 0; ended < Ends; ended++)
        {
            for (; Begins(begun, ended); begun++)
            {
                if (IsRead(begun))
                {
                    readOf[begun] = read++;
                    continue;
                }

                var amount = CounterRows.Amount(_history, begun)!.Value;
                up += Math.Max(0, amount);
                down += Math.Max(0, -amount);
            }

            if (!IsRead(_byReturn[ended])) continue;
            var found = Found(_byReturn[ended]);
            (_rises[readOf[_byReturn[ended]]], _falls[readOf[_byReturn[ended]]]) = (found + down, up - found);
        }

        (_risesFrom[^1], _fallsFrom[^1]) = (long.MaxValue, long.MaxValue);
        for (var i = _rises.Length - 1; i >= 0; i--)
            (_risesFrom[i], _fallsFrom[i]) = (Math.Min(_risesFrom[i + 1], _rises[i]), Math.Min(_fallsFrom[i + 1], _falls[i]));
    }
}

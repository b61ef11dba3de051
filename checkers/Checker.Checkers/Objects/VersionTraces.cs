using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Objects;

/// <summary>
/// Registers that are read and written together, each value written once: what each row found of each register, and who left it there. O(size of the history).
/// </summary>
internal sealed class VersionTraces
{
    /// <summary>Nobody wrote it: it was there at first.</summary>
    public const int AtFirst = -1;

    private const int MostLists = 1 << 24;

    private readonly List<int>?[] _writers; // by register and process, rows ascending
    private readonly int _processes;

    private VersionTraces(ObjectHistory rows, RegisterUses uses)
    {
        _processes = rows.ProcessCount;
        _writers = new List<int>[uses.Count * _processes];
        (Found, Written) = (new (int, int)[rows.Count][], new int[rows.Count][]);
        Array.Fill(Found, []);
        Array.Fill(Written, []);
        Baseless = uses.Contradiction;
        foreach (var use in uses.All)
        {
            if (use.Written is null) continue;
            (_writers[(use.Register * _processes) + rows.Process[use.Row]] ??= []).Add(use.Row);
            Written[use.Row] = [.. Written[use.Row], use.Register];
        }
    }

    /// <summary>For each row the registers that it found something in, and the rows that left it there.</summary>
    public (int Register, int Source)[][] Found { get; }

    /// <summary>For each row the registers that it writes.</summary>
    public int[][] Written { get; }

    /// <summary>A row that cannot have found what it did, whatever it saw; −1 if there is none.</summary>
    public int Baseless { get; private set; }

    /// <summary>How many registers there are.</summary>
    public int Registers => _writers.Length / Math.Max(1, _processes);

    /// <summary>Traces a history of registers; null if it is of another type, or it is not clear who wrote what.</summary>
    public static VersionTraces? Of(ObjectHistory rows, CheckOptions options)
    {
        if (rows.Type.Sequential.Name is not ("multi-register" or "snapshot")) return null;
        var columns = new KeyColumns(rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            var op = rows.Original[row];
            columns.Operations[row] = op;
            columns.Functions[row] = rows.History.Functions[op];
            columns.Types[row] = rows.History.Types[op];
            columns.Inputs[row] = rows.History.Input[op];
            columns.Outputs[row] = rows.History.Output[op];
        }

        var initial = Linearizability.Linearizability.InitialOf(rows.History, options);
        if (RegisterUses.Of(new KeyHistory(rows.History, rows.Type, initial, -1, columns, 0, rows.Count)) is not { } uses
            || (long)uses.Count * rows.ProcessCount > MostLists) return null;
        var traces = new VersionTraces(rows, uses);
        return traces.Trace(rows, uses) ? traces : null;
    }

    /// <summary>The last row of a process before the given one that writes a register; −1 if there is none.</summary>
    public int LastWriter(int register, int process, int before)
    {
        if (_writers[(register * _processes) + process] is not { } all) return -1;
        var at = all.BinarySearch(before);
        at = at >= 0 ? at : ~at;
        return at == 0 ? -1 : all[at - 1];
    }

    private bool Trace(ObjectHistory rows, RegisterUses uses)
    {
        var sources = new Dictionary<(int, ValueId), int>();
        foreach (var use in uses.All)
        {
            if (use.Written is { } value && (value == uses.Initial(use.Register) || !sources.TryAdd((use.Register, value), use.Row))) return false;
        }

        var all = uses.All;
        var shown = new int[uses.Count];
        for (int row = 0, next = 0; row < rows.Count; row++)
        {
            var found = new List<(int, int)>();
            for (; next < all.Length && all[next].Row == row; next++)
            {
                shown[all[next].Register] = row + 1;
                if (all[next].Seen is { } value && !rows.Optional[row]) Add(all[next].Register, value);
            }

            var op = rows.Original[row];
            if (rows.History.Functions[op] == Function.Snapshot && rows.History.Input[op].IsNull && !rows.Optional[row])
            {
                // What a snapshot of everything does not show has its first value.
                for (var register = 0; register < uses.Count; register++)
                {
                    if (shown[register] != row + 1) found.Add((register, AtFirst));
                }
            }

            Found[row] = [.. found];

            void Add(int register, ValueId value)
            {
                if (value == uses.Initial(register)) found.Add((register, AtFirst));
                else if (sources.TryGetValue((register, value), out var source) && source != row) found.Add((register, source));
                else if (Baseless < 0) Baseless = row;
            }
        }

        return true;
    }
}

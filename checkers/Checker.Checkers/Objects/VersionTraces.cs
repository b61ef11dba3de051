using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;

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
        for (var row = 0; row < rows.Count; row++)
        {
            if (uses.Left[row].IsEmpty) continue;
            Written[row] = [.. uses.Left[row]];
            foreach (ref var written in Written[row].AsSpan())
            {
                written = uses.RegisterOf(written);
                (_writers[(written * _processes) + rows.Process[row]] ??= []).Add(row);
            }
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
        if (RegisterUses.Of(new KeyHistory(rows.History, rows.Type, initial, -1, columns, 0, rows.Count), out _) is not { } uses
            || (long)uses.Count * rows.ProcessCount > MostLists) return null;
        var traces = new VersionTraces(rows, uses);
        return traces.Trace(uses) ? traces : null;
    }

    /// <summary>The last row of a process before the given one that writes a register; −1 if there is none.</summary>
    public int LastWriter(int register, int process, int before)
    {
        if (_writers[(register * _processes) + process] is not { } all) return -1;
        var at = all.BinarySearch(before);
        at = at >= 0 ? at : ~at;
        return at == 0 ? -1 : all[at - 1];
    }

    private bool Trace(RegisterUses uses)
    {
        var sources = new int[uses.Contents]; // the row that left it
        Array.Fill(sources, AtFirst);
        for (var row = 0; row < Written.Length; row++)
        {
            foreach (var content in uses.Left[row])
            {
                if (content < uses.Count || sources[content] != AtFirst) return false;
                sources[content] = row;
            }
        }

        var found = new List<(int, int)>();
        for (var row = 0; row < Found.Length; row++)
        {
            found.Clear();
            foreach (var content in uses.Found[row])
            {
                if (content < uses.Count || (sources[content] != AtFirst && sources[content] != row)) found.Add((uses.RegisterOf(content), sources[content]));
                else if (Baseless < 0) Baseless = row;
            }

            Found[row] = [.. found];
        }

        return true;
    }
}

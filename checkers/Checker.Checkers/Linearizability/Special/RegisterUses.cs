using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>What one operation does with one register.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Register">The register.</param>
/// <param name="Seen">What it found there at first; null if it does not say.</param>
/// <param name="Written">What it left; null if it left what was there.</param>
internal readonly record struct RegisterUse(int Row, int Register, ValueId? Seen, ValueId? Written);

/// <summary>What the operations on several registers do with each of them: of one operation at most one <see cref="RegisterUse"/> for each register.</summary>
internal sealed class RegisterUses
{
    private readonly List<RegisterUse> _uses = [];
    private readonly List<int> _lastRow = []; // by register
    private readonly Dictionary<(int Register, ValueId Value), int> _passing = [];

    private RegisterUses(Specs.Registers registers) => Registers = registers;

    /// <summary>The registers' names and first values.</summary>
    public Specs.Registers Registers { get; }

    /// <summary>How many registers there are.</summary>
    public int Count => _lastRow.Count;

    /// <summary>The uses by row.</summary>
    public ReadOnlySpan<RegisterUse> All => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_uses);

    /// <summary>A row that found what it had just written, or found before, to be something else; −1 if there is none.</summary>
    public int Contradiction { get; private set; } = -1;

    /// <summary>
    /// A row that wrote a value to a register and something else right behind it, so that nobody else can have found the value; −1 if there is none.
    /// </summary>
    public int InPassing(int register, ValueId value) => _passing.GetValueOrDefault((register, value), -1);

    /// <summary>The first value of a register.</summary>
    public ValueId Initial(int register) => Registers.Read(PersistentMap.Empty, register);

    /// <summary>Reads the rows; null if one has no form, or shows a register twice.</summary>
    public static RegisterUses? Of(in KeyHistory history)
    {
        var uses = new RegisterUses(new Specs.Registers(history.History.Values, history.Initial));
        for (var row = 0; row < history.Count; row++)
        {
            if (!uses.Read(history, row)) return null;
        }

        return uses;
    }

    private bool Read(in KeyHistory history, int row)
    {
        var values = history.History.Values;
        var key = history.History.KeyId(history.History.Key[history.Operations[row]]);
        switch (history.Functions[row])
        {
            case Function.Write:
                Add(row, key, null, history.Inputs[row]);
                return true;
            case Function.Read:
                Add(row, key, history.Outputs[row], null);
                return true;
            case Function.Snapshot:
                if (values.Kind(history.Outputs[row]) != ValueKind.Map) return false;
                var entries = values.Items(history.Outputs[row]);
                for (var i = 0; i < entries.Length; i += 2)
                {
                    if (!Add(row, entries[i], entries[i + 1], null)) return false;
                }

                return true;
            case Function.Transaction:
                return Transaction(history, row);
            default:
                return false;
        }
    }

    private bool Transaction(in KeyHistory history, int row)
    {
        var values = history.History.Values;
        var ok = history.Types[row] == OperationType.Ok;
        var micros = ok && !history.Outputs[row].IsNull ? history.Outputs[row] : history.Inputs[row];
        if (values.Kind(micros) != ValueKind.List) return false;
        var first = _uses.Count;
        foreach (var micro in values.Items(micros))
        {
            if (values.Kind(micro) != ValueKind.List || values.Items(micro) is not [var name, var register, var value]) return false;
            if (MultiRegisterSpec.IsWriteName(values, name) is not { } writes) return false;
            if (!writes && !ok) continue;
            if (Add(row, register, writes ? null : value, writes ? value : null)) continue;
            var index = Registers.IndexOf(register);
            var at = _uses.FindIndex(first, use => use.Register == index);
            var known = _uses[at];
            if (writes && known.Written is { } passing && passing != value) _passing.TryAdd((index, passing), row);
            if (writes) _uses[at] = known with { Written = value };
            else if ((known.Written ?? known.Seen) != value && Contradiction < 0) Contradiction = row;
        }

        return true;
    }

    // False if the row has a use of the register already.
    private bool Add(int row, ValueId name, ValueId? seen, ValueId? written)
    {
        var register = Registers.IndexOf(name);
        while (_lastRow.Count <= register) _lastRow.Add(-1);
        if (_lastRow[register] == row) return false;
        _lastRow[register] = row;
        _uses.Add(new(row, register, seen, written));
        return true;
    }
}

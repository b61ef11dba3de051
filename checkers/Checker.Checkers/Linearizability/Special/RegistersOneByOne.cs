using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Refutes registers that are written or read together. An order of all operations is an order for each register by itself, in which an
/// operation reads, writes, or finds one value and leaves another; so if <see cref="RegisterZones"/> says that one register has no order, there
/// is none. It never says valid: that each register has an order proves nothing. O(n log n) in the number of reads and writes.
/// </summary>
internal sealed class RegistersOneByOne : ISpecialAlgorithm
{
    private readonly RegisterZones _zones = new();

    /// <inheritdoc/>
    public string Name => "registers one by one";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.MultiRegister.Name || type.Name == DataTypes.Snapshot.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var registers = new Specs.Registers(history.History.Values, history.Initial);
        var uses = new List<List<Use>>();
        for (var row = 0; row < history.Count; row++)
        {
            if (!Read(history, row, registers, uses)) return SpecialVerdict.NotApplicable("an operation without form, or that contradicts itself");
        }

        for (var register = 0; register < uses.Count; register++)
        {
            var answer = _zones.TryDecide(Alone(history, uses[register], registers.Read(PersistentMap.Empty, register)), options with { Certify = false });
            if (answer.Anomaly is not { } anomaly) continue;
            var said = char.ToLowerInvariant(anomaly.Explanation[0]) + anomaly.Explanation[1..];
            return SpecialVerdict.Invalid(anomaly with { Explanation = $"Of {registers.NameOf(register)} alone: {said}" });
        }

        return SpecialVerdict.NotApplicable("each register by itself has an order, or cannot be judged");
    }

    private static bool Read(in KeyHistory history, int row, Specs.Registers registers, List<List<Use>> uses)
    {
        var values = history.History.Values;
        var ok = history.Types[row] == OperationType.Ok;
        var key = history.History.KeyId(history.History.Key[history.Operations[row]]);
        switch (history.Functions[row])
        {
            case Function.Write:
                Of(registers.IndexOf(key)).Add(new(row, null, history.Inputs[row]));
                return true;
            case Function.Read:
                Of(registers.IndexOf(key)).Add(new(row, history.Outputs[row], null));
                return true;
            case Function.Snapshot:
                if (values.Kind(history.Outputs[row]) != ValueKind.Map) return false;
                var entries = values.Items(history.Outputs[row]);
                for (var i = 0; i < entries.Length; i += 2) Of(registers.IndexOf(entries[i])).Add(new(row, entries[i + 1], null));
                return true;
            case Function.Transaction:
                var micros = ok && !history.Outputs[row].IsNull ? history.Outputs[row] : history.Inputs[row];
                if (values.Kind(micros) != ValueKind.List) return false;
                foreach (var micro in values.Items(micros))
                {
                    if (values.Kind(micro) != ValueKind.List || values.Items(micro) is not [var name, var register, var value]) return false;
                    if (MultiRegisterSpec.IsWriteName(values, name) is not { } writes) return false;
                    if (!writes && !ok) continue;
                    var own = Of(registers.IndexOf(register));
                    var use = own.Count > 0 && own[^1].Row == row ? own[^1] : new Use(row, null, null);
                    if (own.Count > 0 && own[^1].Row == row) own.RemoveAt(own.Count - 1);
                    if (!writes && (use.Written ?? use.Seen ?? value) != value) return false;
                    own.Add(writes ? use with { Written = value } : use.Written is null ? use with { Seen = value } : use);
                }

                return true;
            default:
                return false;
        }

        List<Use> Of(int register)
        {
            while (uses.Count <= register) uses.Add([]);
            return uses[register];
        }
    }

    private static KeyHistory Alone(in KeyHistory history, List<Use> uses, ValueId initial)
    {
        var columns = new KeyColumns(uses.Count);
        for (var i = 0; i < uses.Count; i++)
        {
            var (row, seen, written) = uses[i];
            columns.Operations[i] = history.Operations[row];
            columns.Functions[i] = written is null ? Function.Read : seen is null ? Function.Write : Function.Cas;
            columns.Types[i] = history.Types[row];
            columns.Inputs[i] = written is null ? ValueId.Null : seen is null ? written.Value : Pair(history.History.Values, seen.Value, written.Value);
            columns.Outputs[i] = written is null ? seen!.Value : ValueId.Null;
            columns.Invokes[i] = history.Invokes[row];
            columns.Returns[i] = history.Returns[row];
        }

        return new KeyHistory(history.History, DataTypes.CasRegister, initial, history.Key, columns, 0, uses.Count);
    }

    // Interning may add to the table; two checks of one history must not do so at once.
    private static ValueId Pair(ValueTable values, ValueId seen, ValueId written)
    {
        lock (values) return values.List([seen, written]);
    }

    /// <summary>What one operation does with one register.</summary>
    /// <param name="Row">Its row.</param>
    /// <param name="Seen">What it found there at first; null if it does not say.</param>
    /// <param name="Written">What it left; null if it left what was there.</param>
    private readonly record struct Use(int Row, ValueId? Seen, ValueId? Written);
}

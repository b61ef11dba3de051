using Checker.Checkers.Linearizability.Problems;
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
        if (RegisterUses.Of(history) is not { } found) return SpecialVerdict.NotApplicable("an operation without form");
        if (found.Contradiction >= 0) return SpecialVerdict.Invalid(Contradiction(history, found.Contradiction));
        var uses = new List<RegisterUse>[found.Count];
        for (var register = 0; register < uses.Length; register++) uses[register] = [];
        foreach (var use in found.All) uses[use.Register].Add(use);
        for (var register = 0; register < uses.Length; register++)
        {
            var answer = _zones.TryDecide(Alone(history, uses[register], found.Initial(register)), options with { Certify = false });
            if (answer.Anomaly is not { } anomaly) continue;
            if (anomaly.Kind == "phantom-read" && InPassing(history, found, uses[register]) is { } passing) return SpecialVerdict.Invalid(passing);
            var said = char.ToLowerInvariant(anomaly.Explanation[0]) + anomaly.Explanation[1..];
            return SpecialVerdict.Invalid(anomaly with { Explanation = $"Of {found.Registers.NameOf(register)} alone: {said}" });
        }

        return SpecialVerdict.NotApplicable("each register by itself has an order, or cannot be judged");
    }

    private static Anomaly Contradiction(in KeyHistory history, int row)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(row);
        return evidence.Build(
            "internal",
            $"{prose.Who(row)} found {prose.Text(history.Outputs[row])} {prose.When(row)}, where a read differs from what the same transaction " +
            "had read or written there just before.");
    }

    // What was found, and was written, but never left.
    private static Anomaly? InPassing(in KeyHistory history, RegisterUses found, List<RegisterUse> uses)
    {
        foreach (var use in uses)
        {
            if (use.Seen is not { } seen || found.InPassing(use.Register, seen) is not (>= 0 and var writer)) continue;
            if (seen == found.Initial(use.Register) || history.Types[use.Row] != OperationType.Ok || uses.Exists(other => other.Written == seen)) continue;
            var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
            evidence.Step(writer, use.Row, "reads-from", $"it wrote {prose.Text(seen)}, and nobody else did");
            return evidence.Build(
                "intermediate-read",
                $"{prose.Who(use.Row)} found {found.Registers.NameOf(use.Register)} to be {prose.Text(seen)} {prose.When(use.Row)}; " +
                $"only {prose.Who(writer)} wrote that, {prose.When(writer)}, and replaced it in the same transaction, so that nobody else can find it.");
        }

        return null;
    }

    private static KeyHistory Alone(in KeyHistory history, List<RegisterUse> uses, ValueId initial)
    {
        var columns = new KeyColumns(uses.Count);
        for (var i = 0; i < uses.Count; i++)
        {
            var (row, _, seen, written) = uses[i];
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
}

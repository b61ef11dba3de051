using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Refutes registers that are written or read together. An order of all operations is an order for each register by itself, in which an
/// operation reads, writes, or finds one value and leaves another; so if <see cref="RegisterZones"/> says that one register has no order, there
/// is none. It never says valid: that each register has an order proves nothing. O(n log n) in the number of reads and writes.
/// </summary>
internal static class RegistersOneByOne
{
    private static readonly RegisterZones Zones = new();

    /// <summary>Why one of the registers has no order; null if each has one, or cannot be judged.</summary>
    /// <param name="history">The object.</param>
    /// <param name="uses">What its rows find and leave.</param>
    /// <param name="options">Budgets and readings.</param>
    public static Anomaly? Refute(in KeyHistory history, RegisterUses uses, CheckOptions options)
    {
        if (uses.Contradiction >= 0) return Contradiction(history, uses.Contradiction);
        var columns = new RegisterUseColumns(history, uses);
        for (var register = 0; register < uses.Count; register++)
        {
            var answer = Zones.TryDecide(columns.Alone(register), options with { Certify = false });
            if (answer.Anomaly is not { } anomaly) continue;
            if (anomaly.Kind == "phantom-read" && InPassing(history, uses, register) is { } passing) return passing;
            var said = char.ToLowerInvariant(anomaly.Explanation[0]) + anomaly.Explanation[1..];
            return anomaly with { Explanation = $"Of {uses.Registers.NameOf(register)} alone: {said}" };
        }

        return null;
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
    private static Anomaly? InPassing(in KeyHistory history, RegisterUses uses, int register)
    {
        var wasLeft = new bool[uses.Contents];
        for (var row = 0; row < history.Count; row++)
        {
            foreach (var content in uses.Left[row]) wasLeft[content] = true;
        }

        for (var row = 0; row < history.Count; row++)
        {
            if (uses.FoundIn(row, register) is not (>= 0 and var content) || wasLeft[content] || content == register) continue;
            if (uses.InPassing(content) is not (>= 0 and var writer)) continue;
            var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
            var found = prose.Text(uses.ValueOf(content));
            evidence.Step(writer, row, "reads-from", $"it wrote {found}, and nobody else did");
            return evidence.Build(
                "intermediate-read",
                $"{prose.Who(row)} found {uses.Registers.NameOf(register)} to be {found} {prose.When(row)}; " +
                $"only {prose.Who(writer)} wrote that, {prose.When(writer)}, and replaced it in the same transaction, so that nobody else can find it.");
        }

        return null;
    }
}

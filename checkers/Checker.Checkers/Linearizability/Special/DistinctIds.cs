using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides unique identifiers: those generated must be distinct, and the sums that fetch-and-adds of positive numbers returned form a
/// chain that
/// real time must follow. O(n) but for sorting. Fetch-and-adds of unknown outcome are dropped if the chain has no hole that they might
/// fill.
/// </summary>
internal sealed class DistinctIds : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "distinct identifiers";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.UniqueIds.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        using var identifiers = new ValueNumbers(history.Count);
        var generated = new List<int>();
        var added = new List<(long Before, long Amount, int Row)>();
        var unknown = false;
        var values = history.History.Values;
        for (var row = 0; row < history.Count; row++)
        {
            var ok = history.Types[row] == OperationType.Ok;
            if (history.Functions[row] == Function.Generate)
            {
                if (!ok) continue;
                var number = identifiers.NumberOf(history.Outputs[row]);
                if (number < generated.Count) return SpecialVerdict.Invalid(Duplicate(history, generated[number], row));
                generated.Add(row);
                continue;
            }

            var amount = 1L;
            if (!history.Inputs[row].IsNull && !values.TryGetInteger(history.Inputs[row], out amount))
            {
                return SpecialVerdict.NotApplicable("a fetch-and-add of no integer");
            }

            if (amount <= 0) return SpecialVerdict.NotApplicable("a fetch-and-add that does not raise the sum");
            unknown |= !ok;
            if (!ok) continue;
            if (!values.TryGetInteger(history.Outputs[row], out var before))
            {
                return SpecialVerdict.NotApplicable("a fetch-and-add without a sum");
            }

            added.Add((before, amount, row));
        }

        added.Sort();
        if (!values.TryGetInteger(history.Initial, out var sum)) sum = 0;
        var previous = -1;
        foreach (var (before, amount, row) in added)
        {
            if (before < sum) return SpecialVerdict.Invalid(Overlapping(history, previous, row, sum));
            if (before > sum && unknown) return SpecialVerdict.NotApplicable("fetch-and-adds of unknown outcome");
            if (before > sum) return SpecialVerdict.Invalid(Hole(history, row, sum));
            if (before > long.MaxValue - amount) return SpecialVerdict.NotApplicable("a sum beyond 64 bits");
            sum = before + amount;
            previous = row;
        }

        var chain = added.ConvertAll(entry => entry.Row).ToArray();
        if (RealTime.IsBroken(chain, history, out var early, out var late))
        {
            return SpecialVerdict.Invalid(Backwards(history, early, late, chain));
        }

        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(RealTime.Merge([generated.ToArray(), chain], history), history) : null);
    }

    private static Anomaly Duplicate(in KeyHistory history, int first, int second)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(first);
        evidence.Add(second);
        return evidence.Build("duplicate-id", $"{prose.Did(first)}, and {prose.Did(second)}: the same identifier was given twice.");
    }

    private static Anomaly Overlapping(in KeyHistory history, int previous, int row, long sum)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(row);
        if (previous < 0) return evidence.Build("phantom-read", $"{prose.Did(row)}, but the sum was never below {sum}.");
        evidence.Add(previous);
        return evidence.Build(
            "duplicate-id", $"{prose.Did(previous)}, which left {sum}, and {prose.Did(row)}; whichever came first raised the sum past what the other found.");
    }

    private static Anomaly Hole(in KeyHistory history, int row, long sum)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(row);
        foreach (var other in Below(history, row)) evidence.Add(other);
        return evidence.Build("phantom-read", $"{prose.Did(row)}, but everything else that was added below it comes to {sum} only.");
    }

    private static Anomaly Backwards(in KeyHistory history, int early, int late, int[] chain)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.RealTime(early, late);
        evidence.Step(late, early, "forced", "it found the smaller sum");
        if (Array.IndexOf(chain, early) < 100)
        {
            foreach (var row in chain.AsSpan(0, Array.IndexOf(chain, early))) evidence.Add(row);
        }

        return evidence.Build(
            "out-of-order", $"{prose.Did(early)}, and {prose.Did(late)}, which began only after the former had ended but found the smaller sum.");
    }

    private static List<int> Below(in KeyHistory history, int row)
    {
        var values = history.History.Values;
        var below = new List<int>();
        if (!values.TryGetInteger(history.Outputs[row], out var limit)) return below;
        for (var other = 0; other < history.Count && below.Count < 100; other++)
        {
            if (history.Functions[other] == Function.FetchAndAdd && other != row && values.TryGetInteger(history.Outputs[other], out var sum) && sum < limit) below.Add(other);
        }

        return below;
    }
}

using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// Decides unique identifiers: those generated must be distinct, whatever a generate of unknown outcome was given, as nobody saw it; and the
/// sums that fetch-and-adds returned form a chain that real time must follow. A hole in the chain must be filled exactly by fetch-and-adds of
/// unknown outcome, each at most once and only where it had begun before whatever follows returned: that is the problem of
/// <see cref="GapFrontier"/>. O(n) but for sorting, and the filling of holes.
/// </summary>
internal sealed class DistinctIds : ISpecialAlgorithm
{
    private const long Most = 1L << 40;

    /// <inheritdoc/>
    public string Name => "distinct identifiers";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.UniqueIds.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        using var identifiers = new ValueNumbers(history.Count, history.Outputs);
        var generated = new List<int>();
        var added = new List<(long Before, long Amount, int Row)>();
        var unknown = new List<(long Amount, int Row)>();
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

            if (amount is < 0 or > Most) return SpecialVerdict.NotApplicable("a fetch-and-add that lowers the sum, or by too much");
            if (!ok && amount > 0) unknown.Add((amount, row));
            if (!ok) continue;
            if (!values.TryGetInteger(history.Outputs[row], out var before) || before > Most)
            {
                return SpecialVerdict.NotApplicable("a fetch-and-add without a sum, or too large a one");
            }

            added.Add((before, amount, row));
        }

        added.Sort();
        if (!values.TryGetInteger(history.Initial, out var sum)) sum = 0;
        var chain = new int[added.Count];
        var holes = new List<(int Before, long Size)>(); // before so many of the chain
        for (var i = 0; i < chain.Length; i++)
        {
            var (before, amount, row) = added[i];
            if (before < sum) return SpecialVerdict.Invalid(Overlapping(history, i == 0 ? -1 : chain[i - 1], row, sum));
            if (before > sum && unknown.Count == 0) return SpecialVerdict.Invalid(Hole(history, row, sum));
            if (before > sum) holes.Add((i, before - sum));
            sum = before + amount;
            chain[i] = row;
        }

        if (RealTime.IsBroken(chain, history, out var early, out var late))
        {
            return SpecialVerdict.Invalid(Backwards(history, early, late, chain));
        }

        if (holes.Count > 0)
        {
            var (filled, why) = Fill(history, chain, holes, unknown);
            if (filled is null) return why;
            chain = filled;
        }

        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(RealTime.Merge([generated.ToArray(), chain], history), history) : null);
    }

    // The chain with its holes filled; or why there is none.
    private static (int[]? Chain, SpecialVerdict Why) Fill(
        in KeyHistory history, int[] chain, List<(int Before, long Size)> holes, List<(long Amount, int Row)> unknown)
    {
        var earliest = new int[chain.Length + 1]; // the earliest return from there on
        earliest[^1] = int.MaxValue;
        for (var i = chain.Length - 1; i >= 0; i--) earliest[i] = Math.Min(earliest[i + 1], history.Returns[chain[i]]);
        var increments = new List<CounterIncrement>(unknown.Count);
        var first = 0;
        foreach (var (amount, row) in unknown)
        {
            while (first < holes.Count && earliest[holes[first].Before] < history.Invokes[row]) first++;
            increments.Add(new(increments.Count, row, KeyHistory.Never, first, holes.Count, true, amount));
        }

        var sizes = holes.ConvertAll(hole => hole.Size);
        foreach (var stage in GapSharing.Stages)
        {
            var frontier = new GapFrontier(increments, sizes, history.Invokes, stage);
            if (frontier.Fill(GapSharing.StepsFor(history.Count)))
            {
                if (!stage.Divisible) return (Filled(chain, holes, increments, frontier.Gaps()), default);
            }
            else if (!frontier.IsTruncated)
            {
                return (null, SpecialVerdict.Invalid(Unfilled(history, chain[holes[frontier.Stuck].Before], holes[frontier.Stuck].Size)));
            }
        }

        return (null, SpecialVerdict.NotApplicable("too many ways to fill the holes"));
    }

    private static int[] Filled(int[] chain, List<(int Before, long Size)> holes, List<CounterIncrement> increments, int[] gaps)
    {
        var inside = new List<int>[holes.Count];
        foreach (var increment in increments)
        {
            if (gaps[increment.Number] >= 0) (inside[gaps[increment.Number]] ??= []).Add(increment.Row);
        }

        var filled = new List<int>(chain.Length + increments.Count);
        var hole = 0;
        for (var i = 0; i < chain.Length; i++)
        {
            if (hole < holes.Count && holes[hole].Before == i) filled.AddRange(inside[hole++]);
            filled.Add(chain[i]);
        }

        return [.. filled];
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

    private static Anomaly Unfilled(in KeyHistory history, int row, long size)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        for (var other = 0; other < history.Count; other++)
        {
            if (history.Functions[other] == Function.FetchAndAdd) evidence.Add(other);
        }

        return evidence.Build(
            "phantom-read",
            $"{prose.Did(row)}, but {size} of that nobody is known to have added, and no choice of the fetch-and-adds of unknown outcome that had begun by then comes to that.");
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

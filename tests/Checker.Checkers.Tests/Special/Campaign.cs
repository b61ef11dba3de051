using System.Globalization;
using Checker.Checkers.Linearizability.Special;
using Checker.Histories;
using Xunit.Abstractions;

namespace Checker.Checkers.Tests.Special;

/// <summary>
/// Compares a special algorithm with the definition on many small random histories: the verdict, the order, and the evidence, which must be
/// wrong by itself. <c>CHECKER_CAMPAIGN=n</c> multiplies the number of histories.
/// </summary>
internal sealed class Campaign(Model model, ISpecialAlgorithm algorithm, ITestOutputHelper output)
{
    public static int Multiplier { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? Math.Max(1, n) : 1;

    public bool ObserveFailedCas { get; init; }

    public int MostOperations { get; init; } = 9;

    public int Valid { get; private set; }

    public int Invalid { get; private set; }

    public int Undecided { get; private set; }

    public int Total => Valid + Invalid + Undecided;

    public void Run(int count, int seed)
    {
        count *= Multiplier;
        double[] unknowns = [0, 0, 0.1, 0.3];
        double[] corrupts = [0, 0.3, 0.6];
        for (var i = 0; i < count; i++)
        {
            var random = new Random((seed * 1_000_003) + i);
            var operations = RandomHistories.Next(
                model, random, random.Next(2, MostOperations + 1), random.Next(1, 6), unknowns[random.Next(4)], corrupts[random.Next(3)]);
            Judge(operations, $"seed {seed}, history {i}");
        }

        output.WriteLine($"{algorithm.Name}: {Total} histories, {Valid} valid, {Invalid} invalid, {Undecided} undecided");
    }

    public void Judge(List<TestOperation> operations, string where)
    {
        var history = TestHistory.Of(operations, model.Type);
        var options = new CheckOptions { ObserveFailedCas = ObserveFailedCas, Initial = model.Initial };
        var verdict = algorithm.TryDecide(TestHistory.Rows(history, model.Type, model.Initial, ObserveFailedCas), options);
        var judged = ObserveFailedCas ? operations : operations.Where(op => op.Type != OperationType.Fail).ToList();
        switch (verdict.Outcome)
        {
            case SpecialOutcome.NotApplicable:
                Undecided++;
                Assert.False(string.IsNullOrEmpty(verdict.Reason));
                break;
            case SpecialOutcome.Valid:
                Valid++;
                Expect(BruteForce.IsLinearizable(judged, model), "called valid, but is not", where, operations, verdict);
                var refuted = BruteForce.Refute(operations, verdict.Order!, model);
                Expect(refuted is null, "its order is wrong: " + refuted, where, operations, verdict);
                break;
            default:
                Invalid++;
                Expect(!BruteForce.IsLinearizable(judged, model), "called invalid, but is not", where, operations, verdict);
                CheckEvidence(operations, verdict, where);
                break;
        }
    }

    private void CheckEvidence(List<TestOperation> operations, SpecialVerdict verdict, string where)
    {
        var anomaly = verdict.Anomaly!;
        var sorted = operations.OrderBy(op => op.Invoke).ToArray();
        var part = anomaly.Operations.Select(i => sorted[i]).Where(op => op.Type != OperationType.Fail).ToList();
        Expect(!BruteForce.IsLinearizable(part, model), "the evidence alone is valid", where, operations, verdict);
        Expect(anomaly.Edges.All(e => anomaly.Operations.Contains(e.From) && anomaly.Operations.Contains(e.To)), "an edge leaves the evidence", where, operations, verdict);
        Expect(
            anomaly.Edges.All(e => e.Relation != "real-time" || sorted[e.From].End < sorted[e.To].Invoke), "an edge claims a wrong real-time order", where, operations, verdict);
        Expect(anomaly.Explanation.EndsWith('.'), "the explanation is no sentence", where, operations, verdict);
    }

    private static void Expect(bool holds, string what, string where, List<TestOperation> operations, SpecialVerdict verdict)
    {
        if (holds) return;
        var anomaly = verdict.Anomaly is { } a ? $"\n{a.Kind} [{string.Join(", ", a.Operations)}]: {a.Explanation}\n{string.Join("\n", a.Edges)}" : "";
        var order = verdict.Order is { } o ? "\norder " + string.Join(", ", o) : "";
        Assert.Fail($"{where}: {what}\n{string.Join("\n", operations.OrderBy(op => op.Invoke).Select((op, i) => $"{i}: {op}"))}{order}{anomaly}");
    }
}

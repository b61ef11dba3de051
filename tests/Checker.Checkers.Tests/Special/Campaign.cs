using Checker.Checkers.Linearizability.Special;
using Checker.Histories;
using Xunit.Abstractions;

namespace Checker.Checkers.Tests.Special;

/// <summary>
/// Compares a special algorithm with the definition on many small random histories: the verdict, the order, and the evidence, which must be
/// wrong by itself. <c>CHECKER_CAMPAIGN=n</c> multiplies the number of histories.
/// </summary>
internal sealed class Campaign(Func<Model> make, ISpecialAlgorithm algorithm, ITestOutputHelper output)
{
    private int _valid;
    private int _invalid;
    private int _undecided;
    private int _withInfo;
    private int _wrong;

    public static int Multiplier => Linearizability.Campaign.Multiplier;

    public bool ObserveFailedCas { get; init; }

    public int MostOperations { get; init; } = 9;

    public int Valid => _valid;

    public int Invalid => _invalid;

    public int Undecided => _undecided;

    public int WithInfo => _withInfo;

    /// <summary>How many are invalid by the definition, decided or not.</summary>
    public int Wrong => _wrong;

    public int Total => _valid + _invalid + _undecided;

    public void Run(int count, int seed)
    {
        count *= Multiplier;
        double[] unknowns = [0, 0, 0.1, 0.3];
        double[] corrupts = [0, 0.3, 0.6];
        Linearizability.Campaign.InBatches(count, (batch, _) =>
        {
            var model = make();
            for (var i = batch * Linearizability.Campaign.Batch; i < Math.Min(count, (batch + 1) * Linearizability.Campaign.Batch); i++)
            {
                var random = new Random(unchecked((seed * 1_000_003) + i + Linearizability.Campaign.Seed - Linearizability.Campaign.UsualSeed));
                List<TestOperation> operations;
                bool linearizable;
                var tries = 0;
                do
                {
                    operations = RandomHistories.Next(
                        model, random, random.Next(2, MostOperations + 1), random.Next(1, 6), unknowns[random.Next(4)], corrupts[random.Next(3)]);
                    linearizable = BruteForce.IsLinearizable(Judged(operations), model);
                }
                while (linearizable != (i % 2 == 0) && ++tries < 40);

                if (!linearizable) Interlocked.Increment(ref _wrong);
                Judge(model, operations, linearizable, $"seed {seed}, history {i}");
            }
        });
        output.WriteLine($"{algorithm.Name}: {Total} histories, {Valid} valid, {Invalid} invalid, {Undecided} undecided; {Wrong} invalid by the definition, {WithInfo} with info");
    }

    private List<TestOperation> Judged(List<TestOperation> operations) => ObserveFailedCas ? operations : operations.FindAll(op => op.Type != OperationType.Fail);

    private void Judge(Model model, List<TestOperation> operations, bool linearizable, string where)
    {
        var history = TestHistory.Of(operations, model.Type);
        var options = new CheckOptions { ObserveFailedCas = ObserveFailedCas, Initial = model.Initial };
        var verdict = algorithm.TryDecide(TestHistory.Rows(history, model.Type, model.Initial, ObserveFailedCas), options);
        if (operations.Exists(op => op.IsInfo)) Interlocked.Increment(ref _withInfo);
        switch (verdict.Outcome)
        {
            case SpecialOutcome.NotApplicable:
                Interlocked.Increment(ref _undecided);
                Assert.False(string.IsNullOrEmpty(verdict.Reason));
                break;
            case SpecialOutcome.Valid:
                Interlocked.Increment(ref _valid);
                Expect(linearizable, "called valid, but is not", where, operations, verdict);
                var refuted = BruteForce.Refute(operations, verdict.Order!, model);
                Expect(refuted is null, "its order is wrong: " + refuted, where, operations, verdict);
                break;
            default:
                Interlocked.Increment(ref _invalid);
                Expect(!linearizable, "called invalid, but is not", where, operations, verdict);
                CheckEvidence(model, operations, verdict, where);
                break;
        }
    }

    private static void CheckEvidence(Model model, List<TestOperation> operations, SpecialVerdict verdict, string where)
    {
        var anomaly = verdict.Anomaly!;
        var sorted = operations.OrderBy(op => op.Invoke).ToArray();
        var part = anomaly.Operations.Select(i => sorted[i]).Where(op => op.Type != OperationType.Fail).ToList();
        Expect(!BruteForce.IsLinearizable(part, model), "the evidence alone is valid", where, operations, verdict);
        Expect(anomaly.Edges.All(e => anomaly.Operations.Contains(e.From) && anomaly.Operations.Contains(e.To)), "an edge leaves the evidence", where, operations, verdict);
        Expect(
            anomaly.Edges.All(e => e.Relation != "real-time" || sorted[e.From].End < sorted[e.To].Invoke), "an edge claims a wrong real-time order", where, operations, verdict);
        Expect(anomaly.Explanation.Length == 0 || anomaly.Explanation.EndsWith('.'), "the explanation is no sentence", where, operations, verdict);
    }

    private static void Expect(bool holds, string what, string where, List<TestOperation> operations, SpecialVerdict verdict)
    {
        if (holds) return;
        var anomaly = verdict.Anomaly is { } a ? $"\n{a.Kind} [{string.Join(", ", a.Operations)}]: {a.Explanation}\n{string.Join("\n", a.Edges)}" : "";
        var order = verdict.Order is { } o ? "\norder " + string.Join(", ", o) : "";
        Assert.Fail($"{where}: {what}\n{string.Join("\n", operations.OrderBy(op => op.Invoke).Select((op, i) => $"{i}: {op}"))}{order}{anomaly}");
    }
}

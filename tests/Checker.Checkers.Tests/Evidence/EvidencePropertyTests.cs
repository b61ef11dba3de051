using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Evidence;

/// <summary>The evidence of invalid histories of all sizes, of one key and of several, for every data type.</summary>
public sealed class EvidencePropertyTests(ITestOutputHelper output)
{
    public static TheoryData<string> Types => [.. Campaign.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Small_counterexamples_are_minimal_and_well_explained(string name) =>
        Run(name, Campaign.Batch, random => SmallHistory.Random(DataTypes.Find(name)!, random, invalid: true, out _), mostlyInvalid: 0.9);

    [Theory]
    [MemberData(nameof(Types))]
    public void Counterexamples_of_longer_histories_are_minimal_and_well_explained(string name) => Run(name, 50, random => Longer(DataTypes.Find(name)!, random), mostlyInvalid: 0.3);

    private static SmallHistory Longer(DataType type, Random random)
    {
        var keys = Checkers.Specs.BundledSpecs.SpansKeys(type) ? 1 : random.Next(1, 4);
        var histories = new List<SmallHistory>();
        for (var key = 0; key < keys; key++)
        {
            var count = random.Next(10, 201) / keys;
            histories.Add(SmallHistory.Long(type, random, Math.Max(4, count), random.Next(1, 5), random.Next(3) == 0 ? 4.0 / count : 0, random.Next(1, 4) * 1.5 / count));
        }

        return keys == 1 ? histories[0] : ManyKeys(histories);
    }

    // The histories at the same time, each of a key of its own.
    private static SmallHistory ManyKeys(List<SmallHistory> histories)
    {
        var operations = new List<ReferenceOperation>();
        for (var key = 0; key < histories.Count; key++)
        {
            operations.AddRange(histories[key].Operations.Select(o => o with
            {
                Key = $"k{key}",
                Process = (o.Process * histories.Count) + key,
                Invoke = (o.Invoke * histories.Count) + key,
                Return = o.Return == History.Never ? o.Return : (o.Return * histories.Count) + key,
            }));
        }

        return new(histories[0].Type, histories[0].Initial, observeFailedCas: false, [.. operations.OrderBy(o => o.Invoke)]);
    }

    private void Run(string name, int perBatch, Func<Random, SmallHistory> next, double mostlyInvalid)
    {
        var (invalid, total, shown, givenUp, general) = (0, 0, 0, 0, 0);
        Campaign.InBatches(Campaign.Batch * Campaign.Multiplier, (batch, random) =>
        {
            for (var i = 0; i < perBatch; i++)
            {
                var source = next(random);
                var history = source.Build();
                var options = new CheckOptions { Initial = source.Initial, ObserveFailedCas = source.ObserveFailedCas };
                var verdict = Lin.Check(history, source.Type, options);
                Interlocked.Increment(ref total);
                if (verdict.Kind != VerdictKind.Invalid) continue;
                Interlocked.Increment(ref invalid);
                var anomaly = Assert.Single(verdict.Anomalies);
                Interlocked.Add(ref shown, anomaly.Operations.Count);
                if (anomaly.Explanation.Contains("given up", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref givenUp);
                    output.WriteLine($"{name}, batch {batch}, history {i}, {verdict.Algorithm}: {anomaly.Explanation}\n{source}");
                }

                if (anomaly.Kind == "non-linearizable") Interlocked.Increment(ref general);
                if (EvidenceCheck.Refute(source, history, anomaly) is { } problem)
                    Assert.Fail($"{name}, batch {batch}, history {i}, {verdict.Algorithm}: {problem}\n{anomaly.Kind} {string.Join(",", anomaly.Operations)}: {anomaly.Explanation}\n{source}");
                if (i % 10 == 0) AssertSame(anomaly, Lin.Check(source.Build(), source.Type, options with { Parallelism = 3 }).Anomalies[0]);
            }
        });
        output.WriteLine($"{name}: {total} histories, {invalid} invalid, {(double)shown / Math.Max(1, invalid):0.0} operations shown, {general} without a reason of their own, {givenUp} given up");
        Assert.True(invalid >= mostlyInvalid * total, $"only {invalid} of {total} are invalid");

        // What can be reached with elements that come again may be too much to look at, now and then.
        var mayGiveUp = DataTypes.Find(name)!.Sequential.Name is "queue" or "stack" or "unordered-queue" or "priority-queue" or "set";
        Assert.InRange(givenUp, 0, mayGiveUp ? 1 + (invalid / 500) : 0);
    }

    private static void AssertSame(Anomaly expected, Anomaly actual)
    {
        Assert.Equal(expected.Kind, actual.Kind);
        Assert.Equal(expected.Operations, actual.Operations);
        Assert.Equal(expected.Explanation, actual.Explanation);
        Assert.Equal(expected.Edges, actual.Edges);
        Assert.Equal(expected.Partials.Select(p => p.Why), actual.Partials.Select(p => p.Why));
    }
}

using Checker.Benchmarks.Types;
using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Counters;
using Checker.Histories;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>Counters that go up and down, on histories longer than the definition can judge.</summary>
public sealed class CounterFrontierTests(ITestOutputHelper output)
{
    private const int Histories = 250;
    private const int Most = 40;

    [Theory]
    [InlineData("pn-counter")]
    [InlineData("counter")]
    public void Agrees_with_the_general_search(string name)
    {
        var type = DataTypes.Find(name)!;
        var (valid, invalid, byParts, byLane, open) = (0, 0, 0, 0, 0);
        Campaign.InBatches(Histories * Campaign.Multiplier, (batch, random) =>
        {
            for (var i = 0; i < Campaign.Batch; i++)
            {
                var small = Amounts(type, random, infoRate: i % 3 == 0 ? 0 : 0.02 + (0.3 * random.NextDouble()), spoilRate: i % 2 == 0 ? 0.1 : 0);
                var history = small.Build();
                var options = new CheckOptions { Initial = small.Initial };
                var rows = KeyPartition.Of(history, type, history.Values.Intern(options.Initial), options)[0];
                var budget = new SearchBudget(300_000, 1L << 28, default);
                var expected = Lin.JudgeOf(type).Judge(rows, budget).Kind;
                var events = SumEvents.Of(rows, out _)!;
                var whole = new SumFrontier(events, budget with { MaxSteps = 10_000_000 }, certify: true);
                var found = whole.Run(beam: null);
                Assert.NotNull(found);
                if (expected == VerdictKind.Unknown) Interlocked.Increment(ref open);
                else Assert.True(found == (expected == VerdictKind.Valid), $"batch {batch}, history {i}: {found}, but {expected}\n{small}");
                if (found == true) Interlocked.Increment(ref valid);
                else Interlocked.Increment(ref invalid);
                Replay(found, whole);

                var beam = new SumFrontier(events, budget with { MaxSteps = 10_000_000 }, certify: true);
                var promising = beam.Run(new BeamWidth(narrowest: 1 + random.Next(3), levels: random.Next(3)));
                Assert.True(promising == found, $"batch {batch}, history {i}: {promising} by a beam, but {found}\n{small}");
                Replay(promising, beam);

                if (SumLane.Along(rows, options) is { Obstacle: < 0 } lane)
                {
                    Assert.True(found == true, $"batch {batch}, history {i}: an order along a lane, but {found}\n{small}");
                    Interlocked.Increment(ref byLane);
                    ReplayOrder(lane.Order());
                }

                if (events.Count == 0) continue;
                var from = random.Next(events.Count);
                var to = random.Next(from, Math.Min(events.Count, from + 30));
                if (!new SumFrontier(events, budget, certify: false).IsImpossible(from, to, 100_000)) continue;
                Assert.True(found == false, $"batch {batch}, history {i}: refuted from {from} to {to}\n{small}");
                Interlocked.Increment(ref byParts);

                void Replay(bool? isValid, SumFrontier frontier)
                {
                    if (isValid == true) ReplayOrder(frontier.Order());
                }

                void ReplayOrder(int[] found)
                {
                    if (events.Nothings.Count > 0) return;
                    var order = Array.ConvertAll(found, row => rows.Operations[row]);
                    var wrong = CertificateReplayer.Refute(history, type, new OrderCertificate(order), options);
                    Assert.True(wrong is null, $"batch {batch}, history {i}: {wrong}\n{small}");
                }
            }
        });
        output.WriteLine($"{name}: {valid} valid, {invalid} invalid, {byLane} of the former along a lane, {byParts} refuted by a part; {open} left open by the general search");
        Assert.InRange(invalid, Histories / 10, Histories * Campaign.Multiplier * 9 / 10);
        Assert.InRange(byParts, 1, int.MaxValue);
        Assert.InRange(byLane, valid * 9 / 10, valid);
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(20, 0)]
    [InlineData(20, 0.03)]
    [InlineData(100, 0.03)]
    public void Decides_thousands_of_operations(int processes, double unknown)
    {
        var history = new TypedHistory(TypedKind.All.Single(kind => kind.Name == "pn-counter"), 5000, processes, unknown, Spoiled: false).Build();
        var verdict = Lin.Check(history, DataTypes.PnCounter, CheckOptions.Default with { MaxSteps = 10_000_000 });
        Assert.Equal((VerdictKind.Valid, new SumCounter().Name), (verdict.Kind, verdict.Algorithm));
        Assert.Null(CertificateReplayer.Refute(history, DataTypes.PnCounter, Assert.IsType<OrderCertificate>(verdict.Certificate), CheckOptions.Default));
    }

    // Amounts of several sizes, and reads that are mostly right; a spoiled one is near what was found.
    private static SmallHistory Amounts(DataType type, Random random, double infoRate, double spoilRate)
    {
        var small = SmallHistory.Long(type, random, random.Next(2, Most), processes: random.Next(2, 8), infoRate, spoilRate: 0);
        var operations = small.Operations.Select(o =>
            o is { Function: Function.Read, Type: OperationType.Ok } && random.NextDouble() < spoilRate
                ? o with { Output = o.Output.AsInteger() + random.Next(-3, 4) }
                : o);
        return new(type, small.Initial, observeFailedCas: false, [.. operations]);
    }
}

using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.General.Registers;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>
/// The beam on histories that are long enough for it to fail, go back and widen: it may leave them open, and otherwise says what the general
/// search says, with an order that is replayed.
/// </summary>
public sealed class RegisterBeamTests(ITestOutputHelper output)
{
    private const int Histories = 500;

    [Theory]
    [InlineData("register")]
    [InlineData("cas-register")]
    [InlineData("kv")]
    public void Agrees_with_the_general_search_after_going_back(string name)
    {
        var type = DataTypes.Find(name)!;
        var (decided, valid, widened) = (0, 0, 0);
        Campaign.InBatches(Histories * Campaign.Multiplier, (batch, random) =>
        {
            var registers = new RegisterJudge(); // one for all, as for many keys
            for (var i = 0; i < Campaign.Batch; i++)
            {
                var small = SmallHistory.Random(type, random, most: 60);
                var history = small.Build();
                var options = new CheckOptions { Initial = small.Initial, ObserveFailedCas = small.ObserveFailedCas };
                var partition = KeyPartition.Of(history, type, history.Values.Intern(options.Initial), options);
                for (var key = 0; key < partition.Count; key++)
                {
                    var budget = new SearchBudget(1_000_000, 1L << 30, default);
                    if (!registers.TryLoad(partition[key])) continue;
                    var expected = registers.Judge(partition[key], budget).Kind;
                    var general = Lin.JudgeOf(type).Judge(partition[key], budget).Kind;
                    if (general != VerdictKind.Unknown && general != expected) Assert.Fail($"batch {batch}, history {i}: the general search says {general}, the frontier {expected}\n{small}");
                    var beam = new BeamWidth(narrowest: 1, levels: 3);
                    var result = registers.Judge(partition[key], budget, beam);
                    if (beam.Failures > 0) Interlocked.Increment(ref widened);
                    if (result.Kind == VerdictKind.Unknown) continue;
                    if (expected != result.Kind) Assert.Fail($"batch {batch}, history {i}: expected {expected}, the beam says {result.Kind}\n{small}");
                    Interlocked.Increment(ref decided);
                    if (result.Kind != VerdictKind.Valid) continue;
                    Interlocked.Increment(ref valid);
                    if (partition.Count > 1) continue;
                    var wrong = CertificateReplayer.Refute(history, type, new OrderCertificate(result.Order), options);
                    if (wrong is not null) Assert.Fail($"batch {batch}, history {i}: {wrong}\n{small}");
                }
            }
        });
        output.WriteLine($"{name}: decided {decided}, of these valid {valid}; went back in {widened}");
        Assert.InRange(decided, Histories / 2, int.MaxValue);
        Assert.InRange((double)valid / decided, 0.1, 0.9);
        Assert.True(widened > 0, "never went back");
    }
}

using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>
/// Every data type on histories too long for the definition: whatever the portfolio chooses says what the general search says by itself, and
/// its orders are replayed.
/// </summary>
public sealed class LongerHistoryTests(ITestOutputHelper output)
{
    private const int Histories = 250;
    private const int Most = 40;

    public static TheoryData<string> Types => [.. Campaign.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Agrees_with_the_general_search(string name)
    {
        var type = DataTypes.Find(name)!;
        var (compared, invalid, special) = (0, 0, 0);
        Campaign.InBatches(Histories * Campaign.Multiplier, (batch, random) =>
        {
            for (var i = 0; i < Campaign.Batch; i++)
            {
                var small = SmallHistory.Random(type, random, Most);
                var history = small.Build();
                var options = new CheckOptions { Initial = small.Initial, ObserveFailedCas = small.ObserveFailedCas };
                var expected = General(history, type, options);
                if (expected == VerdictKind.Unknown) continue;
                var verdict = Lin.Check(history, type, options);
                if (verdict.Kind != expected)
                    Assert.Fail($"batch {batch}, history {i}: the general search says {expected}, {verdict.Algorithm} {verdict.Kind} {verdict.Reason}\n{small}");
                Interlocked.Increment(ref compared);
                if (expected == VerdictKind.Invalid) Interlocked.Increment(ref invalid);
                if (verdict.Algorithm != SearchRace.GeneralSearch) Interlocked.Increment(ref special);
                if (verdict.Certificate is not OrderCertificate order) continue;
                var wrong = CertificateReplayer.Refute(history, type, order, options);
                if (wrong is not null) Assert.Fail($"batch {batch}, history {i}: {verdict.Algorithm}'s order: {wrong}\n{small}");
            }
        });
        output.WriteLine($"{name}: compared {compared}, of these invalid {invalid}; decided by another than the general search {special}");
        Assert.InRange(compared, Histories / 2, int.MaxValue);
        Assert.InRange(invalid, compared / 20, compared - (compared / 20));
        if (SpecialAlgorithms.For(type, CheckOptions.Default).Length > 0) Assert.InRange(special, 1, int.MaxValue);
    }

    private static VerdictKind General(History history, DataType type, CheckOptions options)
    {
        var partition = KeyPartition.Of(history, type, history.Values.Intern(options.Initial), options);
        var kind = VerdictKind.Valid;
        for (var key = 0; key < partition.Count; key++)
        {
            var judged = Lin.JudgeOf(type).Judge(partition[key], new SearchBudget(200_000, 1L << 28, default)).Kind;
            if (judged == VerdictKind.Invalid) return judged;
            if (judged == VerdictKind.Unknown) kind = judged;
        }

        return kind;
    }
}

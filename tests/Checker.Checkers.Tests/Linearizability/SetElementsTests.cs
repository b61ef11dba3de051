using Checker.Benchmarks.Types;
using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Checkers.Linearizability.Special.Sets;
using Checker.Histories;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>Sets that are not read whole, by several cores and with and without an order.</summary>
public sealed class SetElementsTests
{
    private const int Histories = 20;

    [Theory]
    [InlineData("set", 0)]
    [InlineData("set", 0.03)]
    [InlineData(TypedKind.ReAdded, 0.03)]
    public void Says_the_same_on_any_number_of_cores(string name, double unknown)
    {
        var kind = TypedKind.All.Single(kind => kind.Name == name);
        for (var i = 0; i < Histories * Campaign.Multiplier; i++)
        {
            var history = new TypedHistory(kind, 2000 + (10 * i), 2 + (i % 20), unknown, Spoiled: i % 2 == 1).Build();
            var rows = KeyPartition.Of(history, DataTypes.Set, default, CheckOptions.Default)[0];
            var whole = new SetElements().TryDecide(rows, CheckOptions.Default);
            if (i % 2 == 0) Assert.Equal(SpecialOutcome.Valid, whole.Outcome); // an unknown outcome may explain what was spoiled
            else if (unknown == 0) Assert.Equal(SpecialOutcome.Invalid, whole.Outcome);
            if (whole.Order is { } order) Assert.Null(CertificateReplayer.Refute(history, DataTypes.Set, new OrderCertificate(order), CheckOptions.Default));
            foreach (var cores in (int[])[1, 2, 3])
            {
                var answer = new SetElements().TryDecide(rows, new CheckOptions { Parallelism = cores, Certify = false });
                Assert.Equal((whole.Outcome, whole.Anomaly?.Explanation), (answer.Outcome, answer.Anomaly?.Explanation));
            }
        }
    }
}

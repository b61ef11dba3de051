using Checker.Benchmarks.Types;
using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.General.Queues;
using Checker.Histories;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>The search for pairs of queues whose values repeat, on histories longer than the definition can judge.</summary>
public sealed class RepeatedQueueTests(ITestOutputHelper output)
{
    [Fact]
    public void Agrees_with_the_general_search() =>
        RepeatedValues.AssertAgrees(DataTypes.Queue, (rows, budget, beam) => new QueueSearch(QueueProblem.Of(rows)!, budget, beam).Run(rows), mostUndecided: 0, output);

    [Theory]
    [InlineData(5, 3, 0)]
    [InlineData(20, 3, 0.03)]
    [InlineData(20, 8, 0.03)]
    [InlineData(20, 20, 0.01)]
    public void Decides_thousands_of_operations_of_unknown_outcome(int processes, int values, double unknown)
    {
        var history = new TypedHistory(TypedKind.All.Single(kind => kind.Name == "queue"), 3000, processes, unknown, Spoiled: false, values).Build();
        var verdict = Lin.Check(history, DataTypes.Queue, CheckOptions.Default with { MaxSteps = 2_000_000 });
        Assert.Equal((VerdictKind.Valid, QueueSearch.Name), (verdict.Kind, verdict.Algorithm));
        Assert.Null(CertificateReplayer.Refute(history, DataTypes.Queue, Assert.IsType<OrderCertificate>(verdict.Certificate), CheckOptions.Default));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void Refutes_what_was_exchanged_among_thousands_of_operations(int processes)
    {
        var history = new TypedHistory(TypedKind.All.Single(kind => kind.Name == "queue"), 3000, processes, Unknown: 0, Spoiled: true, Values: 20).Build();
        var verdict = Lin.Check(history, DataTypes.Queue, CheckOptions.Default with { MaxSteps = 2_000_000 });
        Assert.Equal((VerdictKind.Invalid, QueueSearch.Name), (verdict.Kind, verdict.Algorithm));
    }
}

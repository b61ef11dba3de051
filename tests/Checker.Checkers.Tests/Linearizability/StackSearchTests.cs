using Checker.Benchmarks.Types;
using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.General.Stacks;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;
using Xunit.Abstractions;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>The search by sets of contents of stacks whose values repeat, on histories longer than the definition can judge.</summary>
public sealed class StackSearchTests(ITestOutputHelper output)
{
    [Fact]
    public void Agrees_with_the_general_search() =>
        RepeatedValues.AssertAgrees(DataTypes.Stack, (rows, budget, beam) => new StackSearch(StackProblem.Of(rows)!, budget, beam).Run(rows), mostUndecided: 2, output);

    [Fact]
    public void Says_how_many_operations_were_placed()
    {
        var history = new TypedHistory(TypedKind.All.Single(kind => kind.Name == "stack"), 3000, 5, Unknown: 0, Spoiled: false, Values: 3).Build();
        var rows = KeyPartition.Of(history, DataTypes.Stack, history.Values.Intern(Value.Null), CheckOptions.Default)[0];
        var result = new StackSearch(StackProblem.Of(rows)!, new SearchBudget(2000, 1L << 30, default)).Run(rows);
        Assert.Equal(VerdictKind.Unknown, result.Kind);
        Assert.InRange(result.Placed, 1, rows.Count - 1);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(5, 8)]
    [InlineData(5, 20)]
    public void Decides_thousands_of_operations_both_ways(int processes, int values)
    {
        foreach (var spoiled in (bool[])[false, true])
        {
            var history = new TypedHistory(TypedKind.All.Single(kind => kind.Name == "stack"), 3000, processes, Unknown: 0, spoiled, values).Build();
            var rows = KeyPartition.Of(history, DataTypes.Stack, history.Values.Intern(Value.Null), CheckOptions.Default)[0];
            var result = new StackSearch(StackProblem.Of(rows)!, new SearchBudget(20_000_000, 1L << 30, default)).Run(rows);
            if (!spoiled) Assert.Equal(VerdictKind.Valid, result.Kind);
            Assert.NotEqual(VerdictKind.Unknown, result.Kind);
            if (result.Kind == VerdictKind.Valid)
                Assert.Null(CertificateReplayer.Refute(history, DataTypes.Stack, new OrderCertificate(result.Order), CheckOptions.Default));
        }
    }
}

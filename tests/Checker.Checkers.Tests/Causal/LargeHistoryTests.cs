using Checker.Checkers.Catalogue;
using Checker.Checkers.Causal;
using Checker.Checkers.Lattice;
using Checker.Checkers.Sequential;
using Checker.Checkers.Tests.Registers;
using Checker.Histories;

namespace Checker.Checkers.Tests.Causal;

/// <summary>Histories too large for any reference: decided at all, within the budget, and without contradiction.</summary>
public class LargeHistoryTests
{
    [Theory]
    [InlineData(100_000)]
    [InlineData(10_000)]
    [InlineData(1_000)]
    public void Weak_models_of_ten_thousand_operations_whose_values_repeat_are_decided(int values)
    {
        var random = new Random(values);
        foreach (var small in new[]
                 {
                     SmallHistory.Lagging(random, count: 10_000, processes: 10, keys: 20, values),
                     Longer.LaggingBehindOneLog(random, count: 10_000, processes: 10, keys: 20, values),
                 })
        {
            var history = small.Build();
            string[] others = [ModelNames.Linearizable, ModelNames.RealTimeCausal, ModelNames.Eventual];
            var kinds = ModelLattice.Models.Except(others).ToDictionary(
                name => name, name => Models.Find(name)!.Check(history, DataTypes.Kv, CheckOptions.Default).Kind);
            Assert.DoesNotContain(VerdictKind.Unknown, kinds.Values);
            ModelLattice.Propagate(kinds);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_sequential_history_is_decided_where_the_timestamps_do_not_fit(bool convergent)
    {
        var history = Longer.LaggingBehindOneLog(new Random(1), count: 2000, processes: 50, keys: 5, values: 1_000_000).Build();
        var tight = CheckOptions.Default with { MaxBytes = 1000 };
        Assert.Equal(VerdictKind.Valid, new CausalModel(convergent).Check(history, DataTypes.Kv, tight).Kind);
        Assert.Equal(VerdictKind.Valid, new ViewModel(causal: true).Check(history, DataTypes.Kv, tight).Kind);
    }

    [Fact]
    public void Where_the_timestamps_do_not_fit_and_no_order_is_found_the_verdict_says_so()
    {
        var history = SmallHistory.Parse("0 w x 1", "0 r x 2", "1 w x 2", "1 r x 1").Build();
        var verdict = new CausalModel(convergent: false).Check(history, DataTypes.Kv, CheckOptions.Default with { MaxBytes = 8 });
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Contains("more than half of the budget of 8", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains("no sequential order", verdict.Reason, StringComparison.Ordinal);
    }

    // Every process is retired after some twenty operations: what a process sees concerns few others.
    [Fact]
    public void Pram_of_thousands_of_retired_processes_is_decided()
    {
        var history = Longer.LaggingBehindOneLog(new Random(2), count: 40_000, processes: 2000, keys: 50, values: 1_000_000_000).Build();
        var tight = CheckOptions.Default with { MaxBytes = 10_000_000 };
        Assert.Equal(VerdictKind.Valid, new ViewModel(causal: false).Check(history, DataTypes.Kv, tight).Kind);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Causal_models_of_thousands_of_sessions_are_decided_in_little_memory(bool agrees)
    {
        var random = new Random(agrees ? 3 : 4);
        var small = Longer.BehindReplicas(random, count: 20_000, processes: 2000, replicas: 10, keys: 20, agrees);
        var tight = CheckOptions.Default with { MaxBytes = 20_000_000 };
        AssertPlaced(small, tight, VerdictKind.Valid, agrees ? VerdictKind.Valid : VerdictKind.Invalid);

        // One read goes back to what its own session had overwritten.
        var spoiled = small.Ops.ToList();
        var own = spoiled.Select((op, at) => (op, at)).Where(o => o.op.Written is not null).GroupBy(o => (o.op.Process, o.op.Key))
            .First(group => group.Count() > 1 && group.First().at > 10_000).ToList();
        spoiled.Add(own[0].op with { ReadValue = own[0].op.Written, Reads = true, Written = null });
        AssertPlaced(new SmallHistory(spoiled), tight, VerdictKind.Invalid, VerdictKind.Invalid);
    }

    private static void AssertPlaced(SmallHistory small, CheckOptions tight, VerdictKind causal, VerdictKind convergent)
    {
        var history = small.Build();
        foreach (var (isConvergent, expected) in new[] { (false, causal), (true, convergent) })
        {
            var verdict = new CausalModel(isConvergent).Check(history, DataTypes.Kv, tight);
            Assert.True(verdict.Kind == expected, $"{isConvergent}: {verdict.Kind} {verdict.Reason}");
            Assert.Equal(expected, new CausalModel(isConvergent).Check(history, DataTypes.Kv, CheckOptions.Default).Kind);
            foreach (var anomaly in verdict.Anomalies) AnomalyAudit.Verify(history, anomaly);
        }

        // Sequential consistency implies causal convergence; beyond that it is a search.
        if (convergent == VerdictKind.Invalid) Assert.Equal(VerdictKind.Invalid, new SequentialModel().Check(history, DataTypes.Kv, tight).Kind);

        // Views need all timestamps; without, causal memory is refuted or left open with what is known.
        var memory = new ViewModel(causal: true).Check(history, DataTypes.Kv, tight);
        if (causal == VerdictKind.Invalid) Assert.Equal(VerdictKind.Invalid, memory.Kind);
        else Assert.Contains("causally consistent and PRAM", memory.Reason, StringComparison.Ordinal);
    }
}

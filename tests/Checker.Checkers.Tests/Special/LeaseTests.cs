using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.Special;
using Checker.Histories;
using Checker.Histories.Values;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Special;

/// <summary>Locks whose holds are leases, against a walk through time, and drawn by hand.</summary>
public sealed class LeaseTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Agrees_with_a_walk_through_time(bool named, bool tokens)
    {
        var (total, wrong, unknown, direct) = (0, 0, 0, 0);
        Linearizability.Campaign.InBatches(1_500 * Campaign.Multiplier, (batch, random) =>
        {
            for (var i = 0; i < Linearizability.Campaign.Batch; i++)
            {
                List<TestOperation> operations;
                bool linearizable;
                var tries = 0;
                do
                {
                    operations = LeaseModel.Next(random, named, tokens);
                    linearizable = LeaseModel.IsLinearizable(operations);
                }
                while (linearizable != (i % 2 == 0) && ++tries < 40);

                Interlocked.Increment(ref total);
                if (!linearizable) Interlocked.Increment(ref wrong);
                if (operations.Exists(op => op.IsInfo)) Interlocked.Increment(ref unknown);
                if (Judge(operations, linearizable, $"batch {batch}, history {i}")) Interlocked.Increment(ref direct);
            }
        });
        output.WriteLine($"{total} histories, {wrong} invalid, {unknown} with info, {direct} decided without a search");
        Assert.InRange((double)wrong / total, 0.44, 0.56);
        Assert.True(unknown > 0.27 * total && direct > total / (named ? 20 : 4), $"{unknown} with info, {direct} of {total} decided directly");
    }

    [Fact]
    public void Rejects_an_acquire_before_the_lease_is_over()
    {
        var verdict = Check((0, 100, 5, 7), (1, 100, 50, 90));
        Assert.Equal(VerdictKind.Invalid, verdict.Kind);
        var anomaly = Assert.Single(verdict.Anomalies);
        Assert.Equal("mutual-exclusion", anomaly.Kind);
        Assert.Contains("on a lease of 100 ms from 5 ms on", anomaly.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Accepts_an_acquire_that_returns_when_the_lease_may_be_over() => Assert.Equal(VerdictKind.Valid, Check((0, 100, 5, 7), (1, 100, 50, 105)).Kind);

    [Fact]
    public void Counts_a_lease_from_the_invocation_not_from_the_return() => Assert.Equal(VerdictKind.Valid, Check((0, 100, 5, 80), (1, 100, 81, 110)).Kind);

    [Fact]
    public void Lets_a_clock_that_jumped_ahead_end_a_lease() => Assert.Equal(VerdictKind.Valid, Check((0, 100, 5, 7), (2, 0, 300, 301), (1, 100, 50, 90)).Kind);

    [Fact]
    public void Lets_a_clock_that_ran_back_end_a_lease() => Assert.Equal(VerdictKind.Valid, Check((0, 100, 500, 501), (1, 100, 5, 110)).Kind);

    [Fact]
    public void Lets_every_lease_lapse_where_there_are_no_times() => Assert.Equal(VerdictKind.Valid, Check((0, 100, -1, -1), (1, 100, -1, -1)).Kind);

    [Fact]
    public void Says_what_is_wrong_with_a_lease_that_is_no_time()
    {
        var builder = new HistoryBuilder(DataTypes.Lock);
        builder.Invoke(0, Function.Acquire, default, builder.Values.Intern(Value.Map([new("lease", "soon")])));
        builder.Complete(0, OperationType.Ok, Function.Acquire, default, default);
        var verdict = Lin.Check(builder.Build(), DataTypes.Lock, CheckOptions.Default);
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Contains("a lease of whole milliseconds", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_unknown_where_the_search_for_an_order_spends_its_budget()
    {
        var builder = new HistoryBuilder(DataTypes.Lock);
        var input = builder.Values.Intern(Value.Map([new("owner", "one"), new("lease", 1)]));
        for (var process = 0; process < 12; process++) builder.Invoke(process, Function.Acquire, default, input, process * 1_000_000L);
        for (var process = 0; process < 12; process++) builder.Complete(process, OperationType.Ok, Function.Acquire, default, default, 12_000_000L);
        var verdict = Lin.Check(builder.Build(), DataTypes.Lock, new CheckOptions { MaxSteps = 5 });
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Contains("budget is spent", verdict.Reason, StringComparison.Ordinal);
    }

    // True if no search was needed.
    private static bool Judge(List<TestOperation> operations, bool linearizable, string where)
    {
        var history = TestHistory.Of(operations, DataTypes.Lock);
        var verdict = Lin.Check(history, DataTypes.Lock, CheckOptions.Default);
        var expected = linearizable ? VerdictKind.Valid : VerdictKind.Invalid;
        string Shown() => $"{where}, {verdict.Algorithm}: {verdict.Kind}, expected {expected} {verdict.Reason}\n" +
            string.Join("\n", operations.OrderBy(op => op.Invoke)) + string.Concat(verdict.Anomalies.Select(a => "\n" + a.Explanation));
        if (expected != verdict.Kind) Assert.Fail(Shown());
        var searched = new LockLeases().TryDecide(TestHistory.Rows(history, DataTypes.Lock), CheckOptions.Default);
        if (searched.Outcome != SpecialOutcome.NotApplicable && linearizable != (searched.Outcome == SpecialOutcome.Valid)) Assert.Fail("search, " + Shown());
        if (linearizable)
        {
            Assert.Null(CertificateReplayer.Refute(history, DataTypes.Lock, (OrderCertificate)verdict.Certificate!, CheckOptions.Default));
            if (searched.Order is { } order)
                Assert.Null(CertificateReplayer.Refute(history, DataTypes.Lock, new OrderCertificate(order), CheckOptions.Default));
        }
        else
        {
            var anomaly = Assert.Single(verdict.Anomalies);
            var sorted = operations.OrderBy(op => op.Invoke).ToArray();
            if (LeaseModel.IsLinearizable([.. anomaly.Operations.Select(i => sorted[i])])) Assert.Fail("the evidence is valid, " + Shown());
        }

        return verdict.Algorithm == "lock holds";
    }

    // Acquires one after the other, as (process, lease, time of the invocation, time of the return); a lease of 0 is none.
    private static Verdict Check(params (int Process, int Lease, long Invoke, long Return)[] acquires)
    {
        var builder = new HistoryBuilder(DataTypes.Lock);
        foreach (var (process, lease, invoke, end) in acquires)
        {
            var function = lease > 0 ? Function.Acquire : Function.Release;
            var type = lease > 0 ? OperationType.Ok : OperationType.Fail;
            var input = lease > 0 ? builder.Values.Intern(Value.Map([new("owner", $"o{process}"), new("lease", lease)])) : default;
            Assert.Null(builder.Invoke(process, function, default, input, invoke < 0 ? -1 : invoke * 1_000_000));
            Assert.Null(builder.Complete(process, type, function, default, default, end < 0 ? -1 : end * 1_000_000));
        }

        return Lin.Check(builder.Build(), DataTypes.Lock, CheckOptions.Default);
    }
}

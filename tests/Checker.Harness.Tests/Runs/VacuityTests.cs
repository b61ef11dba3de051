using Checker.Harness.Generators;
using Checker.Harness.Nemeses;
using Checker.Histories;
using Checker.Targets;
using Xunit;

namespace Checker.Harness.Tests.Runs;

public sealed class VacuityTests
{
    [Fact]
    public void A_run_in_which_reads_and_writes_succeed_and_nothing_was_to_be_broken_says_something() => Assert.Empty(new ToyTarget().Run().Vacuity);

    [Fact]
    public void A_run_in_which_no_operation_succeeds_is_vacuous()
    {
        var target = new ToyTarget(call => new ValueTask<Completion>(Completion.Fail("no")));
        var finding = Assert.Single(target.Run().Vacuity);
        Assert.Equal("no-operation-succeeded", finding.Kind);
        Assert.Matches("^none of the [0-9]+ operations of the workload succeeded$", finding.Explanation);
    }

    [Fact]
    public void A_run_in_which_no_read_succeeds_is_vacuous()
    {
        var target = new ToyTarget(call => call.Invocation.Function == Function.Read ? new ValueTask<Completion>(Completion.Fail("no")) : null);
        Assert.Equal("no-read-succeeded", Assert.Single(target.Run().Vacuity).Kind);
    }

    [Fact]
    public void A_run_in_which_nothing_but_reads_succeeds_is_vacuous()
    {
        var target = new ToyTarget(call => call.Invocation.Function == Function.Write ? new ValueTask<Completion>(Completion.Fail("no")) : null);
        Assert.Equal("no-write-succeeded", Assert.Single(target.Run().Vacuity).Kind);
    }

    [Fact]
    public void A_run_without_operations_is_vacuous()
    {
        var target = new ToyTarget();
        var plan = target.Plan();
        plan = plan with { Workload = plan.Workload with { Main = _ => Gen.Nothing } };
        Assert.Equal("no-operation", Assert.Single(target.Run(plan).Vacuity).Kind);
    }

    [Fact]
    public void A_fault_that_never_bit_is_said_by_name()
    {
        // The nodes of the toy never say a word to each other.
        var target = new ToyTarget();
        var finding = Assert.Single(target.Run(target.Plan("partition-halves")).Vacuity);
        Assert.Equal("fault-never-bit", finding.Kind);
        Assert.Matches("^the nemesis \"partition-halves\" injected [0-9]+ faults, but none ever bit: messages dropped: 0$", finding.Explanation);
    }

    [Fact]
    public void A_nemesis_that_found_nothing_to_aim_at_is_said_by_name()
    {
        var target = new ToyTarget();
        var finding = Assert.Single(target.Run(target.Plan("kill-primaries")).Vacuity);
        Assert.Equal("fault-never-injected", finding.Kind);
        Assert.Contains("\"kill-primaries\"", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_that_never_comes_to_its_fault_is_said_too()
    {
        var target = new ToyTarget();
        var pause = NemesisCatalogue.Parse("pause-one");
        var late = new FaultTimeline(pause[0], [new FaultPeriod(1L << 60, 1L << 61)]);
        var plan = target.Plan() with { Nemeses = pause, Schedule = new NemesisSchedule([late]) };
        Assert.Equal("fault-never-injected", Assert.Single(target.Run(plan).Vacuity).Kind);
    }
}

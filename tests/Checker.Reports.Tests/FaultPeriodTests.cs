using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Reports.Tests;

public class FaultPeriodTests
{
    [Fact]
    public void A_start_and_its_stop_are_one_period_with_details_and_evidence()
    {
        var period = Assert.Single(Of("start-partition", "stop-partition"));
        Assert.Equal(
            ("partition", 0, 1, 0L, 10L, true), (period.Fault, period.StartPosition, period.EndPosition, period.StartTime, period.EndTime, period.Healed));
        Assert.Equal((Value)0, period.Details);
        Assert.Equal((Value)1, period.Evidence);
    }

    [Fact]
    public void Faults_of_a_kind_that_overlap_end_in_the_order_in_which_they_began()
    {
        var periods = Of("start-kill", "start-pause", "start-kill", "stop-kill", "stop-pause", "stop-kill");
        Assert.Equal([("kill", 0, 3), ("pause", 1, 4), ("kill", 2, 5)], periods.Select(p => (p.Fault, p.StartPosition, p.EndPosition)));
    }

    [Fact]
    public void A_fault_that_never_heals_lasts_to_the_end()
    {
        var period = Assert.Single(Of("start-kill", "note"));
        Assert.False(period.Healed);
        Assert.Equal((2, 10L), (period.EndPosition, period.EndTime));
    }

    [Fact]
    public void A_stop_without_a_start_is_no_period() => Assert.Empty(Of("stop-kill", "heal", "final-reads"));

    [Fact]
    public void Names_of_other_tools_are_understood() =>
        Assert.Equal([("fault", 0, 1), ("kill", 2, 3), ("pause", 4, 5)], Of("start", "stop", "kill", "start", "pause", "resume").Select(
            p => (p.Fault, p.StartPosition, p.EndPosition)));

    [Fact]
    public void An_operation_that_is_logged_twice_is_one_period()
    {
        var builder = new HistoryBuilder(DataTypes.Register);
        builder.Nemesis(EventType.Info, "start", Value.Null, 0);
        builder.Nemesis(EventType.Info, "start", "cut off n1", 1);
        builder.Nemesis(EventType.Info, "stop", Value.Null, 8);
        builder.Nemesis(EventType.Info, "stop", "healed", 9);
        var period = Assert.Single(FaultPeriod.Of(builder.Build()));
        Assert.Equal((0L, 9L), (period.StartTime, period.EndTime));
        Assert.Equal((Value)"cut off n1", period.Details);
        Assert.Equal((Value)"healed", period.Evidence);
    }

    private static IReadOnlyList<FaultPeriod> Of(params string[] names)
    {
        var builder = new HistoryBuilder(DataTypes.Register);
        for (var i = 0; i < names.Length; i++) builder.Nemesis(EventType.Info, names[i], i, 10 * i);
        return FaultPeriod.Of(builder.Build());
    }
}

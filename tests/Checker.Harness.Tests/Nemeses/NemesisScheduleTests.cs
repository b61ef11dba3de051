using Checker.Harness.Nemeses;
using Checker.Harness.Simulation;
using Checker.Harness.Worlds;
using Checker.Targets;
using Xunit;

namespace Checker.Harness.Tests.Nemeses;

public sealed class NemesisScheduleTests
{
    private const long Minute = 60 * Intervals.Second;

    [Fact]
    public void The_same_seed_draws_the_same_schedule()
    {
        Assert.Equal(Text(Draw(5)), Text(Draw(5)));
        Assert.NotEqual(Text(Draw(5)), Text(Draw(6)));
    }

    [Fact]
    public void A_nemesis_has_the_same_timeline_whoever_stands_beside_it()
    {
        var alone = NemesisSchedule.Draw(NemesisCatalogue.Parse("kill"), NemesisOptions.Default, Minute, new SeededRandom(5));
        Assert.Equal(alone.Timelines[0].Periods, Draw(5).Timelines[1].Periods);
    }

    [Fact]
    public void Faults_of_one_nemesis_follow_each_other_and_every_cycle_ends_quietly()
    {
        var options = NemesisOptions.Default;
        for (var seed = 0; seed < 100; seed++)
        {
            foreach (var timeline in Draw(seed).Timelines)
            {
                Assert.InRange(timeline.Periods.Count, 8, 200);
                var before = 0L;
                foreach (var (start, stop) in timeline.Periods)
                {
                    Assert.True(before <= start && start < stop && stop <= Minute);
                    Assert.Equal(start / options.Cycle, (stop - 1) / options.Cycle);
                    Assert.True(stop % options.Cycle <= options.Cycle - options.Quiet && stop % options.Cycle > 0);
                    before = stop;
                }
            }
        }
    }

    [Fact]
    public void Some_faults_follow_at_once()
    {
        var periods = Draw(1).Timelines[0].Periods;
        Assert.Contains(Enumerable.Range(1, periods.Count - 1), i => periods[i].Start == periods[i - 1].Stop);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public void A_short_run_still_has_faults(long milliseconds)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var limit = milliseconds * Intervals.Millisecond;
            var schedule = NemesisSchedule.Draw(NemesisCatalogue.Parse("kill"), NemesisOptions.Default, limit, new SeededRandom(seed));
            Assert.NotEmpty(schedule.Timelines[0].Periods);
            Assert.True(schedule.Timelines[0].Periods[^1].Stop < limit);
        }
    }

    [Fact]
    public void Lengths_of_time_are_drawn_from_short_to_long()
    {
        var random = new SeededRandom(1);
        var drawn = Enumerable.Range(0, 10_000).Select(_ => Intervals.Draw(random, 100, 1600)).ToList();
        Assert.All(drawn, length => Assert.InRange(length, 100, 1600));
        foreach (var octave in new[] { 100, 200, 400, 800 }) Assert.InRange(
            drawn.Count(length => length >= octave && length < 2 * octave), 2_300, 2_700);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(11, 10)]
    public void Lengths_that_make_no_sense_are_refused(long low, long high) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Intervals.Draw(new SeededRandom(1), low, high));

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        var good = NemesisOptions.Default;
        Assert.Throws<ArgumentException>(() => (good with { ShortestFault = 0 }).Validate());
        Assert.Throws<ArgumentException>(() => (good with { LongestGap = 1 }).Validate());
        Assert.Throws<ArgumentException>(() => (good with { Quiet = good.Cycle }).Validate());
        Assert.Throws<ArgumentException>(() => (good with { FollowsAtOnce = 1.5 }).Validate());
        NemesisOptions.Every(Intervals.Second).Validate();
    }

    [Fact]
    public void A_schedule_is_played_to_the_nanosecond_and_stopping_heals()
    {
        var pause = NemesisCatalogue.Find("pause-one")!;
        var lines = Play(new RecordingCluster(), [new FaultTimeline(pause, [new(10, 20), new(20, 25), new(40, 1_000)])], stopAt: 50);
        Assert.Equal(
            ["10 start-pause-one", "20 stop-pause-one", "20 start-pause-one", "25 stop-pause-one", "40 start-pause-one",
                "50 stop-pause-one"], lines);
    }

    [Fact]
    public void Several_nemeses_overlap()
    {
        var lines = Play(
            new RecordingCluster(),
            [
                new FaultTimeline(NemesisCatalogue.Find("pause-one")!, [new(10, 30)]),
                new FaultTimeline(NemesisCatalogue.Find("kill-one")!, [new(20, 40)]),
            ],
            stopAt: 50);
        Assert.Equal(["10 start-pause-one", "20 start-kill-one", "30 stop-pause-one", "40 stop-kill-one"], lines);
    }

    [Fact]
    public void A_fault_that_cannot_be_injected_is_reported_and_the_next_is_tried()
    {
        var cluster = new RecordingCluster { Refuses = 0 };
        var lines = Play(cluster, [new FaultTimeline(NemesisCatalogue.Find("pause-all")!, [new(10, 20), new(30, 40)])], stopAt: 50);
        Assert.Equal(
            [
                "10 start-pause-all: a refuses", "10 stop-pause-all: it was never in force",
                "30 start-pause-all: a refuses", "30 stop-pause-all: it was never in force",
            ],
            lines);
    }

    private static List<string> Play(RecordingCluster cluster, IReadOnlyList<FaultTimeline> timelines, long stopAt)
    {
        var world = new SimulatedWorld(1);
        var lines = new List<string>();
        world.Run(async () =>
        {
            var thread = new NemesisThread(
                world, cluster, 2, (f, _, error) => lines.Add($"{world.Now} {f}{(error is null ? "" : ": " + error)}"));
            thread.Start(new NemesisSchedule(timelines));
            await world.Delay(stopAt);
            await thread.StopAsync();
            Assert.Empty(thread.InForce);
            Assert.Equal(lines.Count / 2, thread.Reports.Count);
        });
        return lines;
    }

    private static NemesisSchedule Draw(long seed) =>
        NemesisSchedule.Draw(NemesisCatalogue.Parse("partition,kill,pause"), NemesisOptions.Default, Minute, new SeededRandom(seed));

    private static string Text(NemesisSchedule schedule) =>
        string.Join('|', schedule.Timelines.Select(timeline => $"{timeline.Nemesis.Name} {string.Join(' ', timeline.Periods)}"));
}

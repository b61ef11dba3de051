using Checker.Harness.Worlds;
using Checker.Targets;
using Xunit;

namespace Checker.Harness.Tests.Worlds;

public sealed class SkewableClockTests
{
    [Fact]
    public void Jumps_and_drifts_add_up_and_heal_one_by_one()
    {
        var clock = new SkewableClock();
        var (jump, fast, slow) = (ClockFault.JumpBy(0, -500), ClockFault.DriftAt(0, 1.5), ClockFault.DriftAt(1_000_000, 0.5));
        clock.Add(jump, 0);
        clock.Add(fast, 0);
        Assert.Equal((1_499_500, 1_500_000), (clock.Wall(1_000_000), clock.Monotonic(1_000_000)));
        clock.Add(slow, 1_000_000);
        Assert.False(clock.IsDrifting);
        Assert.Equal((2_499_500, 2_500_000), (clock.Wall(2_000_000), clock.Monotonic(2_000_000)));
        clock.Remove(fast, 2_000_000);
        Assert.Equal((1_499_500, 2_500_000), (clock.Wall(2_000_000), clock.Monotonic(2_000_000)));
        clock.Remove(slow, 2_000_000);
        clock.Remove(jump, 2_000_000);
        Assert.Equal((3_000_000, 3_500_000), (clock.Wall(3_000_000), clock.Monotonic(3_000_000)));
        Assert.Equal(3, jump.Evidence.Hits); // wall readings only
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_monotonic_clock_never_goes_back_and_a_timer_is_due_when_it_says_so(long seed)
    {
        var random = new SeededRandom(seed);
        var clock = new SkewableClock();
        var faults = new List<ClockFault>();
        var (now, last) = (0L, 0L);
        for (var i = 0; i < 5_000; i++)
        {
            now += random.Next(0, 3_000_000_000);
            var reading = clock.Monotonic(now);
            Assert.True(reading >= last);
            last = reading;
            var due = clock.DueAfter(now, random.Next(0, 10_000_000_000));
            var moment = clock.TrueTime(now, due);
            Assert.True(clock.Monotonic(moment) >= due);
            Assert.True(moment == now || clock.Monotonic(moment - 1) < due);
            if (faults.Count > 0 && random.Chance(0.5))
            {
                var healed = random.Pick(faults);
                faults.Remove(healed);
                clock.Remove(healed, now);
            }
            else
            {
                faults.Add(ClockFault.DriftAt(now, 0.01 + (2 * random.NextDouble())));
                clock.Add(faults[^1], now);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(1000)]
    public void Rejects_a_rate_at_which_no_clock_runs(double rate) => Assert.Throws<ArgumentOutOfRangeException>(() => ClockFault.DriftAt(0, rate));
}

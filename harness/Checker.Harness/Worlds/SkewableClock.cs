namespace Checker.Harness.Worlds;

/// <summary>
/// The clocks of one machine as functions of true time, under jumps and drifts that come and go one by one. Rates add up: two clocks of
/// 1.1 make one of 1.2. Integer arithmetic only. Read from any thread, changed from one.
/// </summary>
internal sealed class SkewableClock
{
    private const long Million = 1_000_000;
    private const long SlowestRate = 10_000; // one per cent: time must go on
    private volatile State _state = new(0, 0, Million, []);

    /// <summary>Whether timers run at another rate than true time.</summary>
    public bool IsDrifting => _state.Rate != Million;

    /// <summary>The wall clock at a true time; counts the reading as a hit of every fault in force.</summary>
    public long Wall(long now)
    {
        var state = _state;
        if (state.Faults.Length == 0) return now;
        var wall = now;
        foreach (var fault in state.Faults)
        {
            fault.Hit();
            wall += fault.Jump + Scale(now - fault.Since, fault.Drift);
        }

        return wall;
    }

    /// <summary>The monotonic clock at a true time; counts the reading as a hit of every drift in force.</summary>
    public long Monotonic(long now)
    {
        var state = _state;
        if (state.Rate != Million) state.CountDrifts();
        return state.Monotonic(now);
    }

    /// <summary>The monotonic time of a timer that is set at a true time; counts as a hit of every drift in force.</summary>
    public long DueAfter(long now, long nanoseconds) => Moments.After(Monotonic(now), nanoseconds);

    /// <summary>The first true time, not before <paramref name="now"/>, at which the monotonic clock shows <paramref name="due"/>.</summary>
    public long TrueTime(long now, long due)
    {
        var state = _state;
        if (state.Monotonic(now) >= due) return now;
        var left = due - state.MonotonicAtOrigin; // from the origin, so that the rounding is the clock's own
        if (state.Rate == Million) return Moments.After(state.Origin, left);
        var wait = ((left / state.Rate) * Million) + ((((left % state.Rate) * Million) + state.Rate - 1) / state.Rate);
        return wait < 0 ? long.MaxValue : Moments.After(state.Origin, wait);
    }

    /// <summary>Puts a fault into force.</summary>
    public void Add(ClockFault fault, long now) => Change([.. _state.Faults, fault], now);

    /// <summary>Takes it back: the wall clock stands as if it had never been, the monotonic clock goes on from where it is.</summary>
    public void Remove(ClockFault fault, long now) => Change([.. _state.Faults.Where(other => other != fault)], now);

    private static long Scale(long time, long millionths) => ((time / Million) * millionths) + (((time % Million) * millionths) / Million);

    private void Change(ClockFault[] faults, long now)
    {
        var rate = Million;
        foreach (var fault in faults) rate += fault.Drift;
        _state = new State(now, _state.Monotonic(now), Math.Max(rate, SlowestRate), faults);
    }

    private sealed record State(long Origin, long MonotonicAtOrigin, long Rate, ClockFault[] Faults)
    {
        public long Monotonic(long now) => MonotonicAtOrigin + (Rate == Million ? now - Origin : Scale(now - Origin, Rate));

        public void CountDrifts()
        {
            foreach (var fault in Faults)
            {
                if (fault.Drift != 0) fault.Hit();
            }
        }
    }
}

/// <summary>A jump or a drift of one machine's clocks.</summary>
internal sealed class ClockFault : ActiveFault
{
    private ClockFault(string what, long since, long jump, long drift)
        : base(what) => (Since, Jump, Drift) = (since, jump, drift);

    /// <summary>The true time at which it began.</summary>
    public long Since { get; }

    /// <summary>Nanoseconds added to the wall clock.</summary>
    public long Jump { get; }

    /// <summary>Millionths added to the rate of both clocks.</summary>
    public long Drift { get; }

    /// <summary>A jump.</summary>
    public static ClockFault JumpBy(long now, long nanoseconds) => new("wrong clock readings", now, nanoseconds, 0);

    /// <summary>A drift; the rate is rounded to millionths.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not from 0.01 to 100.</exception>
    public static ClockFault DriftAt(long now, double rate)
    {
        if (rate is not (>= 0.01 and <= 100)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "a clock's rate is from 0.01 to 100");
        return new("wrong clock readings and timers", now, 0, (long)((rate * 1_000_000) + 0.5) - 1_000_000);
    }
}

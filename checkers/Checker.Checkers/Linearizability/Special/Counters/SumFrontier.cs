using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// Searches counters that go up and down by any amounts: carries configurations from event to event (just-in-time linearization, Lowe 2017). A
/// configuration is the value, the open changes that have taken effect, the open reads that have found their values, and how many changes of
/// unknown outcome of each amount are spent.
/// </summary>
/// <remarks>
/// <para>Reductions, all exact: a read finds its value as soon as the counter has it while the read is open, for it changes nothing; changes take effect as
/// late as may be (<see cref="SumExpansion"/>); of two configurations of one value the one that has more left for later makes the other needless
/// (<see cref="SumShape.IsAtLeast"/>); and what has gone too far up or down for a read to come leads nowhere (<see cref="SumOutlook"/>).</para>
/// <para>A beam carries the most promising configurations and looks at the nearest ways only, and goes back and carries more and looks farther where none
/// survives. It refutes only if nothing was left out, or if a part of the history before the place where it was stuck has no order from whatever
/// configuration it may have begun with (<see cref="SumStart"/>). At last all configurations are carried. Cost: events × configurations;
/// exponential in the open operations at worst, as the problem includes that of sums of subsets.</para>
/// <para>A step is a configuration that was made, or a few sums that were tried.</para>
/// </remarks>
internal sealed class SumFrontier
{
    private const int Interval = 32; // events between checkpoints just behind
    private const int StepsPerEvent = 100; // to go back, for a part that may have no order
    private const int MostStarts = 1 << 14; // configurations at the beginning of a part

    private readonly SumEvents _events;
    private readonly OpenSums _open;
    private readonly SumShape _shape;
    private readonly SumLog _log;
    private readonly SumOutlook _outlook;
    private readonly SumExpansion _expansion;
    private readonly SearchBudget _budget;
    private readonly StepMeter _meter;
    private readonly Checkpoints<SumConfigurations> _checkpoints;
    private readonly Stack<SumConfigurations> _free = [];
    private SumConfigurations _frontier;
    private SumConfigurations _next;
    private bool _truncated;
    private int _farthest; // the latest event up to which something was carried

    /// <summary>A search for one counter.</summary>
    /// <param name="events">The counter.</param>
    /// <param name="budget">What it may spend.</param>
    /// <param name="certify">Whether its order is asked for.</param>
    public SumFrontier(SumEvents events, SearchBudget budget, bool certify)
    {
        (_events, _budget) = (events, budget);
        _open = new OpenSums(events);
        _shape = new SumShape(events, _open);
        _log = new SumLog(certify);
        (_frontier, _next) = (new(_shape), new(_shape));
        _checkpoints = new(Interval, static configurations => configurations.Bytes, _free.Push);
        _meter = new StepMeter(budget, () => _log.Bytes + _checkpoints.Bytes + _frontier.Bytes + _next.Bytes);
        _outlook = new SumOutlook(events, _open, _shape);
        _expansion = new SumExpansion(events, _open, _shape, _outlook, _log, _meter) { Limit = budget.MaxSteps };
    }

    /// <summary>How many configurations were made and sums tried.</summary>
    public long Steps => _meter.Steps;

    /// <summary>How many operations had returned where the search was farthest. O(events).</summary>
    public int Placed
    {
        get
        {
            var count = 0;
            for (var time = 0; time < _farthest; time++) count += _events[time] < 0 ? 1 : 0;
            return count;
        }
    }

    /// <summary>Which part of the budget is spent.</summary>
    public string Spent => _meter.Spent() ?? "the step budget is spent";

    /// <summary>If there is no order: the events at which a part begins and ends that has none by itself, whatever was before it.</summary>
    public (int From, int To) Part { get; private set; }

    /// <summary>Whether there is an order; null if that is not known.</summary>
    /// <param name="beam">How many configurations to carry; null for all.</param>
    public bool? Run(BeamWidth? beam)
    {
        if (beam is null) return RunWhole();
        Start(0);
        var farthest = 0;
        while (_open.Time < _events.Count)
        {
            var time = _open.Time;
            _farthest = Math.Max(_farthest, time);
            if (_checkpoints.IsDue(time)) Save(time);
            if (Pass(beam.At(time), beam.IsDirect ? SumReach.Near : SumReach.Far(beam.Level))) continue;
            if (_expansion.IsSpent) return null;
            farthest = Math.Max(farthest, time);
            if (!_truncated) return Refuted(0, _events.Count - 1); // what begins later may be the reason
            if (!beam.Widen(time)) return RunWhole();
            var from = Math.Max(0, farthest - (beam.Back / 4));
            if (beam.Level > 1 && IsImpossible(from, farthest, _meter.Steps + (StepsPerEvent * (long)beam.Back))) return Refuted(from, farthest);
            var checkpoint = _checkpoints.Before(farthest - beam.Back);
            _open.MoveTo(checkpoint.Position);
            _frontier.CopyFrom(checkpoint.Configurations);
            _truncated = checkpoint.Truncated;
        }

        return true;
    }

    /// <summary>After <see cref="Run"/> has found one: the order, as rows.</summary>
    public int[] Order() => _log.Path(_frontier.Link(0));

    /// <summary>
    /// Whether it is certain that there is no order of what lies between two events, whatever was before: as if all reads that are open then had found their
    /// values, and any of the changes had taken effect.
    /// </summary>
    public bool IsImpossible(int from, int to, long limit)
    {
        (_expansion.Limit, _outlook.LooksAhead) = (Math.Min(limit, _budget.MaxSteps), false);
        var isPossible = !Start(from);
        while (!isPossible && _open.Time <= to)
        {
            if (Pass(int.MaxValue, SumReach.Everywhere)) continue;
            isPossible = _expansion.IsSpent;
            break;
        }

        isPossible |= _open.Time > to;
        (_expansion.Limit, _outlook.LooksAhead) = (_budget.MaxSteps, true);
        if (!isPossible) Part = (from, to);
        return !isPossible;
    }

    private bool? RunWhole()
    {
        _checkpoints.Clear();
        Start(0);
        while (_open.Time < _events.Count)
        {
            _farthest = Math.Max(_farthest, _open.Time);
            if (!Pass(int.MaxValue, SumReach.Everywhere)) return _expansion.IsSpent ? null : Refuted(0, _events.Count - 1);
        }

        return true;
    }

    private bool Refuted(int from, int to)
    {
        Part = (from, to);
        return false;
    }

    // All configurations that there may be at a time; false if they are too many.
    private bool Start(int time)
    {
        _open.MoveTo(time);
        _frontier.Clear();
        _truncated = false;
        var record = new ulong[_shape.Width];
        record[0] = (ulong)_events.Initial;
        if (time == 0)
        {
            _frontier.Add(record, -1);
            return true;
        }

        return new SumStart(_events, _open, _shape).Fill(_frontier, MostStarts);
    }

    private void Save(int time)
    {
        if (!_free.TryPop(out var copy)) copy = new SumConfigurations(_shape);
        copy.CopyFrom(_frontier);
        _checkpoints.Add(new(time, copy, _truncated));
        if (_log.WantsCompacting) _log.Compact([_frontier, .. _checkpoints.Taken.Select(taken => taken.Configurations)]);
    }

    // Lets the next event pass; false if nothing is left.
    private bool Pass(int width, SumReach reach)
    {
        var entry = _events[_open.Time];
        if (entry < 0) return PassReturn(~entry, width, reach);
        _open.Advance();
        if (_events.Kind(entry) != SumKind.Read) return true;
        for (var number = 0; number < _frontier.Count; number++)
            _frontier.Link(number) = _expansion.Settle(_frontier[number], _frontier.Link(number));
        return true;
    }

    private bool PassReturn(int row, int width, SumReach reach)
    {
        var (kind, slot) = (_events.Kind(row), _events.Slot(row));
        if (kind == SumKind.Nothing)
        {
            _open.Advance();
            return true;
        }

        var done = 0;
        for (var number = 0; number < _frontier.Count; number++) done += IsDone(_frontier[number]) ? 1 : 0;
        if (done < _frontier.Count)
        {
            if (!Expand(row, IsDone, reach) && (reach != SumReach.Near || !Expand(row, IsDone, SumReach.Far(level: 1)))) return false;
            (_frontier, _next) = (_next, _frontier);
            _truncated |= _frontier.Keep(width);
        }

        for (var number = 0; number < _frontier.Count; number++)
        {
            if (kind == SumKind.Read) _shape.Unread(_frontier[number], slot);
            else SumShape.Unchange(_frontier[number], slot);
        }

        _open.Advance();
        return true;

        bool IsDone(ReadOnlySpan<ulong> record) => kind == SumKind.Read ? _shape.HasRead(record, slot) : SumShape.HasChanged(record, slot);
    }

    // Short ways first: long ones are many.
    private void Pass(int number, int row, SumReach reach)
    {
        if (reach.DetourLength is > 1 and < int.MaxValue)
            _expansion.Pass(_frontier[number], _frontier.Link(number), row, reach with { DetourLength = 1 }, _next);
        _expansion.Pass(_frontier[number], _frontier.Link(number), row, reach, _next);
    }

    // What becomes of the configurations when an operation ends; false if nothing does.
    private bool Expand(int row, Func<ReadOnlySpan<ulong>, bool> isDone, SumReach reach)
    {
        _next.Clear();
        _truncated |= reach != SumReach.Everywhere;
        for (var number = 0; number < _frontier.Count; number++)
        {
            if (isDone(_frontier[number])) _next.Add(_frontier[number], _frontier.Link(number));
            else Pass(number, row, reach);
            if (_expansion.IsSpent) return false;
        }

        return _next.Count > 0;
    }
}

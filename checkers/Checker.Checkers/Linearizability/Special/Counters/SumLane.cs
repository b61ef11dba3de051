using System.Numerics;
using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// Looks for an order of a counter of several amounts along a narrow lane: the few most promising configurations, made in the nearest ways, and more of them,
/// farther off, only where none survives. What it finds is an order; that it finds none says nothing. The steps are those of <see cref="SumFrontier"/>, on
/// records of a fixed size: at most 64 operations of a sort open at once, and few different amounts.
/// </summary>
internal sealed class SumLane
{
    private const int Interval = 64; // events between checkpoints just behind
    private const int Levels = 4; // how often it widens at one obstacle
    private const int StepsPerEvent = 40; // that has passed
    private const int LeastSteps = 200_000;
    private const int MadeForStep = 8;
    private const int CostOfUnknown = 8; // beside an open change
    private const int CostOfChange = 2;
    private const int WorthOfRead = 4;

    private readonly LaneColumns _columns;
    private readonly SumLog _log;
    private readonly LaneExpansion _expansion;
    private readonly Checkpoints<LaneMoment> _checkpoints;
    private readonly Stack<LaneMoment> _free = [];
    private readonly CancellationToken _cancellation;
    private readonly long _most;
    private readonly LaneMoment _moment = new();
    private readonly LaneMoment _next = new();
    private int[] _costs = new int[64];
    private int[] _numbers = new int[64];

    private SumLane(LaneColumns columns, in KeyHistory history, CheckOptions options)
    {
        (_columns, _cancellation) = (columns, options.Cancellation);
        _most = options.MaxSteps > long.MaxValue / MadeForStep ? long.MaxValue : options.MaxSteps / 2 * MadeForStep; // others want some as well
        _log = new SumLog(options.Certify);
        _expansion = new LaneExpansion(columns, _log, options.Certify ? UnknownRows(columns, history) : []);
        _checkpoints = new(Interval, static moment => 64L * moment.Count, _free.Push);
    }

    /// <summary>The steps that it took, beside those of a search: it makes several configurations in the time of one of these.</summary>
    public long Steps => _expansion.Steps / MadeForStep;

    /// <summary>The event that was not passed; −1 if all were.</summary>
    public int Obstacle { get; private set; } = -1;

    /// <summary>How many operations had returned where it came farthest.</summary>
    public int Placed { get; private set; }

    /// <summary>After an order was found: the rows, those apart that change nothing.</summary>
    public int[] Order() => _log.Path(_moment.Configurations[0].Link);

    /// <summary>Looks for an order; null if the counter cannot be followed so.</summary>
    public static SumLane? Along(in KeyHistory history, CheckOptions options)
    {
        if (LaneColumns.Of(history) is not { } columns) return null;
        var lane = new SumLane(columns, history, options);
        lane.Run();
        return lane;
    }

    private static List<int>[] UnknownRows(LaneColumns columns, in KeyHistory history)
    {
        var rows = new List<int>[columns.Amounts.Length];
        for (var kind = 0; kind < rows.Length; kind++) rows[kind] = [];
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Returns[row] == KeyHistory.Never && columns.Kind(row) is >= 0 and var kind) rows[kind].Add(row);
        }

        return rows;
    }

    private void Run()
    {
        var beam = new BeamWidth(levels: Levels);
        _moment.Add(new LaneConfiguration { Value = _columns.Initial, Link = -1 });
        var farthest = 0;
        while (_moment.Ended < _columns.Ends)
        {
            var time = _moment.Begun + _moment.Ended;
            if (_checkpoints.IsDue(time)) Save(time);
            var passed = _columns.Begins(_moment.Begun, _moment.Ended)
                ? Begin(_moment.Begun++)
                : End(_columns.Ending(_moment.Ended), beam.At(time), beam.IsDirect ? SumReach.Near : SumReach.Far(beam.Level));
            if (passed) continue;
            (farthest, Placed) = (Math.Max(farthest, time), Math.Max(Placed, _moment.Ended));
            if (!beam.Widen(time) || IsSpent() || _cancellation.IsCancellationRequested)
            {
                Obstacle = farthest;
                return;
            }

            _moment.CopyFrom(_checkpoints.Before(farthest - beam.Back).Configurations);
        }
    }

    // Where it takes long others may do better.
    private bool IsSpent() => _expansion.Steps > Math.Min(_most, LeastSteps + ((long)StepsPerEvent * (_moment.Begun + _moment.Ended)));

    private void Save(int time)
    {
        if (!_free.TryPop(out var copy)) copy = new LaneMoment();
        copy.CopyFrom(_moment);
        _checkpoints.Add(new(time, copy, Truncated: true));
        if (_log.WantsCompacting) _log.Compact([_moment, .. _checkpoints.Taken.Select(taken => taken.Configurations)]);
    }

    private bool Begin(int row)
    {
        if (!_columns.IsRead(row))
        {
            var kind = _columns.Kind(row);
            if (kind < 0) return true;
            if (_columns.Return(row) == KeyHistory.Never)
            {
                _moment.OpenUnknown(kind);
                return true;
            }

            var change = _moment.OpenChange(row, _columns.Return(row), kind);
            _columns.Slot(row) = (byte)change;
            return change >= 0;
        }

        var (rises, falls) = _columns.Limits(_moment.Reads);
        var slot = _moment.OpenRead(row, _columns.Found(row), rises, falls);
        if (slot < 0) return false;
        _columns.Slot(row) = (byte)slot;
        foreach (ref var configuration in _moment.Configurations)
        {
            if (configuration.Value != _moment.Found(slot)) continue;
            configuration.Read |= 1UL << slot;
            configuration.Link = _log.Add(configuration.Link, row);
        }

        return true;
    }

    private bool End(int row, int width, SumReach reach)
    {
        var (isRead, kind, slot) = (_columns.IsRead(row), _columns.IsRead(row) ? 0 : _columns.Kind(row), _columns.Slot(row));
        if (kind >= 0)
        {
            var open = 0;
            foreach (ref readonly var configuration in _moment.Configurations) open += IsDone(configuration, isRead, slot) ? 0 : 1;
            if (open > 0)
            {
                if (!Expand(row, isRead, slot, reach) && (reach != SumReach.Near || !Expand(row, isRead, slot, SumReach.Far(level: 1)))) return false;
                Narrow(width);
            }

            if (isRead) _moment.CloseRead(slot);
            else _moment.CloseChange(slot, kind);
        }

        _moment.Ended++;
        return true;
    }

    private static bool IsDone(in LaneConfiguration configuration, bool isRead, int slot) =>
        ((isRead ? configuration.Read : configuration.Changed) >> slot & 1) != 0;

    // What becomes of the configurations when an operation ends; false if nothing does.
    private bool Expand(int row, bool isRead, int slot, SumReach reach)
    {
        _next.Clear();
        foreach (ref readonly var configuration in _moment.Configurations)
        {
            if (IsDone(configuration, isRead, slot)) LaneExpansion.Keep(configuration, _next);
            else _expansion.Pass(_moment, configuration, row, reach, _next);
            if (IsSpent()) return false;
        }

        return _next.Count > 0;
    }

    // The most promising ones of what came next: those that have spent little, and got much for it.
    private void Narrow(int width)
    {
        var next = _next.Configurations;
        if (_costs.Length < next.Length) (_costs, _numbers) = (new int[2 * next.Length], new int[2 * next.Length]);
        for (var number = 0; number < next.Length; number++)
        {
            var used = 0;
            for (var rest = next[number].Used; rest != 0; rest >>= 16) used += (ushort)rest;
            var (changed, read) = (BitOperations.PopCount(next[number].Changed), BitOperations.PopCount(next[number].Read));
            _costs[number] = (CostOfUnknown * used) + (CostOfChange * changed) - (WorthOfRead * read);
            _numbers[number] = number;
        }

        if (next.Length > width) Array.Sort(_costs, _numbers, 0, next.Length);
        _moment.Clear();
        for (var i = 0; i < Math.Min(width, next.Length); i++) _moment.Add(next[_numbers[i]]);
    }
}

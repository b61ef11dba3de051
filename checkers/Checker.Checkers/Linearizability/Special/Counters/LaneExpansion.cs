using System.Numerics;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// Finds some of the ways in which an operation that is about to end can have taken effect, as <see cref="SumExpansion"/> does, without an object for any:
/// changes take effect only to bring the counter to a value that an open read needs, or because they end; of equal ones the one that ends first.
/// </summary>
/// <param name="columns">The counter.</param>
/// <param name="log">What is placed.</param>
/// <param name="unknownRows">By kind, the rows of the changes of unknown outcome, by invocation; empty if no order is wanted.</param>
internal sealed class LaneExpansion(LaneColumns columns, SumLog log, List<int>[] unknownRows)
{
    private readonly LaneMoment _work = new();
    private readonly LaneSums _sums = new(columns);
    private readonly SumReach _nearest = SumReach.Near with { DetourLength = int.MaxValue };
    private LaneMoment _moment = new();
    private LaneMoment _next = new();
    private long _made;

    /// <summary>How many configurations were made, and sums tried.</summary>
    public long Steps => _made + _sums.Steps;

    /// <summary>Adds what can become of a configuration if an operation ends that has not taken effect in it.</summary>
    /// <param name="moment">What is open, the operation as well.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="row">The operation.</param>
    /// <param name="reach">How far to look.</param>
    /// <param name="next">Where to add them; the operation has taken effect in all.</param>
    public void Pass(LaneMoment moment, in LaneConfiguration configuration, int row, SumReach reach, LaneMoment next)
    {
        (_moment, _next) = (moment, next);
        if (reach == SumReach.Near)
        {
            PassNear(configuration, row);
            return;
        }

        _work.Clear();
        _work.Add(configuration);
        var (isRead, slot) = (columns.IsRead(row), columns.Slot(row));
        var level = (Detours: 0, End: 1);
        for (var number = 0; number < _work.Count; number++)
        {
            if (number == level.End) level = (level.Detours + 1, _work.Count);
            if (isRead) Serve(number, slot, reach with { DetourLength = int.MaxValue }, slot, isRead);
            else EndNear(_work.Configurations[number], isRead, slot, columns.Kind(row), row);
            if (level.Detours == reach.Detours || _work.Count >= reach.Ways) continue;
            for (var others = moment.OpenReads & ~_work.Configurations[number].Read; others != 0; others &= others - 1)
            {
                if (BitOperations.TrailingZeroCount(others) is var other && (!isRead || other != slot)) Serve(number, other, reach, slot, isRead);
            }
        }
    }

    // The nearest ways: at once, or after one change that brings the counter to what another read found.
    private void PassNear(in LaneConfiguration configuration, int row)
    {
        var (isRead, slot, amounts) = (columns.IsRead(row), columns.Slot(row), columns.Amounts);
        var target = isRead ? _moment.Found(slot) : columns.Kind(row);
        EndNear(configuration, isRead, slot, target, row);
        for (var kind = 0; kind < amounts.Length; kind++)
        {
            var open = _moment.OfKind(kind) & ~configuration.Changed;
            if (open == 0) continue;
            var reads = _moment.ThatFound(configuration.Value + amounts[kind]) & ~configuration.Read;
            if (reads == 0 || (isRead && (reads >> slot & 1) != 0)) continue;
            var change = _moment.First(open);
            if (!isRead && change == slot) continue;
            var served = configuration;
            served.Changed |= 1UL << change;
            Add(ref served, amounts[kind], _moment.ChangeRow(change));
            Serve(ref served, reads);
            _made++;
            if (!IsHopeless(served)) EndNear(served, isRead, slot, target, row);
        }
    }

    private void EndNear(in LaneConfiguration configuration, bool isRead, int slot, long target, int row)
    {
        if (!isRead)
        {
            var changed = configuration;
            changed.Changed |= 1UL << slot;
            Add(ref changed, columns.Amounts[target], row);
            EndAt(ref changed);
            return;
        }

        var found = _sums.Find(_moment, configuration, target - configuration.Value, _nearest);
        for (var at = 0; at < found.Count;)
        {
            var changed = configuration;
            for (var length = found[at++]; length > 0; length--) Take(ref changed, found[at++]);
            EndAt(ref changed);
        }
    }

    private void EndAt(ref LaneConfiguration configuration)
    {
        _made++;
        Serve(ref configuration, _moment.ThatFound(configuration.Value) & ~configuration.Read);
        if (!IsHopeless(configuration)) Keep(configuration, _next);
    }

    private void Serve(ref LaneConfiguration configuration, ulong reads)
    {
        configuration.Read |= reads;
        for (; log.Keeps && reads != 0; reads &= reads - 1)
            configuration.Link = log.Add(configuration.Link, _moment.ReadRow(BitOperations.TrailingZeroCount(reads)));
    }

    /// <summary>Adds a configuration to others unless one of these has everything that it has; it takes the place of one that has not.</summary>
    public static void Keep(in LaneConfiguration configuration, LaneMoment others)
    {
        var known = others.Configurations;
        for (var number = 0; number < known.Length; number++)
        {
            if (known[number].Value != configuration.Value) continue;
            if (known[number].IsAtLeast(configuration)) return;
            if (!configuration.IsAtLeast(known[number])) continue;
            known[number] = configuration;
            return;
        }

        others.Add(configuration);
    }

    // Brings the counter to what a read found.
    private void Serve(int number, int read, SumReach reach, int target, bool isRead)
    {
        var from = _work.Configurations[number];
        var found = _sums.Find(_moment, from, _moment.Found(read) - from.Value, reach);
        for (var at = 0; at < found.Count;)
        {
            var configuration = from;
            for (var length = found[at++]; length > 0; length--) Take(ref configuration, found[at++]);
            _made++;
            Serve(ref configuration, _moment.ThatFound(configuration.Value) & ~configuration.Read);
            if (IsHopeless(configuration)) continue;
            if (((isRead ? configuration.Read : configuration.Changed) >> target & 1) != 0) Keep(configuration, _next);
            else if (!IsKnown(configuration)) _work.Add(configuration);
        }
    }

    private bool IsKnown(in LaneConfiguration configuration)
    {
        foreach (ref readonly var other in _work.Configurations)
        {
            if (other.Value == configuration.Value && other.IsAtLeast(configuration)) return true;
        }

        return false;
    }

    private void Take(ref LaneConfiguration configuration, int kind)
    {
        int row;
        if ((_moment.OfKind(kind) & ~configuration.Changed) is > 0 and var open)
        {
            var slot = _moment.First(open);
            configuration.Changed |= 1UL << slot;
            row = _moment.ChangeRow(slot);
        }
        else
        {
            row = unknownRows.Length == 0 ? -1 : unknownRows[kind][configuration.UsedOf(kind)];
            configuration.Used += UInt128.One << (16 * kind);
        }

        Add(ref configuration, columns.Amounts[kind], row);
    }

    private void Add(ref LaneConfiguration configuration, long amount, int row)
    {
        configuration.Value += amount;
        configuration.Rises += Math.Max(0, amount);
        configuration.Link = log.Add(configuration.Link, row);
    }

    private bool IsHopeless(in LaneConfiguration configuration)
    {
        var falls = configuration.Rises - (configuration.Value - columns.Initial);
        var (mostRises, mostFalls) = columns.LimitsFrom(_moment.Reads);
        return configuration.Rises > mostRises || falls > mostFalls || (_moment.ThatMiss(configuration.Rises, falls) & ~configuration.Read) != 0;
    }
}

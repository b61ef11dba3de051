using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// Finds the ways in which an operation that is about to end can have taken effect. Changes take effect only to bring the counter to a value that an open
/// read needs, or because they end.
/// </summary>
/// <remarks>
/// Nothing is lost by that. What takes effect between two reads that are served may do so in any order, and what is not needed for the second one can wait
/// until after it, as it is open all the same; also a part of it that comes to nothing. Of equal changes the one that ends first takes effect first, and one
/// of unknown outcome, which never ends, last: whichever is left can stand in for the other later. So a way is a sequence of reads, perhaps none, before the
/// operation, each with a sum of changes that leads to its value and of which no part comes to nothing.
/// </remarks>
internal sealed class SumExpansion
{
    private const int TriesForStep = 8;
    private const int MostTaken = 1024; // changes for one sum

    private readonly SumEvents _events;
    private readonly OpenSums _open;
    private readonly SumShape _shape;
    private readonly SumOutlook _outlook;
    private readonly SumLog _log;
    private readonly StepMeter _meter;
    private readonly SumConfigurations _work;
    private readonly List<Supply> _supplies = [];
    private readonly List<int> _taken = []; // numbers of supplies, of the sum that is being tried
    private readonly List<int> _found = []; // those of the sums that were found
    private readonly List<long> _partial = []; // what some of the taken ones come to
    private ulong[] _record;
    private long _tries;
    private Func<Supply, int> _left = static supply => supply.Left;

    public SumExpansion(SumEvents events, OpenSums open, SumShape shape, SumOutlook outlook, SumLog log, StepMeter meter)
    {
        (_events, _open, _shape, _outlook, _log, _meter) = (events, open, shape, outlook, log, meter);
        _work = new SumConfigurations(shape);
        _record = new ulong[shape.Width];
    }

    /// <summary>How many steps may have been taken at most.</summary>
    public long Limit { get; set; }

    /// <summary>Whether something was left out that was asked for.</summary>
    public bool IsSpent => _meter.Spent() is not null || _meter.Steps >= Limit;

    /// <summary>Adds what can become of a configuration if an operation ends that has not taken effect in it.</summary>
    /// <param name="record">The configuration.</param>
    /// <param name="link">What was placed last in it.</param>
    /// <param name="row">The operation, still open.</param>
    /// <param name="reach">How far to look.</param>
    /// <param name="next">Where to add them; the operation has taken effect in all.</param>
    public void Pass(ReadOnlySpan<ulong> record, int link, int row, SumReach reach, SumConfigurations next)
    {
        _work.Clear();
        _work.Add(record, link);
        var (isRead, slot) = (_events.Kind(row) == SumKind.Read, _events.Slot(row));
        var level = (Detours: 0, End: 1);
        for (var number = 0; number < _work.Count; number++)
        {
            if (number == level.End) level = (level.Detours + 1, _work.Count);
            Supplies(_work[number]);
            if (isRead)
            {
                Serve(number, slot, reach with { DetourLength = int.MaxValue }, row, next);
            }
            else
            {
                _work[number].CopyTo(_record);
                SumShape.Change(_record, slot);
                SumShape.Add(_record, _events.Value(row));
                var added = Settle(_log.Add(_work.Link(number), row));
                if (!_outlook.IsHopeless(_record)) next.Add(_record, added);
                _meter.Steps++;
            }

            if (level.Detours == reach.Detours || _work.Count >= reach.Ways) continue;
            foreach (var other in _open.Reads)
            {
                if ((!isRead || other != slot) && !_shape.HasRead(_work[number], other)) Serve(number, other, reach, row, next);
            }

            if (IsSpent) return;
        }
    }

    /// <summary>Lets all open reads that need the value find it.</summary>
    public int Settle(Span<ulong> record, int link)
    {
        foreach (var slot in _open.Reads)
        {
            if ((ulong)_open.Found(slot) != record[0] || _shape.HasRead(record, slot)) continue;
            _shape.Read(record, slot);
            link = _log.Add(link, _open.Read(slot));
        }

        return link;
    }

    private int Settle(int link) => Settle(_record, link);

    // Brings the counter to what a read found, in every way that is not too long.
    private void Serve(int number, int read, SumReach reach, int row, SumConfigurations next)
    {
        Find(_open.Found(read) - (long)_work[number][0], reach);
        var (isRead, slot) = (_events.Kind(row) == SumKind.Read, _events.Slot(row));
        for (var at = 0; at < _found.Count;)
        {
            var link = _work.Link(number);
            _work[number].CopyTo(_record);
            for (var length = _found[at++]; length > 0; length--) link = Take(_supplies[_found[at++]], link);
            link = Settle(link);
            _meter.Steps++;
            var isDone = isRead ? _shape.HasRead(_record, slot) : SumShape.HasChanged(_record, slot);
            if (_outlook.IsHopeless(_record)) continue;
            if (isDone) next.Add(_record, link);
            else _work.Add(_record, link, replaces: false);
        }
    }

    // What is left, by amount.
    private void Supplies(ReadOnlySpan<ulong> record)
    {
        _supplies.Clear();
        var order = _open.Changes;
        var unknown = 0;
        for (var at = 0; at < order.Length || unknown < _events.Amounts.Length;)
        {
            var amount = at == order.Length ? long.MaxValue : _open.Amount(order[at]);
            if (unknown < _events.Amounts.Length) amount = Math.Min(amount, _events.Amounts[unknown]);
            var (from, known, unused, kind) = (at, 0, 0, -1);
            for (; at < order.Length && _open.Amount(order[at]) == amount; at++) known += SumShape.HasChanged(record, order[at]) ? 0 : 1;
            if (unknown < _events.Amounts.Length && _events.Amounts[unknown] == amount)
            {
                kind = unknown++;
                unused = _open.Begun[kind] - (int)record[_shape.Used + kind];
            }

            if (known + unused > 0) _supplies.Add(new(amount, known, known + unused, from, at, kind));
        }
    }

    // One of some equal changes takes effect: the one that ends first, those that never end last.
    private int Take(Supply supply, int link)
    {
        SumShape.Add(_record, supply.Amount);
        for (var at = supply.From; at < supply.To; at++)
        {
            var slot = _open.Changes[at];
            if (SumShape.HasChanged(_record, slot)) continue;
            SumShape.Change(_record, slot);
            return _log.Add(link, _open.Change(slot));
        }

        return _log.Add(link, _events.UnknownRows[supply.Unknown][(int)_record[_shape.Used + supply.Unknown]++]);
    }

    // Ways to come to a sum of which no part comes to nothing, short ones first; those without changes of unknown outcome before all others.
    private void Find(long sum, SumReach reach)
    {
        _found.Clear();
        if (reach.DetourLength == 1)
        {
            _left = static supply => supply.Left;
            FindOne(sum);
            return;
        }

        if (reach != SumReach.Everywhere) Find(sum, reach, static supply => supply.Known);
        if (_found.Count == 0 || reach.Longer > 0) Find(sum, reach, static supply => supply.Left);
    }

    private void Find(long sum, SumReach reach, Func<Supply, int> left)
    {
        var (all, least, greatest) = (0L, 0L, 0L);
        foreach (var supply in _supplies)
        {
            if (left(supply) == 0) continue;
            all += left(supply);
            (least, greatest) = (Math.Min(least, supply.Amount), Math.Max(greatest, supply.Amount));
        }

        _left = left;
        _tries = Math.Min(reach.Tries, Math.Min(long.MaxValue / TriesForStep, Limit - _meter.Steps) * TriesForStep);
        var found = _found.Count;
        var longest = Math.Min(Math.Min(all, reach.DetourLength), Math.Abs(sum) + greatest - least);
        if (longest > 0) FindOne(sum);
        if (_found.Count > found) longest = Math.Min(longest, 1L + reach.Longer);
        for (var length = 2; length <= longest && _tries > 0; length++)
        {
            if (length > MostTaken)
            {
                if (reach == SumReach.Everywhere) Limit = _meter.Steps; // something is left out
                return;
            }

            _partial.Clear();
            Find(length, length, 0, sum);
            if (_found.Count > found) longest = Math.Min(longest, (long)length + reach.Longer);
        }
    }

    private void FindOne(long sum)
    {
        for (var number = 0; number < _supplies.Count; number++)
        {
            if (_supplies[number].Amount != sum || _left(_supplies[number]) == 0) continue;
            _found.Add(1);
            _found.Add(number);
            return;
        }
    }

    private void Find(int length, int rest, int from, long sum)
    {
        for (var number = from; number < _supplies.Count; number++)
        {
            var supply = _supplies[number];
            if (_tries-- <= 0) return;
            if (_tries % TriesForStep == 0)
            {
                _meter.Steps++;
                if (IsSpent) _tries = 0;
            }

            if (rest > 0 && (Int128)supply.Amount * rest > sum) return;
            if ((Int128)_supplies[^1].Amount * rest < sum) return;
            if (rest == 1 && supply.Amount != sum) continue;
            if (rest > 1 && (Int128)supply.Amount + ((Int128)_supplies[^1].Amount * (rest - 1)) < sum) continue;
            var taken = 0;
            for (var i = _taken.Count - 1; i >= 0 && _taken[i] == number; i--) taken++;
            if (taken >= _left(supply)) continue;
            var partial = _partial.Count;
            if (!AddPartial(supply.Amount)) continue;
            _taken.Add(number);
            if (rest == 1)
            {
                _found.Add(length);
                _found.AddRange(_taken);
            }
            else
            {
                Find(length, rest - 1, number, sum - supply.Amount);
            }

            _taken.RemoveAt(_taken.Count - 1);
            _partial.RemoveRange(partial, _partial.Count - partial);
        }
    }

    // Adds what some of the taken ones come to together with one more; false if some come to nothing. Of amounts of one sign none do.
    private bool AddPartial(long amount)
    {
        if (_supplies[0].Amount > 0 || _supplies[^1].Amount < 0) return true;
        var count = _partial.Count;
        for (var i = 0; i < count; i++)
        {
            if (_partial[i] != -amount) continue;
            return false;
        }

        for (var i = -1; i < count; i++)
        {
            var sum = amount + (i < 0 ? 0 : _partial[i]);
            if (!_partial.Contains(sum)) _partial.Add(sum);
        }

        return true;
    }

    /// <summary>Changes of one amount that may take effect.</summary>
    /// <param name="Amount">The amount.</param>
    /// <param name="Known">How many of those that end.</param>
    /// <param name="Left">How many in all.</param>
    /// <param name="From">Where those begin in <see cref="OpenSums.Changes"/> that end.</param>
    /// <param name="To">Where they are over.</param>
    /// <param name="Unknown">The number of the amount among those of unknown outcome; −1.</param>
    private readonly record struct Supply(long Amount, int Known, int Left, int From, int To, int Unknown);
}

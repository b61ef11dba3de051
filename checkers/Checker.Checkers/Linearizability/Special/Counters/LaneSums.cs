using System.Numerics;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>Finds sums of open changes for <see cref="LaneExpansion"/>, by kind.</summary>
/// <param name="columns">The counter.</param>
internal sealed class LaneSums(LaneColumns columns)
{
    private const int TriesForStep = 8;
    private const int MostTaken = 256; // changes for one sum

    private readonly int[] _kinds = new int[LaneMoment.MostKinds]; // of which something is left, by amount
    private readonly int[] _left = new int[LaneMoment.MostKinds];
    private readonly long[] _amounts = new long[LaneMoment.MostKinds];
    private readonly int[] _taken = new int[MostTaken]; // of the sum that is being tried
    private readonly List<int> _found = [];
    private int _supplies;
    private int _longest; // how many changes are left
    private long _tries;

    /// <summary>How many steps the sums that were tried make.</summary>
    public long Steps { get; private set; }

    /// <summary>The shortest sums, and some that are longer; those without changes of unknown outcome before all others.</summary>
    /// <param name="moment">What is open.</param>
    /// <param name="configuration">What of that has taken effect.</param>
    /// <param name="sum">What they come to.</param>
    /// <param name="reach">How far to look.</param>
    /// <returns>Of each how many changes, and their kinds. Valid until the next call.</returns>
    public IReadOnlyList<int> Find(LaneMoment moment, in LaneConfiguration configuration, long sum, SumReach reach)
    {
        _found.Clear();
        var kind = columns.KindOf(sum);
        if (kind >= 0 && (moment.OfKind(kind) & ~configuration.Changed) != 0)
        {
            _found.Add(1);
            _found.Add(kind);
            if (reach.Longer == 0) return _found;
        }

        if (reach.DetourLength > 1 && Supply(moment, configuration, unknown: false)) FindLonger(sum, reach);
        if ((_found.Count > 0 && reach.Longer == 0) || !columns.HasUnknown) return _found;
        if (kind >= 0 && moment.UnknownOf(kind) > configuration.UsedOf(kind) && (moment.OfKind(kind) & ~configuration.Changed) == 0)
        {
            _found.Add(1);
            _found.Add(kind);
            if (reach.Longer == 0) return _found;
        }

        if (reach.DetourLength > 1 && Supply(moment, configuration, unknown: true)) FindLonger(sum, reach);
        return _found;
    }

    // What is left, by amount; whether there is enough for a sum.
    private bool Supply(LaneMoment moment, in LaneConfiguration configuration, bool unknown)
    {
        var all = 0;
        _supplies = 0;
        for (var kind = 0; kind < columns.Amounts.Length; kind++)
        {
            var left = BitOperations.PopCount(moment.OfKind(kind) & ~configuration.Changed);
            if (unknown) left += moment.UnknownOf(kind) - configuration.UsedOf(kind);
            if (left == 0) continue;
            all += left;
            (_kinds[_supplies], _amounts[_supplies], _left[_supplies++]) = (kind, columns.Amounts[kind], left);
        }

        _longest = all;
        return all > 1;
    }

    private void FindLonger(long sum, SumReach reach)
    {
        var (before, longest) = (_found.Count, Math.Min(Math.Min(_longest, MostTaken), reach.DetourLength));
        _tries = reach.Tries;
        for (var length = 2; length <= longest && _tries > 0; length++)
        {
            FindOf(length, length, 0, sum);
            if (_found.Count > before) longest = Math.Min(longest, length + reach.Longer);
        }

        Steps += (reach.Tries - _tries) / TriesForStep;
    }

    private void FindOf(int length, int rest, int from, long sum)
    {
        var greatest = _amounts[_supplies - 1];
        for (var number = from; number < _supplies; number++)
        {
            var amount = _amounts[number];
            if (_tries-- <= 0 || amount * rest > sum || greatest * rest < sum) return;
            if (rest == 1 ? amount != sum : amount + (greatest * (rest - 1)) < sum) continue;
            if (_left[number] == 0) continue;
            _left[number]--;
            _taken[length - rest] = number;
            if (rest > 1)
            {
                FindOf(length, rest - 1, number, sum - amount);
            }
            else
            {
                _found.Add(length);
                for (var i = 0; i < length; i++) _found.Add(_kinds[_taken[i]]);
            }

            _left[number]++;
        }
    }
}

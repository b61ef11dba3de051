using System.Numerics;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// Drops configurations that another one makes needless: the same value, the same open compare-and-sets that must happen, no more
/// obligations, and no
/// fewer options. Whatever the dropped one could go on to do, the other can.
/// </summary>
internal sealed class RegisterDominance(RegisterMasks masks, int words, int mostCompared)
{
    private int[] _order = [];
    private int[] _weights = [];
    private readonly List<int> _kept = [];

    /// <summary>Removes needless configurations; each is compared with a bounded number of others, so that some may stay.</summary>
    public void Reduce(RegisterConfigurations configurations)
    {
        var count = configurations.Count;
        if (count < 2) return;
        if (_order.Length < count)
        {
            _order = new int[2 * count];
            _weights = new int[2 * count];
        }

        for (var i = 0; i < count; i++)
        {
            _order[i] = i;
            _weights[i] = Weight(configurations, i);
        }

        _order.AsSpan(0, count).Sort((a, b) =>
        {
            var byGroup = CompareGroups(configurations, a, b);
            return byGroup != 0 ? byGroup : (_weights[a], a).CompareTo((_weights[b], b));
        });
        var start = _kept.Count;
        for (var i = 0; i < count; i++)
        {
            if (i > 0 && CompareGroups(configurations, _order[i - 1], _order[i]) != 0) start = _kept.Count;
            if (!IsDominated(configurations, _order[i], start)) _kept.Add(_order[i]);
        }

        if (_kept.Count < count)
        {
            _kept.Sort();
            for (var i = 0; i < _kept.Count; i++)
            {
                if (_kept[i] != i) configurations.Move(_kept[i], i);
            }

            configurations.Truncate(_kept.Count);
        }

        _kept.Clear();
    }

    private bool IsDominated(RegisterConfigurations configurations, int candidate, int start)
    {
        for (var i = start; i < Math.Min(_kept.Count, start + mostCompared); i++)
        {
            if (Dominates(configurations, _kept[i], candidate)) return true;
        }

        return false;
    }

    private bool Dominates(RegisterConfigurations configurations, int better, int worse)
    {
        var dueA = configurations.Due(better);
        var dueB = configurations.Due(worse);
        var optionsA = configurations.Optional(better);
        var optionsB = configurations.Optional(worse);
        for (var w = 0; w < words; w++)
        {
            var (writes, unfinished) = (masks.Writes[w], masks.UnfinishedCas[w]);
            if ((dueA[w] & ~dueB[w] & ~unfinished) != 0) return false; // an obligation more
            if ((dueB[w] & ~dueA[w] & unfinished) != 0) return false; // an unfinished compare-and-set less
            if (((optionsB[w] | (dueB[w] & writes)) & ~(optionsA[w] | (dueA[w] & writes))) != 0) return false; // a write less
        }

        return true;
    }

    // The best first: few obligations, many options.
    private int Weight(RegisterConfigurations configurations, int number)
    {
        var due = configurations.Due(number);
        var optional = configurations.Optional(number);
        var weight = 0;
        for (var w = 0; w < words; w++)
        {
            var unfinished = masks.UnfinishedCas[w];
            weight += (4 * BitOperations.PopCount(due[w] & ~unfinished)) - BitOperations.PopCount(optional[w]) - BitOperations.PopCount(due[w] & unfinished);
        }

        return weight;
    }

    private int CompareGroups(RegisterConfigurations configurations, int a, int b)
    {
        var byValue = configurations.Value(a).CompareTo(configurations.Value(b));
        if (byValue != 0) return byValue;
        var dueA = configurations.Due(a);
        var dueB = configurations.Due(b);
        for (var w = 0; w < words; w++)
        {
            var mustHappen = masks.Cas[w] & ~masks.UnfinishedCas[w];
            var byCas = (dueA[w] & mustHappen).CompareTo(dueB[w] & mustHappen);
            if (byCas != 0) return byCas;
        }

        return 0;
    }
}

using System.Runtime.CompilerServices;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// Drops configurations that another one makes needless: the same value and the same finished compare-and-sets to be placed, no more
/// obligations, no fewer options, and no more unfinished operations spent. Whatever the dropped one could go on to do, the other can.
/// </summary>
/// <param name="open">What is open at the current event.</param>
/// <param name="outlook">Which to keep if there are too many.</param>
/// <typeparam name="TMask">The set of slots.</typeparam>
internal sealed class RegisterDominance<TMask>(RegisterOpen<TMask> open, RegisterOutlook<TMask> outlook)
    where TMask : struct, ISlotMask<TMask>
{
    private const int MostCompared = 64;

    private readonly List<int> _kept = [];
    private ulong[] _keys = [];
    private int[] _order = [];

    /// <summary>Removes needless configurations; each is compared with a bounded number of others, so that some may stay.</summary>
    /// <param name="configurations">The configurations; their order changes.</param>
    /// <param name="width">The most to keep: the ones with fewest obligations and most options.</param>
    /// <returns>Whether some had to go that nothing makes needless.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Reduce(RegisterConfigurations<TMask> configurations, int width)
    {
        var count = configurations.Count;
        if (count < 2) return false;
        if (_order.Length < count)
        {
            _order = new int[2 * count];
            _keys = new ulong[2 * count];
        }

        for (var i = 0; i < count; i++)
        {
            _order[i] = i;
            _keys[i] = Key(configurations[i], open.Swaps);
        }

        _keys.AsSpan(0, count).Sort(_order.AsSpan(0, count));
        _kept.Clear();
        var start = 0;
        for (var i = 0; i < count; i++)
        {
            if (i > 0 && _keys[i - 1] >> 24 != _keys[i] >> 24) start = _kept.Count;
            if (!IsDominated(configurations, _order[i], start)) _kept.Add(_order[i]);
        }

        var truncated = _kept.Count > width;
        if (truncated) KeepBest(configurations, width);
        if (_kept.Count == count) return false;
        _kept.Sort();
        for (var i = 0; i < _kept.Count; i++)
        {
            if (_kept[i] != i) configurations.Move(_kept[i], i);
        }

        configurations.Truncate(_kept.Count);
        return truncated;
    }

    private void KeepBest(RegisterConfigurations<TMask> configurations, int width)
    {
        for (var i = 0; i < _kept.Count; i++)
        {
            _order[i] = _kept[i];
            _keys[i] = ((ulong)outlook.Cost(configurations[_kept[i]], configurations.Counts(_kept[i])) << 32) | (uint)_kept[i];
        }

        _keys.AsSpan(0, _kept.Count).Sort(_order.AsSpan(0, _kept.Count));
        var alive = Math.Min(width, _kept.Count);
        while (alive > 0 && _keys[alive - 1] >> 32 == int.MaxValue) alive--;
        _kept.Clear();
        _kept.AddRange(_order.AsSpan(0, alive));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsDominated(RegisterConfigurations<TMask> configurations, int candidate, int start)
    {
        var end = Math.Min(_kept.Count, start + MostCompared);
        for (var i = start; i < end; i++)
        {
            if (Dominates(configurations, _kept[i], candidate)) return true;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Dominates(RegisterConfigurations<TMask> configurations, int better, int worse)
    {
        ref var a = ref configurations[better];
        ref var b = ref configurations[worse];
        if (a.Value != b.Value || a.Spent > b.Spent || !(a.Due - b.Due).IsEmpty || !(a.Due & open.Swaps).Is(b.Due & open.Swaps)) return false;
        if (!(((b.Optional | b.Due) & open.Writes) - (a.Optional | a.Due)).IsEmpty) return false;
        if (b.Spent == 0) return true;
        var spentA = configurations.Counts(better);
        var spentB = configurations.Counts(worse);
        for (var counter = 0; counter < spentA.Length; counter++)
        {
            if (spentA[counter] > spentB[counter]) return false;
        }

        return true;
    }

    // Groups of equal values and compare-and-sets, and in each the best first.
    private static ulong Key(in RegisterConfiguration<TMask> configuration, TMask swaps)
    {
        var group = ((configuration.Due & swaps).Hash * 0x9E3779B97F4A7C15UL) ^ ((ulong)configuration.Value * 0xD6E8FEB86659FD93UL);
        return (group & ~0xFF_FFFFUL) | (uint)Weight(configuration);
    }

    // Few obligations, many options, and above all few unfinished operations spent: one that is left can take the place of any write that is
    // missing later.
    private static int Weight(in RegisterConfiguration<TMask> configuration) => Math.Clamp(
        (2 * configuration.Due.Count) + (8 * configuration.Spent) - configuration.Optional.Count + TMask.Capacity, 0, 0xFF_FFFF);
}

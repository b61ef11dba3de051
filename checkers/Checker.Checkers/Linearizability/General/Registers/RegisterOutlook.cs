using System.Runtime.CompilerServices;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>How promising configurations are: which of them lead nowhere for certain, and which of the others a beam should keep.</summary>
/// <param name="operations">The operations.</param>
/// <param name="open">What is open at the current event.</param>
/// <param name="supply">What is written later.</param>
/// <typeparam name="TMask">The set of slots.</typeparam>
internal sealed class RegisterOutlook<TMask>(RegisterOperations operations, RegisterOpen<TMask> open, RegisterSupply supply)
    where TMask : struct, ISlotMask<TMask>
{
    // Found by trying, on histories of 50 and 100 processes: what one write gives serves all reads that wait for it.
    private const int Waiting = 2; // for each value that something waits for, and some open write can give
    private const int Unsupplied = 32; // for each operation that waits for a value that no open write can give
    private const int Swap = 4; // for each compare-and-set to be placed
    private const int Spent = 16; // for each unfinished operation that took effect
    private const int FirstWrite = 8; // to the good: for each value that can be written
    private const int FurtherWrite = 2; // to the good: for each further write of it
    private const int Base = 1 << 24;

    /// <summary>The latest return that <see cref="LosesWhatIsNeeded"/> relied on; −1 if it never said so.</summary>
    public int LookedAhead { get; private set; } = -1;

    /// <summary>Starts with the register that was loaded.</summary>
    public void Begin() => LookedAhead = -1;

    /// <summary>
    /// Whether a value is lost that must be held until something begins that finds it, or is held while something that is due returns. O(values to
    /// be held, open operations).
    /// </summary>
    /// <param name="configuration">What is settled, before an event.</param>
    /// <param name="counts">How many unfinished operations of each living class took effect.</param>
    /// <param name="position">The event.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool LosesWhatIsNeeded(in RegisterConfiguration<TMask> configuration, ReadOnlySpan<int> counts, int position)
    {
        foreach (var value in supply.Wanted)
        {
            var until = supply.Until(value);
            if (until <= position || CanWrite(configuration, counts, value)) continue;
            if (configuration.Value == value && !IsDueBefore(configuration, until)) continue;
            LookedAhead = Math.Max(LookedAhead, operations.Returns[operations.Events[until]]);
            return true;
        }

        return false;
    }

    /// <summary>The less, the more promising; <see cref="int.MaxValue"/> if something waits for a value that nothing will write in time.</summary>
    public int Cost(in RegisterConfiguration<TMask> configuration, ReadOnlySpan<int> counts)
    {
        var cost = Base + (Spent * configuration.Spent) + (Swap * (configuration.Due & open.Swaps).Count);
        for (var left = configuration.Due - open.Writes - open.Misses; !left.IsEmpty;)
        {
            var value = operations.Operand[open.RowAt(left.Lowest)];
            var waiting = left & (open.ReadsOf(value) | open.SwapsFrom(value));
            left -= waiting;
            if (value == configuration.Value) continue;
            if (CanWrite(configuration, counts, value))
            {
                cost += Waiting;
                continue;
            }

            cost += Unsupplied * waiting.Count;
            if (operations.Returns[open.First(waiting)] < supply.Next(value)) return int.MaxValue;
        }

        var free = configuration.Due | configuration.Optional;
        foreach (var value in open.Written)
        {
            var writes = (free & open.WritesOf(value)).Count;
            if (writes > 0) cost -= FirstWrite + (FurtherWrite * (writes - 1));
        }

        return cost;
    }

    private bool IsDueBefore(in RegisterConfiguration<TMask> configuration, int position)
    {
        for (var left = configuration.Due; !left.IsEmpty; left -= TMask.Of(left.Lowest))
        {
            if (operations.Returns[open.RowAt(left.Lowest)] < position) return true;
        }

        return false;
    }

    // Whether an open operation may leave a value.
    private bool CanWrite(in RegisterConfiguration<TMask> configuration, ReadOnlySpan<int> counts, int value)
    {
        if (!((configuration.Due | configuration.Optional) & open.WritesOf(value)).IsEmpty) return true;
        if (!(configuration.Due & open.SwapsTo(value)).IsEmpty) return true;
        if (open.WriteClass(value) is >= 0 and var writes && open.Left(writes, counts) > 0) return true;
        foreach (var swaps in open.SwapClasses)
        {
            if (operations.Unfinished.Result(swaps) == value && open.Left(swaps, counts) > 0) return true;
        }

        return false;
    }
}

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// Puts increments into the gaps of a counter, earliest deadline first, so that an increment that returned before another began is never
/// placed behind it.
/// </summary>
internal static class CounterFilling
{
    /// <summary>Gives every increment that must have a slot one: those that are acknowledged and whose last gap is before the last layer.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="slots">For each increment the slot it got, −1 for none; empty if they are not wanted.</param>
    /// <param name="unfilled">The first gap that is not full when all that may lie in it has a slot; −1 if there is none.</param>
    /// <returns>The gap whose increments are too many; −1 if there is none.</returns>
    public static int PlaceAll(CounterLayers layers, Span<int> slots, out int unfilled)
    {
        slots.Fill(-1);
        unfilled = -1;
        var increments = layers.Increments;
        var (open, next) = (new OpenIncrements(), 0);
        var last = increments.Last;
        for (var gap = 0; gap < layers.Count; gap++)
        {
            for (; next < increments.Count && increments.First[next] <= gap; next++)
            {
                if (!increments.IsUnknown(next)) open.Add(next, increments.Return(next));
            }

            var (size, taken) = (layers.Size(gap), 0L);
            for (; taken < size && open.TryTake(out var number); taken++)
            {
                if (last[number] < gap) return last[number];
                if (!slots.IsEmpty) slots[number] = SlotOf(layers, gap, taken);
            }

            if (taken < size && unfilled < 0) unfilled = gap;
        }

        return open.TryTake(out var left) && last[left] < layers.Count ? last[left] : -1;
    }

    /// <summary>Fills every slot.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="leftOut">By increment, whether it may not be used; empty if all may.</param>
    /// <param name="slots">For each increment the slot it got, −1 for none; empty if they are not wanted.</param>
    /// <returns>The gap that could not be filled; −1 if there is none.</returns>
    public static int FillAll(CounterLayers layers, ReadOnlySpan<bool> leftOut, Span<int> slots)
    {
        slots.Fill(-1);
        var increments = layers.Increments;
        var (open, next) = (new OpenIncrements(), 0);
        var last = increments.Last;
        for (var gap = 0; gap < layers.Count; gap++)
        {
            for (; next < increments.Count && increments.First[next] <= gap; next++)
            {
                if (leftOut.IsEmpty || !leftOut[next]) open.Add(next, increments.Return(next));
            }

            var (size, taken) = (layers.Size(gap), 0L);
            while (taken < size && open.TryTake(out var number))
            {
                if (last[number] < gap) continue;
                if (!slots.IsEmpty) slots[number] = SlotOf(layers, gap, taken);
                taken++;
            }

            if (taken < size) return gap;
        }

        return -1;
    }

    // What has no number of its own is not asked for.
    private static int SlotOf(CounterLayers layers, int gap, long taken) => layers.Slots <= layers.Increments.Count ? (int)(layers.Start(gap) + taken) : 0;

    /// <summary>
    /// The increments to use: all acknowledged ones, and of those of unknown outcome enough to fill every slot. One filling takes all
    /// acknowledged
    /// increments, another all slots; where they differ, an alternating path joins them (Mendelsohn and Dulmage, 1958).
    /// </summary>
    /// <returns>By increment, whether it is left out.</returns>
    public static bool[] Combine(CounterLayers layers, int[] acknowledged, int[] full)
    {
        var owner = new int[layers.Slots];
        for (var i = 0; i < full.Length; i++)
        {
            if (full[i] >= 0) owner[full[i]] = i;
        }

        var used = new bool[full.Length];
        foreach (var number in owner) used[number] = true;
        for (var i = 0; i < full.Length; i++)
        {
            for (var job = i; MustHaveSlot(job) && !used[job];)
            {
                ref var taken = ref owner[acknowledged[job]];
                (used[job], used[taken]) = (true, false);
                (job, taken) = (taken, job);
            }
        }

        for (var i = 0; i < used.Length; i++) used[i] = layers.Increments.IsUnknown(i) && !used[i];
        return used;

        bool MustHaveSlot(int number) => !layers.Increments.IsUnknown(number) && layers.Increments.Last[number] < layers.Count;
    }
}

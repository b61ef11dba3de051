namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// Puts increments into the gaps of a counter, earliest deadline first, so that an increment that returned before another began is never
/// placed behind it.
/// </summary>
internal static class CounterFilling
{
    /// <summary>Fills the gaps before the last layer.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="jobs">The increments that may be used, by invocation.</param>
    /// <param name="mustFill">Whether every slot has to be taken; otherwise every increment whose last gap is before the last layer has
    /// to have one.</param>
    /// <param name="slots">For each increment the slot it got, −1 for none.</param>
    /// <param name="missed">If it failed: the gap that could not be filled, or whose increments were too many.</param>
    public static bool Fill(CounterLayers layers, ReadOnlySpan<CounterIncrement> jobs, bool mustFill, int[] slots, out int missed)
    {
        Array.Fill(slots, -1);
        missed = -1;
        var open = new PriorityQueue<int, (int Last, int Return)>();
        var next = 0;
        for (var gap = 0; gap < layers.Values.Count; gap++)
        {
            for (; next < jobs.Length && jobs[next].First <= gap; next++) open.Enqueue(next, (jobs[next].Last, jobs[next].Return));
            var size = layers.Size(gap);
            var taken = 0;
            while (taken < size && open.TryDequeue(out var number, out _))
            {
                var job = jobs[number];
                if (job.Last < gap)
                {
                    if (mustFill) continue;
                    missed = job.Last;
                    return false;
                }

                slots[job.Number] = layers.Slots <= slots.Length ? layers.Start(gap) + taken : 0;
                taken++;
            }

            if (!mustFill || taken == size) continue;
            missed = gap;
            return false;
        }

        if (mustFill) return true;
        while (open.TryDequeue(out var number, out _))
        {
            if (jobs[number].Last >= layers.Values.Count) return true;
            missed = jobs[number].Last;
            return false;
        }

        return true;
    }

    /// <summary>
    /// The increments to use: all acknowledged ones, and of those of unknown outcome enough to fill every slot. One filling takes all
    /// acknowledged
    /// increments, another all slots; where they differ, an alternating path joins them (Mendelsohn and Dulmage, 1958).
    /// </summary>
    public static CounterIncrement[] Combine(CounterLayers layers, int[] acknowledged, int[] full)
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

        return [.. layers.Increments.Where(job => !job.IsUnknown || used[job.Number])];

        bool MustHaveSlot(int number) => !layers.Increments[number].IsUnknown && layers.Increments[number].Last < layers.Values.Count;
    }
}

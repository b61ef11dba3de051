using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides first-in first-out queues whose elements are enqueued once each, dequeues that found nothing and operations of unknown outcome
/// included.
/// O(n) but for sorting.
/// </summary>
/// <remarks>
/// The pairwise order of elements follows Henzinger, Sezgin and Vafeiadis, "Aspect-oriented linearizability proofs", CONCUR 2013; how
/// dequeues of
/// unknown outcome are shared out (earliest deadline first) is an extension.
/// </remarks>
internal sealed class UniqueQueue : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "queue order (unique elements)";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Queue.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var elements = Removals.Of(history, Function.Enqueue, Function.Dequeue, out var answer);
        if (elements is null) return answer;
        var time = new LocalTime(history);
        var moments = EmptyMoments(elements, time, out var failed);
        if (failed >= 0)
            return SpecialVerdict.Invalid(Pairs(history, elements, time, options.Parallelism) ?? Emptiness.Refute(failed, history, time, elements));
        var takers = new int[elements.Inserts.Count]; // the dequeue of unknown outcome that takes an element; -1 if none
        Array.Fill(takers, -1);
        var lost = elements.Unknown.Count > 0 ? ShareOut(history, elements, time, moments, takers) : null;
        if (lost is not null) return SpecialVerdict.Invalid(Pairs(history, elements, time, options.Parallelism) ?? lost);
        var order = Arrange(history, elements, time, moments, takers, options.Parallelism);
        if (order is null)
        {
            var wrong = Pairs(history, elements, time, options.Parallelism) ?? ShareOut(history, elements, time, moments, takers);
            return wrong is null ? SpecialVerdict.NotApplicable("dequeues of unknown outcome") : SpecialVerdict.Invalid(wrong);
        }

        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(order, history) : null);
    }

    // Elements that were certainly dequeued contradict each other only in pairs.
    private static Anomaly? Pairs(in KeyHistory history, Removals elements, LocalTime time, int cores)
    {
        var order = new QueueOrder(elements.Inserts.Count);
        var numbers = new List<int>();
        var unknown = elements.Unknown.Count > 0;
        for (var i = 0; i < elements.Inserts.Count; i++)
        {
            var (insert, remove) = (elements.Inserts[i], elements.Removes[i]);
            if (remove < 0 && unknown) continue;
            numbers.Add(i);
            var never = 2 * (time.Events + 1);
            order.Add(2 * time.Invoke[insert], 2 * time.Return[insert], remove < 0 ? never : 2 * time.Invoke[remove], remove < 0 ? never : 2 * time.Return[remove]);
        }

        if (order.Sort(cores, out var conflict) is not null) return null;
        var (older, younger) = (numbers[conflict.InsertedFirst], numbers[conflict.RemovedFirst]);
        return OutOfOrder(history, elements.Inserts[older], elements.Removes[older], elements.Inserts[younger], elements.Removes[younger]);
    }

    private static Anomaly OutOfOrder(in KeyHistory history, int olderIn, int olderOut, int youngerIn, int youngerOut)
    {
        var evidence = new EvidenceBuilder(history);
        var prose = new Prose(history);
        var (older, younger) = (prose.Text(history.Inputs[olderIn]), prose.Text(history.Inputs[youngerIn]));
        foreach (var row in (ReadOnlySpan<int>)[olderIn, youngerIn, youngerOut]) evidence.Add(row);
        if (olderOut >= 0) evidence.Add(olderOut);
        // Either an operation itself came earlier, or the element's other one forces it to.
        var first = history.Returns[olderIn] < history.Invokes[youngerIn] || olderOut < 0 ? olderIn : olderOut;
        if (history.Returns[first] < history.Invokes[youngerIn]) evidence.RealTime(first, youngerIn);
        var order = $"{older} was in the queue before {younger}: {prose.Did(first)}, and {prose.Did(youngerIn)}, which began later";
        if (olderOut < 0)
        {
            evidence.Step(olderIn, youngerOut, "forced", "what came in first has to come out first");
            return evidence.Build("lost-element", $"{order}. But {prose.Did(youngerOut)}, and {older} never came out.");
        }

        if (history.Returns[youngerOut] < history.Invokes[olderOut]) evidence.RealTime(youngerOut, olderOut);
        evidence.Step(olderOut, youngerOut, "forced", "what came in first has to come out first");
        return evidence.Build("out-of-order", $"{order}. But {younger} came out first: {prose.Did(youngerOut)}, before {prose.Did(olderOut)}.");
    }

    // For each dequeue that found nothing, the first gap in which the queue can have been empty.
    private static int[] EmptyMoments(Removals elements, LocalTime time, out int failed)
    {
        failed = -1;
        if (elements.Empties.Count == 0) return [];
        var emptiness = new Emptiness(time.Events);
        var unknown = elements.Unknown.Count > 0;
        var balance = unknown ? new int[time.Events + 2] : []; // elements left minus dequeues of unknown outcome, up to a gap
        for (var i = 0; i < elements.Inserts.Count; i++)
        {
            var end = time.Return[elements.Inserts[i]];
            if (elements.Removes[i] >= 0) emptiness.Cover(end, time.Invoke[elements.Removes[i]]);
            else if (unknown) balance[end]++;
            else emptiness.Cover(end, time.Events);
        }

        foreach (var row in elements.Unknown) balance[time.Invoke[row]]--;
        for (var gap = 1; gap < balance.Length; gap++) balance[gap] += balance[gap - 1];
        var next = emptiness.NextEmpty(unknown ? gap => balance[gap] <= 0 : null);
        var moments = new int[elements.Empties.Count];
        for (var i = 0; i < moments.Length; i++)
        {
            moments[i] = next[time.Invoke[elements.Empties[i]]];
            if (moments[i] < time.Return[elements.Empties[i]]) continue;
            failed = elements.Empties[i];
            break;
        }

        return moments;
    }

    // Gives each left element that has to leave by some moment a dequeue of unknown outcome that began before.
    private static Anomaly? ShareOut(in KeyHistory history, Removals elements, LocalTime time, int[] moments, int[] takers)
    {
        var left = Enumerable.Range(0, elements.Inserts.Count).Where(i => elements.Removes[i] < 0).ToArray();
        if (left.Length == 0) return null;
        // The earliest return of a dequeue whose element was enqueued after an event.
        var overtaken = new int[time.Events + 2];
        Array.Fill(overtaken, int.MaxValue);
        for (var i = 0; i < elements.Inserts.Count; i++)
        {
            if (elements.Removes[i] < 0) continue;
            ref var slot = ref overtaken[time.Invoke[elements.Inserts[i]]];
            slot = Math.Min(slot, time.Return[elements.Removes[i]]);
        }

        var emptied = new int[time.Events + 2]; // the first moment of emptiness at or after a gap
        Array.Fill(emptied, int.MaxValue);
        foreach (var moment in moments) emptied[moment] = moment + 1;
        for (var at = time.Events; at >= 0; at--)
        {
            overtaken[at] = Math.Min(overtaken[at], overtaken[at + 1]);
            emptied[at] = Math.Min(emptied[at], emptied[at + 1]);
        }

        var limits = left.Select(i => (Limit: Math.Min(overtaken[time.Return[elements.Inserts[i]]], emptied[time.Return[elements.Inserts[i]]]), Element: i))
            .Where(l => l.Limit != int.MaxValue).OrderBy(l => l.Limit).ThenBy(l => time.Return[elements.Inserts[l.Element]]).ToArray();
        for (var k = 0; k < limits.Length; k++)
        {
            if (k < elements.Unknown.Count && time.Invoke[elements.Unknown[k]] < limits[k].Limit) takers[limits[k].Element] = elements.Unknown[k];
            else return Lost(history, elements, time, limits.AsSpan(0, k + 1).ToArray().Select(l => l.Element), limits[k].Limit);
        }

        return null;
    }

    private static Anomaly Lost(in KeyHistory history, Removals elements, LocalTime time, IEnumerable<int> left, int limit)
    {
        var evidence = new EvidenceBuilder(history);
        var prose = new Prose(history);
        var lost = left.ToArray();
        var since = lost.Min(i => time.Return[elements.Inserts[i]]);
        foreach (var i in lost) evidence.Add(elements.Inserts[i]);
        foreach (var row in elements.Unknown.Where(row => time.Invoke[row] < limit)) evidence.Add(row);
        for (var i = 0; i < elements.Inserts.Count; i++)
        {
            if (elements.Removes[i] < 0 || time.Return[elements.Removes[i]] > limit || time.Invoke[elements.Inserts[i]] < since) continue;
            evidence.Add(elements.Inserts[i]);
            evidence.Add(elements.Removes[i]);
        }

        foreach (var row in elements.Empties.Where(row => time.Invoke[row] < limit)) evidence.Add(row);
        var insert = elements.Inserts[lost[^1]];
        return evidence.Build(
            "lost-element",
            $"{prose.Did(insert)}, and it was overtaken or the queue was found empty later, but no dequeue returned " +
            $"{prose.Text(history.Inputs[insert])}; too few dequeues of unknown outcome had begun by then to have taken it.");
    }

    private static int[]? Arrange(in KeyHistory history, Removals elements, LocalTime time, int[] moments, int[] takers, int cores)
    {
        var count = elements.Inserts.Count;
        var sorting = new QueueOrder(count + moments.Length);
        var never = 2 * (time.Events + 1);
        for (var i = 0; i < count; i++)
        {
            var remove = elements.Removes[i] >= 0 ? elements.Removes[i] : takers[i];
            sorting.Add(
                2 * time.Invoke[elements.Inserts[i]],
                2 * time.Return[elements.Inserts[i]],
                remove < 0 ? never : 2 * time.Invoke[remove],
                remove < 0 ? never : 2 * time.Return[remove]);
        }

        foreach (var moment in moments) sorting.Add((2 * moment) + 1, (2 * moment) + 1, (2 * moment) + 1, (2 * moment) + 1);
        if (sorting.Sort(cores, out _) is not { } order) return null;
        var (inserted, removed, next) = (0, 0, 0);
        using var inserting = new Rented<(int Moment, int Row)>(count);
        using var removing = new Rented<(int Moment, int Row)>(order.Length);
        var (inserts, removes) = (inserting.Array, removing.Array);
        var enqueued = 0;
        foreach (var element in order)
        {
            inserted = Math.Max(inserted, sorting[element].InsertInvoke);
            if (element < count)
            {
                inserts[enqueued++] = (inserted, elements.Inserts[element]);
                var remove = elements.Removes[element] >= 0 ? elements.Removes[element] : takers[element];
                if (remove < 0) continue;
                removed = Math.Max(removed, Math.Max(inserted, sorting[element].RemoveInvoke));
                removes[next++] = (removed, remove);
            }
            else
            {
                // Everything before is out, and nothing after is in.
                removed = Math.Max(removed, inserted);
                removes[next++] = (removed, ~elements.Empties[element - count]);
                inserted = removed;
            }
        }

        return Merge(history, inserts.AsSpan(0, enqueued), removes.AsSpan(0, next));
    }

    // At one moment removals come after insertions, except that nothing may slip in before a removal that found nothing: their rows are complements.
    private static int[]? Merge(in KeyHistory history, ReadOnlySpan<(int Moment, int Row)> inserts, ReadOnlySpan<(int Moment, int Row)> removes)
    {
        var rows = GC.AllocateUninitializedArray<int>(inserts.Length + removes.Length);
        var (next, inside, at) = (0, 0, 0);
        foreach (var (moment, row) in removes)
        {
            var empty = row < 0;
            var needed = empty ? 0 : 1;
            while (at < inserts.Length && (inside < needed || (!empty && inserts[at].Moment < moment)))
            {
                rows[next++] = inserts[at++].Row;
                inside++;
            }

            if (inside < needed || (empty && inside > 0)) return null;
            rows[next++] = empty ? ~row : row;
            inside -= needed;
        }

        while (at < inserts.Length) rows[next++] = inserts[at++].Row;
        return RealTime.IsBroken(rows, history, out _, out _) ? null : rows;
    }
}

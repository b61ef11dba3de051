using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Gives pops of unknown outcome to the elements of a stack that nobody is known to have popped, where the other elements by themselves are
/// in order. Each element that is left has a deadline, at first from what lay below it for certain. Pops are shared out, the earliest to the
/// earliest deadline; where the stack still cannot be nested, a deadline is sharpened, until an order comes of it or the pops are too few.
/// </summary>
/// <remarks>
/// <para>Going earlier never harms the others, so an element that contradicts elements that are certain, by itself, has one latest pop with
/// which it does not: that deadline is certain. Where only several elements that are left contradict together, one of them must go earlier:
/// which one is a guess, and from then on only a valid verdict counts.</para>
/// <para>Every attempt is O(n log n); there are as many as sharpened deadlines that depend on each other, and together no more steps than
/// a fixed number.</para>
/// </remarks>
internal sealed class StackTakers(KeyHistory history, Removals elements, LocalTime time, bool ordered)
{
    private const long MostSteps = 40_000_000;

    private readonly Dictionary<int, Deadline> _deadlines = [];
    private readonly Dictionary<int, int> _elementOf = []; // by the row of the push, those that are left
    private readonly Dictionary<int, int[]> _because = []; // by element: the rows that gave it a sharper deadline
    private bool _guessed;
    private long _steps;

    /// <summary>If there is no order: the evidence that there is none; null if that is not certain.</summary>
    public Anomaly? Refutation { get; private set; }

    /// <summary>An order of rows with the deadlines that are known at first, empty if it is not wanted; null if there is none.</summary>
    public int[]? TryFirst() =>
        UnknownRemovals.Share(elements, time, Deadlines(), out _) is { } shared ? StackNest.Of(shared, time, elements.Empties, ordered).Order : null;

    /// <summary>An order of rows, empty if it is not wanted; null if none was found.</summary>
    public int[]? Settle()
    {
        for (var element = 0; element < elements.Inserts.Count; element++)
        {
            if (elements.Removes[element] < 0) _elementOf.Add(elements.Inserts[element], element);
        }

        foreach (var deadline in Deadlines()) _deadlines.Add(deadline.Element, deadline);
        while (_steps < MostSteps)
        {
            var deadlines = _deadlines.Values.ToList();
            if (UnknownRemovals.Share(elements, time, deadlines, out var missed) is not { } shared)
            {
                if (!_guessed) Refutation = Refute(deadlines[..missed]);
                return null;
            }

            _steps += elements.Inserts.Count;
            var nest = StackNest.Of(shared, time, elements.Empties, ordered);
            if (nest.Order is not null) return nest.Order;
            foreach (var row in nest.NeverEmpty)
            {
                var interval = (From: time.Invoke[row], To: time.Return[row]);
                var all = Enumerable.Range(0, shared.Inserts.Count).Select(i => StackNest.Element(shared, time, i));
                if (!Sharpen([.. all.Where(e => e.PushReturn < interval.To && e.PopInvoke > interval.From && e.PushReturn < e.PopInvoke)], row)) return null;
            }

            foreach (var stuck in nest.Stuck)
            {
                if (!Sharpen(stuck, -1)) return null;
            }
        }

        return null;
    }

    // What is left was popped before anything that lay below it for certain was, and before the stack was found empty.
    private List<Deadline> Deadlines()
    {
        var byReturn = new long[elements.Inserts.Count];
        for (var i = 0; i < byReturn.Length; i++) byReturn[i] = PositionSort.Entry(time.Return[elements.Inserts[i]], i);
        PositionSort.Sort(byReturn);
        var below = new SuffixMinimum(time.Events + 1); // by the invocation of the pop
        var empties = new SuffixMinimum(time.Events + 1);
        foreach (var row in elements.Empties) empties.Add(time.Invoke[row], time.Return[row], row);
        var deadlines = new List<Deadline>();
        var next = 0;

        // The elements are in the order of the invocation of their pushes.
        for (var element = 0; element < elements.Inserts.Count; element++)
        {
            var push = elements.Inserts[element];
            for (; next < byReturn.Length && PositionSort.PositionOf(byReturn[next]) < time.Invoke[push]; next++)
            {
                var pop = elements.Removes[PositionSort.NumberOf(byReturn[next])];
                if (pop >= 0) below.Add(time.Invoke[pop], time.Return[pop], pop);
            }

            if (elements.Removes[element] >= 0 || time.Return[push] >= time.Events) continue;
            var (one, other) = (below.From(time.Return[push]), empties.From(time.Return[push]));
            var (before, witness) = one.Key <= other.Key ? one : other;
            if (witness >= 0) deadlines.Add(new(element, before, witness));
        }

        return deadlines;
    }

    // Gives an element of a contradiction an earlier deadline; false if none helps.
    private bool Sharpen(StackElement[] contradiction, int emptyRow)
    {
        (int, int)? empty = emptyRow < 0 ? null : (time.Invoke[emptyRow], time.Return[emptyRow]);
        var left = contradiction.Where(e => _elementOf.ContainsKey(e.Push)).ToList();
        var parts = contradiction.Where(e => !_elementOf.ContainsKey(e.Push)).ToList();
        var certain = parts.Count;

        // The last element of the shortest contradictory prefix is needed; once it is there always, a shorter prefix does.
        while (left.Count > 0 && IsPossible(parts, empty))
        {
            var (low, high) = (1, left.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (IsPossible([.. parts, .. left[..middle]], empty)) low = middle + 1;
                else high = middle;
            }

            parts.Add(left[low - 1]);
            left.RemoveRange(low - 1, left.Count - low + 1);
            if (_steps >= MostSteps) return false;
        }

        if (parts.Count == certain) return false; // the elements that are certain contradict each other
        _guessed |= parts.Count > certain + 1;
        var (best, latest) = (-1, -1);
        for (var i = certain; i < parts.Count; i++)
        {
            var whole = parts[i];
            var (low, high) = (0, elements.Unknown.Count); // the first pop that is too late
            while (low < high)
            {
                var middle = (low + high) / 2;
                parts[i] = whole with { PopInvoke = Math.Max(time.Invoke[elements.Unknown[middle]], LastPeek(whole)), PopReturn = time.Events + 2 };
                if (parts[i].PopInvoke < whole.PopInvoke && IsPossible(parts, empty)) low = middle + 1;
                else high = middle;
            }

            parts[i] = whole;
            if (low - 1 > latest) (best, latest) = (i, low - 1);
        }

        // A deadline before all pops cannot be met: if it is certain, that refutes.
        if (best < 0) best = certain;
        var element = _elementOf[parts[best].Push];
        var before = latest < 0 ? 0 : time.Invoke[elements.Unknown[latest]] + 1;
        _deadlines[element] = new(element, before, emptyRow >= 0 ? emptyRow : parts[best].Push);
        List<int> rows = [.. parts.Take(certain).Append(parts[best]).SelectMany(e => e.Rows)];
        if (emptyRow >= 0) rows.Add(emptyRow);
        _because[element] = [.. rows];
        return true;
    }

    private static int LastPeek(StackElement element) => element.Peeks is { } peeks ? peeks[^1].Invoke : -1;

    private bool IsPossible(List<StackElement> parts, (int, int)? empty)
    {
        _steps += parts.Count;
        return StackNest.IsPossible(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parts), empty);
    }

    private Anomaly Refute(List<Deadline> missed)
    {
        if (!missed.Any(deadline => _because.ContainsKey(deadline.Element))) return UnknownRemovals.Refute(history, elements, time, missed);
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        foreach (var row in UnknownRemovals.Rows(elements, time, missed)) evidence.Add(row);
        foreach (var deadline in missed)
        {
            foreach (var row in _because.GetValueOrDefault(deadline.Element, []))
            {
                if (history.Types[row] != OperationType.Info || history.Functions[row] == Function.Push) evidence.Add(row);
            }
        }

        var pushed = string.Join("; ", missed.Take(3).Select(deadline => prose.Did(elements.Inserts[deadline.Element])));
        return evidence.Build(
            "out-of-order",
            $"nobody is known to have popped {(missed.Count == 1 ? "an element" : $"{missed.Count} elements")} that cannot have stayed on the stack ({pushed}" +
            $"{(missed.Count > 3 ? "; and more" : "")}): what lay below was popped. Too few pops of unknown outcome had begun by then to have taken " +
            $"{(missed.Count == 1 ? "it" : "them")}.");
    }
}

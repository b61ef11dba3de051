using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides queues without order whose elements are enqueued once each: an element has to come in before it goes out, and a dequeue that
/// found
/// nothing needs a moment at which no element was there for certain. Each element then comes in as late and goes out as early as it can.
/// O(n) but for sorting.
/// </summary>
internal sealed class UniqueBag : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "bag (unique elements)";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.UnorderedQueue.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var elements = Removals.Of(history, Function.Enqueue, Function.Dequeue, out var answer);
        if (elements is null) return answer;
        var time = new LocalTime(history);
        if (Place(elements, time, leftStay: elements.Unknown.Count == 0, out var stuck) is not { } next)
            return SpecialVerdict.Invalid(Emptiness.Refute(stuck, history, time, elements));
        if (elements.Unknown.Count > 0 && elements.Empties.Count > 0 && elements.Removes.Contains(-1))
        {
            var deadlines = Deadlines(elements, time);
            if (UnknownRemovals.Share(elements, time, deadlines, out var missed) is not { } shared)
                return SpecialVerdict.Invalid(UnknownRemovals.Refute(history, elements, time, deadlines[..missed]));
            if (Place(shared, time, leftStay: true, out _) is not { } shareNext) return SpecialVerdict.NotApplicable("dequeues of unknown outcome");
            (elements, next) = (shared, shareNext);
        }

        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(Order(elements, time, next), history) : null);
    }

    // For each gap the next one in which nothing was there for certain; null if an operation that found nothing has none.
    private static int[]? Place(Removals elements, LocalTime time, bool leftStay, out int stuck)
    {
        var emptiness = new Emptiness(time.Events);
        for (var i = 0; i < elements.Inserts.Count; i++)
        {
            if (elements.Removes[i] >= 0) emptiness.Cover(time.Return[elements.Inserts[i]], time.Invoke[elements.Removes[i]]);
            else if (leftStay) emptiness.Cover(time.Return[elements.Inserts[i]], time.Events);
        }

        var next = elements.Empties.Count == 0 ? [] : emptiness.NextEmpty();
        stuck = elements.Empties.FindIndex(row => next[time.Invoke[row]] >= time.Return[row]);
        if (stuck >= 0) stuck = elements.Empties[stuck];
        return stuck >= 0 ? null : next;
    }

    // What is left was gone before an operation that began after its enqueue found nothing.
    private static List<Deadline> Deadlines(Removals elements, LocalTime time)
    {
        var empties = new SuffixMinimum(time.Events + 1);
        foreach (var row in elements.Empties) empties.Add(time.Invoke[row], time.Return[row], row);
        var deadlines = new List<Deadline>();
        for (var element = 0; element < elements.Inserts.Count; element++)
        {
            if (elements.Removes[element] >= 0 || time.Return[elements.Inserts[element]] >= time.Events) continue;
            var (before, witness) = empties.From(time.Return[elements.Inserts[element]]);
            if (witness >= 0) deadlines.Add(new(element, before, witness));
        }

        return deadlines;
    }

    private static int[] Order(Removals elements, LocalTime time, int[] next)
    {
        var order = new PointOrder(time.Events);
        for (var i = 0; i < elements.Inserts.Count; i++)
        {
            var (insert, remove) = (elements.Inserts[i], elements.Removes[i]);
            if (remove < 0)
            {
                order.Add(time.Return[insert] - 1, 3, insert);
                continue;
            }

            var enters = Math.Min(time.Return[insert], time.Return[remove]) - 1;
            var leaves = Math.Max(time.Invoke[remove], enters);
            order.Add(enters, enters == leaves ? 1 : 3, insert);
            order.Add(leaves, enters == leaves ? 1 : 0, remove);
        }

        foreach (var row in elements.Empties) order.Add(next[time.Invoke[row]], 2, row);
        return order.Rows();
    }
}

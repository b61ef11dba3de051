using Checker.Checkers.Linearizability.Problems;
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
        var emptiness = new Emptiness(time.Events);
        for (var i = 0; i < elements.Inserts.Count; i++)
        {
            if (elements.Removes[i] >= 0) emptiness.Cover(time.Return[elements.Inserts[i]], time.Invoke[elements.Removes[i]]);
            else if (elements.Unknown.Count == 0) emptiness.Cover(time.Return[elements.Inserts[i]], time.Events);
        }

        var next = elements.Empties.Count == 0 ? [] : emptiness.NextEmpty();
        foreach (var row in elements.Empties)
        {
            if (next[time.Invoke[row]] >= time.Return[row]) return SpecialVerdict.Invalid(Emptiness.Refute(row, history, time, elements));
        }

        if (elements.Unknown.Count > 0 && elements.Empties.Count > 0 && elements.Removes.Contains(-1))
        {
            return SpecialVerdict.NotApplicable("dequeues of unknown outcome");
        }

        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(Order(elements, time, next), history) : null);
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

using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides queues without order whose elements may be equal. Apart from those who found nothing, each value is an object of its own, and only
/// numbers count: at no return of a dequeue more may have been taken than put in. O(n log n) but for choices of when the bag was empty; where none
/// is found in time, another algorithm decides.
/// </summary>
internal sealed class BagCounts : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "bag counts (repeated values)";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.UnorderedQueue.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var table = history.History.Values;
        if (!history.Initial.IsNull && table.Kind(history.Initial) != ValueKind.List) return SpecialVerdict.NotApplicable("the initial value is not a list");
        using var numbers = new ValueNumbers(history.Count);
        var values = new int[history.Count];
        var initial = history.Initial.IsNull ? default : table.Items(history.Initial);
        foreach (var item in initial) numbers.NumberOf(item);
        for (var row = 0; row < values.Length; row++)
        {
            var value = history.Functions[row] switch
            {
                Function.Enqueue => history.Inputs[row],
                Function.Dequeue => history.Types[row] == OperationType.Info ? ValueId.Null : history.Outputs[row],
                _ => default,
            };
            if (history.Functions[row] is not (Function.Enqueue or Function.Dequeue) || (history.Functions[row] == Function.Enqueue && value.IsNull))
                return SpecialVerdict.NotApplicable($"{FunctionNames.Of(history.Functions[row])} is not of this kind");
            values[row] = value.IsNull ? -1 : numbers.NumberOf(value);
        }

        var counts = new int[numbers.Count];
        foreach (var item in initial) counts[numbers.NumberOf(item)]++;
        var time = new LocalTime(history);
        var sweep = new BagSweep(history, time, values, counts);
        if (sweep.Contradiction(out var blocking, out var settled) is >= 0 and var wrong)
            return SpecialVerdict.Invalid(Refute(history, time, values, wrong, blocking, values[wrong] < 0 ? 0 : counts[values[wrong]]));
        if (!settled && !sweep.TryChoose()) return SpecialVerdict.NotApplicable("the bag may have been empty at several moments");
        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(sweep.Order(), history) : null);
    }

    // Everything that has to do with some values up to an operation's return.
    private static Anomaly Refute(in KeyHistory history, LocalTime time, int[] values, int wrong, HashSet<int> blocking, int first)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        var empty = values[wrong] < 0;
        var (put, taken, unknown) = (first, 0, 0);
        evidence.Add(wrong);
        for (var row = 0; row < values.Length && time.Invoke[row] < time.Return[wrong]; row++)
        {
            var info = history.Types[row] == OperationType.Info;
            if (row == wrong || (values[row] < 0 ? !empty || !info : !blocking.Contains(values[row]))) continue;
            var enqueues = history.Functions[row] == Function.Enqueue;
            if (!empty && !enqueues && time.Return[row] > time.Return[wrong]) continue;
            evidence.Add(row);
            if (values[row] < 0) unknown++;
            else if (enqueues) put++;
            else taken++;
        }

        if (empty)
        {
            return evidence.Build(
                "false-empty",
                $"{prose.Did(wrong)}, but it was not empty at any moment of that time: in each more had been put in for certain than can have been " +
                $"taken out{(unknown > 0 ? $", even by the {unknown} dequeues of unknown outcome" : "")}.");
        }

        var element = prose.Text(history.Outputs[wrong]);
        return evidence.Build(
            put == 0 && taken == 0 ? "phantom-element" : "duplicate-removal",
            put == 0 && taken == 0
                ? $"{prose.Did(wrong)}, but nobody had begun to put {element} in."
                : $"{prose.Did(wrong)}, but {element} had been put in at most {put} times by then and taken out {taken} times before.");
    }
}

using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>
/// Sets that are read whole and in which elements may be removed and added again. To each element a read is a question; if one element
/// has no order, the set has none. If all have, <see cref="ReadPlacing"/> tries to give the reads places that suit all elements at once.
/// What it cannot place is left to the general search. O(reads × elements) and the operations.
/// </summary>
internal sealed class SetReads : ISpecialAlgorithm
{
    private const long MostQuestions = 200_000_000;
    private const int MostElements = 1 << 16;

    /// <inheritdoc/>
    public string Name => "set elements and reads";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Set.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var reads = history.Functions.Count(Function.Read);
        if (reads == 0) return SpecialVerdict.NotApplicable("the set is not read whole");
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Read && ElementStep.Of(history, row) is null) return SpecialVerdict.NotApplicable("a result without form");
        }

        if (SetElements.InitialElements(history) is not { } initial) return SpecialVerdict.NotApplicable("an element is there twice at first");
        if (ReadTargets.Of(history, initial, out var verdict) is not { } targets) return verdict;
        using var held = targets;
        if (targets.Elements > MostElements || (long)reads * targets.Elements > MostQuestions) return SpecialVerdict.NotApplicable("too many reads of too many elements");
        var present = new bool[targets.Elements];
        foreach (var element in initial) present[targets.NumberOf(element)] = true;

        // A place for every read is soon found or not; why there may be none takes longer to see.
        var placing = new ReadPlacing(history, targets, element => present[element], options.Certify);
        if (placing.Succeeds())
            return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(placing.Order(element => present[element]), history) : null);
        return Refuted(history, targets, present) is { } anomaly
            ? SpecialVerdict.Invalid(anomaly)
            : SpecialVerdict.NotApplicable("reads that cannot be placed one by one");
    }

    private static Anomaly? Refuted(in KeyHistory history, ReadTargets targets, bool[] present)
    {
        var rowsOf = new List<int>[targets.Elements];
        var reads = new List<int>();
        for (var element = 0; element < rowsOf.Length; element++) rowsOf[element] = [];
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Read) reads.Add(row);
            else rowsOf[targets.NumberOf(history.Inputs[row])].Add(row);
        }

        var order = new ElementOrder(history, record: false, targets);
        var rows = new int[history.Count];
        for (var element = 0; element < rowsOf.Length; element++)
        {
            var count = reads.Count + rowsOf[element].Count;
            rowsOf[element].CopyTo(rows);
            reads.CopyTo(rows, rowsOf[element].Count);
            Array.Sort(rows, 0, count); // rows are by invocation
            order.Element = element;
            if (order.Exists(rows.AsSpan(0, count), present[element]) != false) continue;
            return new ElementEvidence(history, order).Explain(rows.AsSpan(0, count), present[element], targets.ValueOf(element), order.Stuck);
        }

        return null;
    }
}

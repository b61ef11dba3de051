using System.Diagnostics;
using Checker.Checkers.Prose;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>
/// A priority queue: <c>insert e</c>, <c>extract-max</c> → an element of the greatest priority, or null if there was none. An element is a
/// priority, or
/// <c>[priority,id]</c>; priorities compare as values do, integers by size. Of several elements with the greatest priority any may come
/// out. An extract-max whose
/// result is unknown takes one of them if there is one. The initial value is null (empty) or a list of elements.
/// </summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The elements at first.</param>
public readonly struct PriorityQueueSpec(ValueTable values, ValueId initial) : ISequentialSpec<int>
{
    private readonly Dictionary<ValueId, int> _ranks = [];
    private readonly List<(Value Priority, ValueId Element)> _byRank = [];
    private readonly PersistentMap _bags = new(); // by rank, so that the last entry is a greatest one

    /// <inheritdoc/>
    public int Initial
    {
        get
        {
            var state = PersistentMap.Empty;
            foreach (var element in Malformations.ItemsOf(values, initial)) state = Change(state, _ranks[element], 1);
            return state;
        }
    }

    /// <inheritdoc/>
    public bool HasCommuting => true;

    /// <inheritdoc/>
    public void Prepare(IReadOnlyList<SpecOperation> operations)
    {
        var elements = new HashSet<ValueId>(Malformations.ItemsOf(values, initial).ToArray());
        foreach (var operation in operations)
        {
            if (operation.Function == Function.Insert) elements.Add(operation.Input);
            else if (!operation.Output.IsNull) elements.Add(operation.Output);
        }

        foreach (var element in elements) _byRank.Add((Priority(element), element));
        _byRank.Sort(static (a, b) => (a.Priority, a.Element.Bits).CompareTo((b.Priority, b.Element.Bits)));
        for (var rank = 0; rank < _byRank.Count; rank++) _ranks.Add(_byRank[rank].Element, rank);
    }

    /// <inheritdoc/>
    public long Bytes => _bags.Bytes;

    /// <inheritdoc/>
    public void Step(int state, in SpecOperation operation, NextStates<int> next)
    {
        switch (operation.Function)
        {
            case Function.Insert:
                next.Add(Change(state, _ranks[operation.Input], 1));
                return;
            case Function.ExtractMax:
                var top = _bags.Last(state);
                if (top < 0)
                {
                    if (operation.IsInfo || operation.Output.IsNull) next.Add(state);
                    return;
                }

                // The ranks of equal priorities are neighbours.
                for (var rank = top; rank >= 0 && _byRank[rank].Priority == _byRank[top].Priority; rank--)
                {
                    if (_bags.Get(state, rank) > 0 && (operation.IsInfo || _byRank[rank].Element == operation.Output))
                        next.Add(Change(state, rank, -1));
                }

                return;
            default:
                throw new UnreachableException($"a priority queue has no {operation.Function}");
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) =>
        operation.Function == Function.ExtractMax && !operation.IsInfo && operation.Output.IsNull;

    /// <inheritdoc/>
    public bool Commutes(in SpecOperation first, in SpecOperation second)
    {
        if (first.Function == Function.Insert && second.Function == Function.Insert) return true;
        if (first.Function == second.Function) return first == second;
        var (insert, extract) = first.Function == Function.Insert ? (first, second) : (second, first);
        return !extract.IsInfo && !extract.Output.IsNull && insert.Input != extract.Output &&
            _byRank[_ranks[insert.Input]].Priority <= _byRank[_ranks[extract.Output]].Priority;
    }

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation) =>
        operation.Function == Function.Insert && operation.Input.IsNull
            ? Malformations.Input(values, operation, "an element that is not null")
            : null;

    /// <inheritdoc/>
    public string Describe(int state)
    {
        var present = new List<int>();
        _bags.Indexes(state, present);
        present.Reverse();
        var byRank = _byRank;
        return present.Count == 0
            ? "the queue is empty"
            : "the queue holds, greatest first, " + ValueText.Several(values, [.. present.Select(rank => byRank[rank].Element)]);
    }

    private Value Priority(ValueId element) =>
        values.Kind(element) == ValueKind.List && values.Items(element) is [var priority, ..] ? values.Get(priority) : values.Get(element);

    private int Change(int state, int rank, long by) => _bags.Set(state, rank, _bags.Get(state, rank) + by);
}

using System.Diagnostics;
using Checker.Checkers.Prose;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>A queue's state: its content by position, and the positions of its ends.</summary>
/// <param name="Content">The content.</param>
/// <param name="Head">The position of the oldest element.</param>
/// <param name="Tail">The position after the newest.</param>
public readonly record struct QueueState(int Content, int Head, int Tail);

/// <summary>
/// A first-in first-out queue: <c>enqueue v</c>, <c>dequeue</c> → the oldest element, or null if there was none. A dequeue whose result is
/// unknown takes the
/// oldest element if there is one. The initial value is null (empty) or a list, oldest first. Elements may be equal, but not null.
/// </summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The elements at first.</param>
public readonly struct QueueSpec(ValueTable values, ValueId initial) : ISequentialSpec<QueueState>
{
    private readonly PersistentMap _contents = new();

    /// <inheritdoc/>
    public QueueState Initial
    {
        get
        {
            var state = default(QueueState);
            foreach (var element in Malformations.ItemsOf(values, initial)) state = Enqueue(state, element);
            return state;
        }
    }

    /// <inheritdoc/>
    public long Bytes => _contents.Bytes;

    /// <inheritdoc/>
    public void Step(QueueState state, in SpecOperation operation, NextStates<QueueState> next)
    {
        switch (operation.Function)
        {
            case Function.Enqueue:
                next.Add(Enqueue(state, operation.Input));
                return;
            case Function.Dequeue:
                if (state.Head == state.Tail)
                {
                    if (operation.IsInfo || operation.Output.IsNull) next.Add(state);
                    return;
                }

                if (operation.IsInfo || operation.Output.Bits == _contents.Get(state.Content, state.Head)) next.Add(Dequeue(state));
                return;
            default:
                throw new UnreachableException($"a queue has no {operation.Function}");
        }
    }

    /// <inheritdoc/>
    public QueueState Canonical(QueueState state)
    {
        var shifted = default(QueueState);
        for (var at = state.Head; at < state.Tail && state.Head > 0; at++) shifted = Enqueue(shifted, new ValueId(_contents.Get(state.Content, at)));
        return state.Head > 0 ? shifted : state;
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation) =>
        operation.Function == Function.Dequeue && !operation.IsInfo && operation.Output.IsNull;

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation) =>
        operation.Function == Function.Enqueue && operation.Input.IsNull
            ? Malformations.Input(values, operation, "an element that is not null")
            : null;

    /// <inheritdoc/>
    public string Describe(QueueState state)
    {
        var elements = new ValueId[state.Tail - state.Head];
        for (var i = 0; i < elements.Length; i++) elements[i] = new ValueId(_contents.Get(state.Content, state.Head + i));
        return elements.Length == 0 ? "the queue is empty" : "the queue holds, oldest first, " + ValueText.Several(values, elements);
    }

    private QueueState Enqueue(QueueState state, ValueId element) =>
        state with { Content = _contents.Set(state.Content, state.Tail, element.Bits), Tail = state.Tail + 1 };

    private QueueState Dequeue(QueueState state) =>
        state with { Content = _contents.Set(state.Content, state.Head, 0), Head = state.Head + 1 };
}

using Checker.Checkers.Linearizability.General.Queues;
using Checker.Checkers.Linearizability.General.Stacks;
using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General;

/// <summary>The search that knows a container whose values repeat: of a queue its paths, of a stack its contents.</summary>
internal sealed class ContainerSearch
{
    private readonly QueueProblem? _queue;
    private readonly StackProblem? _stack;

    private ContainerSearch(QueueProblem? queue, StackProblem? stack) => (_queue, _stack) = (queue, stack);

    /// <summary>The name in verdicts.</summary>
    public string Name => _queue is null ? StackSearch.Name : QueueSearch.Name;

    /// <summary>Whether it is a stack.</summary>
    public bool IsStack => _stack is not null;

    /// <summary>Reads an object; null if there is no such search for it.</summary>
    public static ContainerSearch? Of(in KeyHistory history)
    {
        if (QueueProblem.Of(history) is { } queue) return new(queue, null);
        return StackProblem.Of(history) is { } stack ? new(null, stack) : null;
    }

    /// <summary>Searches within a budget.</summary>
    /// <param name="history">The object that was read.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="beam">How many cases to carry; null for all.</param>
    public SearchResult Judge(in KeyHistory history, SearchBudget budget, BeamWidth? beam = null) =>
        _queue is null ? new StackSearch(_stack!, budget, beam).Run(history) : new QueueSearch(_queue, budget, beam).Run(history);
}

namespace Checker.Checkers.Linearizability.General;

/// <summary>What a history that is invalid may have come to before each of its events (<see cref="ReachableConfigurations{TSpec, TState}"/>).</summary>
internal interface IReachable
{
    /// <summary>Whether everything was found within the budget.</summary>
    bool IsComplete { get; }

    /// <summary>The position of the return that no configuration can pass, or up to which the budget sufficed.</summary>
    int End { get; }

    /// <summary>The steps that were taken, for all questions so far.</summary>
    long Steps { get; }

    /// <summary>
    /// Leaves out some rows for good if that makes no difference: if at some moment when all of them have returned everything can still be come to that the
    /// history can come to, so that whatever follows is possible without them if it is possible with them; and if still nothing can pass <see cref="End"/>.
    /// False if it does make one; null if that could not be said within the budget.
    /// </summary>
    /// <param name="gone">The rows.</param>
    /// <param name="events">How many events after the last of their returns are looked at; otherwise the answer is that it makes a difference.</param>
    bool? TryLeaveOut(ReadOnlySpan<int> gone, int events);
}

namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>One thing that was decided, and what was before it.</summary>
/// <param name="Before">The one before; null if there was none.</param>
/// <param name="Enqueue">The row of an enqueue, −1 for what was there at first; or <see cref="Empty"/> for a moment at which the queue is empty.</param>
/// <param name="Dequeue">The row of its dequeue.</param>
/// <param name="Entered">The position at the end where elements enter.</param>
/// <param name="Left">The position at the end where they leave.</param>
internal sealed record QueueLink(QueueLink? Before, int Enqueue, int Dequeue, int Entered, int Left)
{
    /// <summary>Instead of an enqueue.</summary>
    public const int Empty = -2;
}

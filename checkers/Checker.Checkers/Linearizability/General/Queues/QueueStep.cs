namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>One element: the next to go through the queue.</summary>
/// <param name="Enqueue">The number of its enqueue; ~number if that is of unknown outcome.</param>
/// <param name="Dequeue">The number of its dequeue; −1 if that is the next one of unknown outcome.</param>
internal readonly record struct QueueStep(int Enqueue, int Dequeue);

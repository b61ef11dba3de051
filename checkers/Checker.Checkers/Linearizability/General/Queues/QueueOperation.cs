namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>One operation at an end of a queue.</summary>
/// <param name="Row">Its row; −1 for what the queue held at first.</param>
/// <param name="Value">The number of its value; −1 if there is none.</param>
/// <param name="Invoke">The event of its invocation.</param>
/// <param name="Return">The event of its return.</param>
internal readonly record struct QueueOperation(int Row, int Value, int Invoke, int Return);

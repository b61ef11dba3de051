namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>What happens at an end of a queue.</summary>
internal enum QueueEventKind : byte
{
    /// <summary>A finished operation with a value begins; <see cref="QueueEvent.Operation"/> is its number.</summary>
    Invoke,

    /// <summary>It returns.</summary>
    Return,

    /// <summary>An operation of unknown outcome begins.</summary>
    Unknown,

    /// <summary>A dequeue that finds nothing begins.</summary>
    EmptyInvoke,

    /// <summary>It returns; <see cref="QueueEvent.Operation"/> is the number of the event of its invocation.</summary>
    EmptyReturn,
}

/// <summary>One event at an end of a queue.</summary>
/// <param name="Time">The number of the event among those of both ends.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Operation">To whom; see there.</param>
internal readonly record struct QueueEvent(int Time, QueueEventKind Kind, int Operation);

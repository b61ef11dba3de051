namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>How many words each part of a <see cref="QueueConfiguration"/> takes.</summary>
internal sealed class QueueShape(QueueProblem problem)
{
    private const ulong BothSpare = 0x8000_0000_8000_0000;

    /// <summary>The words of the slots of enqueues.</summary>
    public int EnqueueWords { get; } = (problem.Enqueues.SlotCount + 63) / 64;

    /// <summary>The words of the slots of dequeues.</summary>
    public int DequeueWords { get; } = (problem.Dequeues.SlotCount + 63) / 64;

    /// <summary>The words of the key.</summary>
    public int Key => 1 + EnqueueWords + DequeueWords;

    /// <summary>All words.</summary>
    public int Width => Key + 1 + problem.Supply.Words;

    /// <summary>Whether a record needs no more than another one of the same key: whatever can become of that can become of it.</summary>
    public bool IsAtLeast(ReadOnlySpan<ulong> record, ReadOnlySpan<ulong> other)
    {
        if ((((other[Key] | BothSpare) - record[Key]) & BothSpare) != BothSpare) return false;
        for (var word = 0; word < problem.Supply.Words; word++)
        {
            var spare = problem.Supply.Spare[word];
            if ((((other[Key + 1 + word] | spare) - record[Key + 1 + word]) & spare) != spare) return false;
        }

        return true;
    }
}

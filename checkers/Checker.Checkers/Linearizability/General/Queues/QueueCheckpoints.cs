namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>The configurations of a queue as they once were.</summary>
/// <param name="Progress">The least progress among them.</param>
/// <param name="Configurations">All of them.</param>
/// <param name="Truncated">Whether some had been left out.</param>
internal readonly record struct QueueCheckpoint(int Progress, QueueLayer Configurations, bool Truncated);

/// <summary>
/// Where a search can go back to: close together just behind and ever farther apart the longer ago they were taken, so that there are O(log events) of them.
/// </summary>
internal sealed class QueueCheckpoints
{
    private const int Interval = 32; // events

    private readonly List<QueueCheckpoint> _taken = [];

    /// <summary>What they take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether it is time for one.</summary>
    public bool IsDue(int progress) => _taken.Count == 0 || progress - _taken[^1].Progress >= Interval;

    /// <summary>Takes one.</summary>
    public void Add(QueueCheckpoint checkpoint)
    {
        _taken.Add(checkpoint);
        Bytes += checkpoint.Configurations.Bytes;

        // One goes if the gap between its neighbours is small beside their age.
        for (var i = _taken.Count - 2; i > 0; i--)
        {
            if (4 * (_taken[i + 1].Progress - _taken[i - 1].Progress) < checkpoint.Progress - _taken[i + 1].Progress) Drop(i);
        }
    }

    /// <summary>The latest that is so far back, or the first; those after it are forgotten.</summary>
    public QueueCheckpoint Before(int progress)
    {
        while (_taken.Count > 1 && _taken[^1].Progress > progress) Drop(_taken.Count - 1);
        return _taken[^1];
    }

    private void Drop(int number)
    {
        Bytes -= _taken[number].Configurations.Bytes;
        _taken.RemoveAt(number);
    }
}

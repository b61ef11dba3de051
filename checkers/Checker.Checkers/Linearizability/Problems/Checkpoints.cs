namespace Checker.Checkers.Linearizability.Problems;

/// <summary>
/// Where a beam can go back to: copies of its configurations, close together just behind and ever farther apart the longer ago they were taken, so that there
/// are O(log events) of them.
/// </summary>
/// <param name="interval">The events between two that are just behind.</param>
/// <param name="bytes">What configurations take.</param>
/// <param name="release">What becomes of those that are dropped.</param>
/// <typeparam name="T">What holds configurations.</typeparam>
internal sealed class Checkpoints<T>(int interval, Func<T, long> bytes, Action<T>? release = null)
{
    private readonly List<Checkpoint<T>> _taken = [];

    /// <summary>What they take.</summary>
    public long Bytes { get; private set; }

    /// <summary>All of them, by position.</summary>
    public IReadOnlyList<Checkpoint<T>> Taken => _taken;

    /// <summary>Whether it is time for one.</summary>
    public bool IsDue(int position) => _taken.Count == 0 || position - _taken[^1].Position >= interval;

    /// <summary>Takes one.</summary>
    public void Add(Checkpoint<T> checkpoint)
    {
        _taken.Add(checkpoint);
        Bytes += bytes(checkpoint.Configurations);

        // One goes if the gap between its neighbours is small beside their age.
        for (var i = _taken.Count - 2; i > 0; i--)
        {
            if (4 * (_taken[i + 1].Position - _taken[i - 1].Position) < checkpoint.Position - _taken[i + 1].Position) Drop(i);
        }
    }

    /// <summary>The latest that is so far back, or the first; those after it are forgotten, and it will be, if it is asked for again.</summary>
    public Checkpoint<T> Before(int position)
    {
        while (_taken.Count > 1 && _taken[^1].Position > position) Drop(_taken.Count - 1);
        return _taken[^1];
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        while (_taken.Count > 0) Drop(_taken.Count - 1);
    }

    private void Drop(int number)
    {
        var configurations = _taken[number].Configurations;
        Bytes -= bytes(configurations);
        release?.Invoke(configurations);
        _taken.RemoveAt(number);
    }
}

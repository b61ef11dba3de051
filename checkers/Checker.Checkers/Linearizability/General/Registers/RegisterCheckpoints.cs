namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// Where a frontier can go back to: copies of it, close together just behind and ever farther apart the longer ago they were taken, so that there
/// are O(log events) of them.
/// </summary>
/// <typeparam name="TMask">The set of slots.</typeparam>
internal sealed class RegisterCheckpoints<TMask>
    where TMask : struct, ISlotMask<TMask>
{
    private const int Interval = 16; // events

    private readonly List<RegisterCheckpoint<TMask>> _taken = [];
    private readonly Stack<RegisterConfigurations<TMask>> _free = [];
    private int _counters;

    /// <summary>What they take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Forgets all, for another register.</summary>
    /// <param name="counters">How many counts of unfinished operations each configuration has.</param>
    public void Begin(int counters)
    {
        _counters = counters;
        while (_taken.Count > 0) Drop(_taken.Count - 1);
        foreach (var unused in _free) unused.Begin(counters);
    }

    /// <summary>Takes one if it is time.</summary>
    /// <param name="position">The next event.</param>
    /// <param name="frontier">The configurations before it.</param>
    /// <param name="truncated">Whether some were left out before.</param>
    public void Offer(int position, RegisterConfigurations<TMask> frontier, bool truncated)
    {
        if (_taken.Count > 0 && position - _taken[^1].Position < Interval) return;
        if (!_free.TryPop(out var copy)) (copy = new RegisterConfigurations<TMask>()).Begin(_counters);
        copy.CopyFrom(frontier);
        Bytes += copy.Bytes;
        _taken.Add(new(position, copy, truncated));

        // One goes if the gap between its neighbours is small beside their age.
        for (var i = _taken.Count - 2; i > 0; i--)
        {
            if (4 * (_taken[i + 1].Position - _taken[i - 1].Position) < position - _taken[i + 1].Position) Drop(i);
        }
    }

    /// <summary>The latest that is so far back, or the first; those after it are forgotten, and it will be, if it is asked for again.</summary>
    public RegisterCheckpoint<TMask> Before(int position)
    {
        while (_taken.Count > 1 && _taken[^1].Position > position) Drop(_taken.Count - 1);
        return _taken[^1];
    }

    /// <summary>Appends all configurations to a list.</summary>
    public void Collect(List<RegisterConfigurations<TMask>> living)
    {
        foreach (var checkpoint in _taken) living.Add(checkpoint.Frontier);
    }

    private void Drop(int number)
    {
        Bytes -= _taken[number].Frontier.Bytes;
        _free.Push(_taken[number].Frontier);
        _taken.RemoveAt(number);
    }
}

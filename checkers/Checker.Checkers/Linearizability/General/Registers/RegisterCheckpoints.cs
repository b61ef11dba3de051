using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>Where a frontier can go back to (<see cref="Checkpoints{T}"/>): copies of it, whose memory is used again.</summary>
/// <typeparam name="TMask">The set of slots.</typeparam>
internal sealed class RegisterCheckpoints<TMask>
    where TMask : struct, ISlotMask<TMask>
{
    private const int Interval = 16; // events

    private readonly Stack<RegisterConfigurations<TMask>> _free = [];
    private readonly Checkpoints<RegisterConfigurations<TMask>> _taken;
    private int _counters;

    /// <summary>None.</summary>
    public RegisterCheckpoints() => _taken = new(Interval, static frontier => frontier.Bytes, _free.Push);

    /// <summary>What they take.</summary>
    public long Bytes => _taken.Bytes;

    /// <summary>Forgets all, for another register.</summary>
    /// <param name="counters">How many counts of unfinished operations each configuration has.</param>
    public void Begin(int counters)
    {
        _counters = counters;
        _taken.Clear();
        foreach (var unused in _free) unused.Begin(counters);
    }

    /// <summary>Takes one if it is time.</summary>
    /// <param name="position">The next event.</param>
    /// <param name="frontier">The configurations before it.</param>
    /// <param name="truncated">Whether some were left out before.</param>
    public void Offer(int position, RegisterConfigurations<TMask> frontier, bool truncated)
    {
        if (!_taken.IsDue(position)) return;
        if (!_free.TryPop(out var copy)) (copy = new RegisterConfigurations<TMask>()).Begin(_counters);
        copy.CopyFrom(frontier);
        _taken.Add(new(position, copy, truncated));
    }

    /// <inheritdoc cref="Checkpoints{T}.Before"/>
    public Checkpoint<RegisterConfigurations<TMask>> Before(int position) => _taken.Before(position);

    /// <summary>Appends all configurations to a list.</summary>
    public void Collect(List<RegisterConfigurations<TMask>> living)
    {
        foreach (var checkpoint in _taken.Taken) living.Add(checkpoint.Configurations);
    }
}

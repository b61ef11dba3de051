namespace Checker.Checkers.Objects;

/// <summary>What is left of the budget of one check: steps of all its searches together, and the bytes of any one of them.</summary>
internal sealed class Allowance(long steps, long maxBytes, CancellationToken cancellation)
{
    private const int LooksEvery = 1024; // calls

    private int _calls;

    /// <summary>The steps left.</summary>
    public long Left => steps - Taken;

    /// <summary>The steps taken.</summary>
    public long Taken { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public bool Spent => Left <= 0;

    /// <summary>Takes a step, or several, while holding so many bytes; false if the budget does not allow it.</summary>
    public bool Step(long bytes, long count = 1)
    {
        Taken += count;
        if (Left <= 0 || bytes > maxBytes || (++_calls % LooksEvery == 0 && cancellation.IsCancellationRequested)) Taken = Math.Max(Taken, steps);
        return Left > 0;
    }

    /// <summary>Takes a step, or several, while holding states, which are measured now and then; false if the budget does not allow it.</summary>
    public bool Step(ObjectStates states, long count = 1) => Step((_calls + 1) % LooksEvery == 0 ? states.Bytes : 0, count);

    /// <summary>A part of what is left, to be returned by <see cref="Return"/>.</summary>
    public Allowance Part(long atMost) => new(Math.Min(Left, Math.Max(1, atMost)), maxBytes, cancellation);

    /// <summary>Takes off what a part has used.</summary>
    public void Return(Allowance part) => Taken += part.Taken;
}

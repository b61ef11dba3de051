namespace Checker.Checkers.Objects;

/// <summary>The states of the objects of one history as numbers, 0 at first, behind a sequential specification of any type.</summary>
internal abstract class ObjectStates
{
    /// <summary>The bytes held by states that were met.</summary>
    public abstract long Bytes { get; }

    /// <summary>
    /// Adds the states that a row leads to. With its result hidden it always leads somewhere: where the specification has no step, as for a
    /// compare-and-set that finds another value, the state stays.
    /// </summary>
    /// <param name="state">The state of the row's object.</param>
    /// <param name="row">The row.</param>
    /// <param name="hidden">Whether its result is not looked at.</param>
    /// <param name="next">Receives the states.</param>
    public abstract void Step(int state, int row, bool hidden, List<int> next);

    /// <summary>The same, but adds one state only where there may be several.</summary>
    public abstract void StepToOne(int state, int row, bool hidden, List<int> next);

    /// <summary>A state in words.</summary>
    public abstract string Describe(int target, int state);
}

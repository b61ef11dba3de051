using Checker.Checkers.Lattice;

namespace Checker.Checkers.Objects;

/// <summary>What a process sees besides what its results ask for (<see cref="LazyView"/>).</summary>
/// <param name="Own">Whether it sees its own updates.</param>
/// <param name="Whole">Whether it sees with an update all that the same process updated before.</param>
internal readonly record struct LazyRule(bool Own, bool Whole)
{
    /// <summary>The rules each of which keeps a model, the likeliest first; none if the model is more than what each process sees.</summary>
    public static LazyRule[] For(string model) => model switch
    {
        ModelNames.Pram => [new(Own: true, Whole: true)],
        ModelNames.ReadYourWrites => [new(Own: true, Whole: false), new(Own: true, Whole: true)],
        ModelNames.MonotonicReads => [new(Own: true, Whole: false), new(Own: true, Whole: true), new(Own: false, Whole: false)],
        ModelNames.MonotonicWrites => [new(Own: true, Whole: true), new(Own: false, Whole: true)],
        _ => [],
    };
}

using Checker.Checkers.Registers;

namespace Checker.Checkers.Choices;

/// <summary>What is left of the candidates once those are gone that a model rules out whatever else is chosen.</summary>
/// <param name="Candidates">The candidates that are left, the likeliest first.</param>
/// <param name="IsImpossible">Whether every choice breaks the model.</param>
/// <param name="Steps">Steps taken.</param>
internal sealed record Narrowing(CandidateWrites Candidates, bool IsImpossible, long Steps)
{
    /// <summary>Leaves out none.</summary>
    public static Narrowing Likely(CandidateWrites candidates, CheckOptions options)
    {
        var linear = LinearSources.Of(candidates, options);
        linear.Prefer(candidates);
        return new Narrowing(candidates, IsImpossible: false, linear.Steps);
    }

    /// <summary>How many reads are no longer open.</summary>
    public int Closed { get; init; }

    /// <summary>Another choice that may be tried if the likeliest one is contradicted: what each read saw, by its number in the history.</summary>
    public IReadOnlyList<(int Reader, int Source)> Alternative { get; init; } = [];

    /// <summary>Why the weakest model that shares this could not be decided, if it could not.</summary>
    public string? Undecided { get; set; }
}

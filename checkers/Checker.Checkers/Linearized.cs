namespace Checker.Checkers;

/// <summary>How a history was judged by linearizability, for the models that follow from it or are proved by what it leaves over.</summary>
/// <param name="Verdict">The verdict.</param>
internal sealed record Linearized(Verdict Verdict);

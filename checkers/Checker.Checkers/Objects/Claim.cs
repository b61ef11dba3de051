namespace Checker.Checkers.Objects;

/// <summary>That no order exists, with what it takes to try again.</summary>
/// <param name="Kind">The anomaly's name.</param>
/// <param name="Sentence">The claim in words, up to the results that cannot be explained.</param>
/// <param name="Processes">The processes that take part.</param>
/// <param name="Use">What each row is for.</param>
internal sealed record Claim(string Kind, string Sentence, int[] Processes, RowUse[] Use);

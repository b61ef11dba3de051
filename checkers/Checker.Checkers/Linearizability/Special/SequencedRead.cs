namespace Checker.Checkers.Linearizability.Special;

/// <summary>A read that says how many of the writes of a <see cref="SequencedReads"/> came before it.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Least">How many at least.</param>
/// <param name="Most">How many at most.</param>
internal readonly record struct SequencedRead(int Row, int Least, int Most);

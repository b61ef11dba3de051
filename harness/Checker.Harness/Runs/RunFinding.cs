namespace Checker.Harness.Runs;

/// <summary>Something that the run itself shows, without any checker.</summary>
/// <param name="Kind">A short name: <c>no-recovery</c>, <c>no-final-reads</c>, <c>no-operation-succeeded</c>, <c>fault-never-bit</c>
/// …</param>
/// <param name="Explanation">A sentence that says what happened, and what was expected.</param>
public sealed record RunFinding(string Kind, string Explanation);

/// <summary>How a run ended.</summary>
public enum RunEnd
{
    /// <summary>Something broke: the target, its set-up, or an observer. <see cref="RunResult.Error"/> says what.</summary>
    Failed,

    /// <summary>Every phase was played.</summary>
    Completed,

    /// <summary>The user stopped it: the history is whole as far as it goes, but there were no final reads.</summary>
    Cancelled,
}

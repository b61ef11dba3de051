namespace Checker.Histories.Corpora;

/// <summary>What a corpus says the verdict on a history is.</summary>
public enum ExpectedVerdict
{
    /// <summary>It does not say.</summary>
    Unstated,

    /// <summary>The history satisfies the model.</summary>
    Valid,

    /// <summary>The history breaks the model.</summary>
    Invalid,
}

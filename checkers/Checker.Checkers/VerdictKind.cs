namespace Checker.Checkers;

/// <summary>What a check concluded. The zero value is the safe one: unknown. Combined, invalid &gt; unknown &gt; valid.</summary>
public enum VerdictKind : byte
{
    /// <summary>Not decided; the verdict says why and what was proved.</summary>
    Unknown,

    /// <summary>The history satisfies the model.</summary>
    Valid,

    /// <summary>The history violates the model.</summary>
    Invalid,
}

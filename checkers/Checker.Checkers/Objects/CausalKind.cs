namespace Checker.Checkers.Objects;

/// <summary>Which causal model (Perrin, Mostéfaoui and Jard 2016, definitions 8, 9 and 11).</summary>
internal enum CausalKind : byte
{
    /// <summary>Weak causal consistency: each operation is explained by some order of its causal past.</summary>
    Weak,

    /// <summary>Causal convergence: by its causal past in one order for everybody.</summary>
    Convergent,

    /// <summary>Causal consistency: by some order of its causal past that explains what its process saw before as well.</summary>
    Memory,
}

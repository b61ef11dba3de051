namespace Checker.Checkers.Lattice;

/// <summary>The names of the single-object models, as on the command line.</summary>
public static class ModelNames
{
#pragma warning disable CS1591 // each model's definition and source stand with its checker
    public const string Linearizable = "linearizable";
    public const string RealTimeCausal = "real-time-causal";
    public const string TwoAtomic = "2-atomic";
    public const string Regular = "regular";
    public const string Safe = "safe";
    public const string Eventual = "eventual";
    public const string Sequential = "sequential";
    public const string CausalConvergence = "causal-convergence";
    public const string CausalMemory = "causal-memory";
    public const string Causal = "causal";
    public const string Pram = "pram";
    public const string ReadYourWrites = "read-your-writes";
    public const string MonotonicReads = "monotonic-reads";
    public const string MonotonicWrites = "monotonic-writes";
    public const string WritesFollowReads = "writes-follow-reads";
#pragma warning restore CS1591
}

namespace Checker.Targets.Stores.Causal;

/// <summary>What a node of the causal store keeps of concurrent writes.</summary>
internal enum Conflicts
{
    /// <summary>The later by (Lamport time, node).</summary>
    LastWriterWins,

    /// <summary>The one that arrived last.</summary>
    Arrival,

    /// <summary>All of them, until a write comes that depends on them; a read returns any.</summary>
    Siblings,
}

/// <summary>How the causal store is set up.</summary>
/// <param name="Conflicts">What is kept of concurrent writes.</param>
/// <param name="ChecksDependencies">Whether an update waits for what it depends on; false plants a bug.</param>
internal sealed record CausalOptions(Conflicts Conflicts, bool ChecksDependencies);

namespace Checker.Targets.Stores.Causal;

/// <summary>How the causal store is set up.</summary>
/// <param name="LastWriterWins">Whether the later of two writes by (Lamport time, node) stays; otherwise the one that arrived last.</param>
/// <param name="ChecksDependencies">Whether an update waits for what it depends on; false plants a bug.</param>
internal sealed record CausalOptions(bool LastWriterWins, bool ChecksDependencies);

namespace Checker.Targets.Stores.Quorum;

/// <summary>How the quorum store is set up.</summary>
/// <param name="ReadQuorum">So many replicas are asked for a value.</param>
/// <param name="WriteQuorum">So many replicas must hold a value.</param>
/// <param name="WritesBack">Whether a read makes sure that a write quorum holds what it returns.</param>
/// <param name="HasOwners">Whether one node coordinates all writes of a key, one after another.</param>
/// <param name="ClockVersions">Bug: versions come from the coordinator's wall clock instead of a read quorum.</param>
/// <param name="Volatile">Bug: replicas answer before the value is durable.</param>
internal sealed record QuorumOptions(int ReadQuorum, int WriteQuorum, bool WritesBack, bool HasOwners, bool ClockVersions, bool Volatile);

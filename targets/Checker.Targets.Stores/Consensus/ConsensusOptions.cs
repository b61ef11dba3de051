namespace Checker.Targets.Stores.Consensus;

/// <summary>How the consensus store is set up.</summary>
/// <param name="ReadsThroughLog">Whether reads go through the log; otherwise the leader makes sure that it still leads.</param>
/// <param name="StaleRead">Bug: a leader answers reads without making sure that it still leads.</param>
/// <param name="VoteWithoutPersisting">Bug: term and vote are kept in memory only.</param>
/// <param name="CommitOldTerm">
/// Bug: a leader commits whatever a majority holds. It starts its term without an entry of its own, and takes no commands for half a
/// second, so that there is time for what figure 8 shows.
/// </param>
/// <param name="AcknowledgeBeforeCommit">Bug: a leader answers writes when it has appended them.</param>
/// <param name="ApplyTwice">Bug: a command that stands in the log twice is applied twice.</param>
internal sealed record ConsensusOptions(
    bool ReadsThroughLog,
    bool StaleRead,
    bool VoteWithoutPersisting,
    bool CommitOldTerm,
    bool AcknowledgeBeforeCommit,
    bool ApplyTwice);

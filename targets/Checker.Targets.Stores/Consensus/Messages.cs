using Checker.Targets.Nodes;
using Checker.Targets.Stores.Commands;

namespace Checker.Targets.Stores.Consensus;

/// <summary>An entry of the replicated log.</summary>
/// <param name="Term">The term of the leader that took it in.</param>
/// <param name="Command">What to apply; null for the entry with which a leader starts its term.</param>
public sealed record LogEntry(long Term, Command? Command);

/// <summary>A node's latest term and vote, as they lie on disk.</summary>
/// <param name="Term">The latest term it has heard of.</param>
/// <param name="VotedFor">Whom it has voted for in that term; −1: nobody.</param>
public sealed record Ballot(long Term, int VotedFor);

/// <summary>A candidate asks for a vote.</summary>
/// <param name="Term">The candidate's term.</param>
/// <param name="Length">The length of its log.</param>
/// <param name="LastTerm">The term of its last entry; 0 if it has none.</param>
public sealed record RequestVote(long Term, int Length, long LastTerm) : Message;

/// <summary>The answer to <see cref="RequestVote"/>.</summary>
/// <param name="Term">The voter's term.</param>
/// <param name="Granted">Whether it votes for the candidate.</param>
public sealed record Vote(long Term, bool Granted) : Message;

/// <summary>A leader sends a piece of its log; an empty piece is a heartbeat.</summary>
/// <param name="Term">The leader's term.</param>
/// <param name="Round">The leader's number for the heartbeat round; the answer repeats it.</param>
/// <param name="Start">The position of the first entry.</param>
/// <param name="PreviousTerm">The term of the entry before the first; 0 at the front of the log.</param>
/// <param name="Entries">The entries, in order.</param>
/// <param name="Committed">So many entries at the front of the log are committed.</param>
public sealed record AppendEntries(long Term, long Round, int Start, long PreviousTerm, IReadOnlyList<LogEntry> Entries, int Committed) : Message;

/// <summary>The answer to <see cref="AppendEntries"/>.</summary>
/// <param name="Term">The follower's term.</param>
/// <param name="Round">The round it answers.</param>
/// <param name="Matches">Whether the logs agree before the piece.</param>
/// <param name="Length">If they do: so far the follower's log agrees, durably. If not: where the leader should try next.</param>
public sealed record AppendResult(long Term, long Round, bool Matches, int Length) : Message;

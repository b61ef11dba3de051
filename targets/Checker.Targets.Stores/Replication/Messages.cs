using Checker.Targets.Nodes;
using Checker.Targets.Stores.Commands;

namespace Checker.Targets.Stores.Replication;

/// <summary>The primary sends a replica a piece of its log; an empty piece asks how far the replica is.</summary>
/// <param name="Start">The position of the first entry.</param>
/// <param name="Entries">The entries, in order.</param>
/// <param name="Committed">So many entries at the front of the log are committed.</param>
public sealed record CopyLog(int Start, IReadOnlyList<Command> Entries, int Committed) : Message;

/// <summary>A replica says how far it is.</summary>
/// <param name="Length">So many entries at the front of the log are durable here.</param>
public sealed record LogCopied(int Length) : Message;

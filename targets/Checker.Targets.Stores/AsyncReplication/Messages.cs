using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.AsyncReplication;

/// <summary>A client asks a node for a read that must not miss what its session has promised it.</summary>
/// <param name="Read">The read.</param>
/// <param name="Position">So many entries of the log the node must have applied before it answers.</param>
public sealed record ReadAfter(Request Read, long Position) : Message;

/// <summary>A node tells a client what came of its operation and how far the node was.</summary>
/// <param name="Answer">What came of it.</param>
/// <param name="Position">So many entries of the log the node had applied.</param>
public sealed record AnswerAt(Answer Answer, long Position) : Message;

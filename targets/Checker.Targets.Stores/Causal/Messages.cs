using Checker.Histories.Values;
using Checker.Targets.Nodes;

namespace Checker.Targets.Stores.Causal;

/// <summary>A write as it travels and as it lies in every node's log.</summary>
/// <param name="Origin">The node that took it from its client.</param>
/// <param name="Number">The origin's number for it, from 1, without gaps.</param>
/// <param name="Depends">For each node: so many of its updates come before this one.</param>
/// <param name="Time">Lamport's clock of the origin; greater than that of all the update depends on.</param>
/// <param name="Client">Who asked (<see cref="EndpointId.Value"/>).</param>
/// <param name="Id">The client's number for the operation.</param>
/// <param name="Key">The object; null for a single register.</param>
/// <param name="Value">What is written.</param>
public sealed record Update(int Origin, long Number, IReadOnlyList<long> Depends, long Time, int Client, long Id, Value Key, Value Value);

/// <summary>An origin sends some of its own updates, in order.</summary>
/// <param name="Items">The updates; their numbers follow one another.</param>
public sealed record Updates(IReadOnlyList<Update> Items) : Message;

/// <summary>A node tells an origin how many of its updates it holds durably.</summary>
/// <param name="Count">All up to this number.</param>
public sealed record UpdatesHeld(long Count) : Message;

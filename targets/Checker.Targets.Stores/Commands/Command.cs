using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Targets.Stores.Commands;

/// <summary>An operation as it stands in a replicated log.</summary>
/// <param name="Client">Who asked (<see cref="EndpointId.Value"/>).</param>
/// <param name="Id">The client's number for the operation; grows from one operation of a client to the next.</param>
/// <param name="Function">What to do.</param>
/// <param name="Key">The object; null for a single register.</param>
/// <param name="Value">The argument.</param>
public sealed record Command(int Client, long Id, Function Function, Value Key, Value Value);

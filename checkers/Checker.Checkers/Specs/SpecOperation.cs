using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>
/// One operation as a sequential specification sees it. Operations that are equal in every field are interchangeable: searches use that.
/// </summary>
/// <param name="Function">What it does.</param>
/// <param name="Type">
/// <see cref="OperationType.Ok"/>: it happened with <paramref name="Output"/>. <see cref="OperationType.Info"/>: its result is unknown.
/// <see cref="OperationType.Fail"/>: only for a failed compare-and-set that counts as the observation "the value was not old".
/// </param>
/// <param name="Key">The name of the object; null if the history has one object without a name.</param>
/// <param name="Input">The argument.</param>
/// <param name="Output">The result; null unless <paramref name="Type"/> is ok.</param>
/// <param name="Process">The process that invoked it if the specification asks for it (<see cref="ISequentialSpec{TState}.UsesProcess"/>),
/// else 0.</param>
public readonly record struct SpecOperation(
    Function Function, OperationType Type, ValueId Key, ValueId Input, ValueId Output, int Process)
{
    /// <summary>Whether the result is unknown.</summary>
    public bool IsInfo => Type == OperationType.Info;
}

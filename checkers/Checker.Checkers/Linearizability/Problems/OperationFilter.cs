using Checker.Histories;

namespace Checker.Checkers.Linearizability.Problems;

/// <summary>Which operations can matter to linearizability, by their function and outcome alone.</summary>
/// <param name="Bundled">Whether the functions mean what they mean in the bundled types, so that unfinished reads say nothing.</param>
/// <param name="ObserveFailedCas">Whether a failed compare-and-set is an observation.</param>
internal readonly record struct OperationFilter(bool Bundled, bool ObserveFailedCas)
{
    /// <summary>Whether such an operation is judged.</summary>
    public bool Keeps(OperationType type, Function function) => type switch
    {
        OperationType.Ok => true,
        OperationType.Fail => ObserveFailedCas && function == Function.Cas,
        _ => !Bundled || function is not (Function.Read or Function.Contains or Function.Peek or Function.Poll or Function.Snapshot),
    };
}

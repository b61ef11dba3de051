using System.Collections;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.General;

/// <summary>The rows of an object as a specification sees them, each made when it is asked for.</summary>
/// <param name="history">The rows.</param>
/// <param name="usesProcess">Whether the process matters.</param>
internal sealed class RowOperations(KeyHistory history, bool usesProcess) : IReadOnlyList<SpecOperation>
{
    /// <inheritdoc/>
    public int Count => history.Count;

    /// <inheritdoc/>
    public SpecOperation this[int row]
    {
        get
        {
            var number = history.Operations[row];
            var type = history.Types[row];
            return new(
                history.Functions[row], type, history.History.KeyId(history.History.Key[number]), history.Inputs[row], type == OperationType.Ok ? history.Outputs[row] : ValueId.Null,
                usesProcess ? history.History.Process[number] : 0);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<SpecOperation> GetEnumerator()
    {
        for (var row = 0; row < Count; row++) yield return this[row];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

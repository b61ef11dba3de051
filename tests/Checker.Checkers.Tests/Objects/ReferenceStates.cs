using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Objects;

/// <summary>
/// The states of an object and what operations make of them, as <see cref="ReferenceModel"/> defines it, each asked once and numbered from 0,
/// the state at first.
/// </summary>
internal sealed class ReferenceStates
{
    private readonly DataType _type;
    private readonly List<Value> _states = [];
    private readonly Dictionary<Value, int> _numbers = [];
    private readonly List<ReferenceOperation> _operations = [];
    private readonly Dictionary<ReferenceOperation, int> _operationNumbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(int State, int Operation, bool Shown), int[]> _steps = [];

    public ReferenceStates(DataType type, Value initial)
    {
        _type = type;
        Number(ReferenceModel.Initial(type, initial));
    }

    /// <summary>The number of an operation.</summary>
    public int Number(ReferenceOperation operation)
    {
        if (_operationNumbers.TryGetValue(operation, out var number)) return number;
        _operations.Add(operation);
        return _operationNumbers[operation] = _operations.Count - 1;
    }

    /// <summary>The states that an operation leads to from one of some; none if its result is shown and impossible in each of them.</summary>
    public int[] Step(int[] states, int operation, bool shown)
    {
        if (states is [var single]) return Step(single, operation, shown);
        return [.. states.SelectMany(state => Step(state, operation, shown)).Distinct()];
    }

    /// <summary>The states that an operation leads to.</summary>
    public int[] Step(int state, int operation, bool shown)
    {
        if (_steps.TryGetValue((state, operation, shown), out var known)) return known;
        var asked = _operations[operation];
        if (!shown && asked.Type == OperationType.Ok) asked = asked with { Type = OperationType.Info, Output = Value.Null };
        var reached = ReferenceModel.Step(_type, _states[state], asked);

        // What nobody looks at changes nothing where it is impossible.
        if (reached.Length == 0 && (!shown || asked.Type == OperationType.Info)) reached = [_states[state]];
        return _steps[(state, operation, shown)] = [.. reached.Select(Number).Distinct()];
    }

    private int Number(Value state)
    {
        if (_numbers.TryGetValue(state, out var number)) return number;
        _states.Add(state);
        return _numbers[state] = _states.Count - 1;
    }
}

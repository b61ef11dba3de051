using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>A counter of unit increments.</summary>
internal sealed class CounterModel(int initial = 0) : Model
{
    public override DataType Type => DataTypes.Counter;

    public override Value Initial => Int(initial);

    public override IEnumerable<Value> Step(Value state, TestOperation operation)
    {
        if (operation.Does != Function.Read) return [Int(state.AsInteger() + 1)];
        return operation.IsInfo || operation.Output == state ? [state] : [];
    }

    public override Value Perform(Value state, TestOperation operation, Random random)
    {
        operation.Does = random.Next(2) == 0 ? Function.Read : random.Next(2) == 0 ? Function.Add : Function.Increment;
        operation.Input = operation.Does == Function.Add ? Int(1) : Value.Null;
        operation.Output = operation.Does == Function.Read ? state : Value.Null;
        return operation.Does == Function.Read ? state : Int(state.AsInteger() + 1);
    }

    public override void Corrupt(TestOperation operation, Random random, IReadOnlyList<TestOperation> all)
    {
        if (operation.Does == Function.Read) operation.Output = Int(operation.Output.AsInteger() + (random.Next(2) == 0 ? 1 : -1));
    }
}

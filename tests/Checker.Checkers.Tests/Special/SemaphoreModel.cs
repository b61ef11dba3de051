using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>A semaphore; an acquire that finds too few permits left acquires none, which is wrong only where it is changed to acquire some.</summary>
internal sealed class SemaphoreModel(int permits) : Model
{
    public override DataType Type => DataTypes.Semaphore;

    public override Value Initial => Int(permits);

    public override IEnumerable<Value> Step(Value state, TestOperation operation)
    {
        var amount = operation.Input.IsNull ? 1 : operation.Input.AsInteger();
        if (operation.Does == Function.Release) return [Int(state.AsInteger() + amount)];
        return state.AsInteger() >= amount ? [Int(state.AsInteger() - amount)] : [];
    }

    public override Value Perform(Value state, TestOperation operation, Random random)
    {
        var left = state.AsInteger();
        operation.Does = random.Next(5) < 2 ? Function.Release : Function.Acquire;
        var amount = operation.Does == Function.Release ? random.Next(1, 3) : Math.Min(left, random.Next(1, 3));
        operation.Input = amount == 1 && random.Next(2) == 0 ? Value.Null : Int(amount);
        return Int(operation.Does == Function.Release ? left + amount : left - amount);
    }

    public override void Corrupt(TestOperation operation, Random random, IReadOnlyList<TestOperation> all)
    {
        if (operation.Does == Function.Acquire || random.Next(2) == 0) operation.Input = Int(random.Next(0, 4));
    }
}

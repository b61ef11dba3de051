using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>A counter of increments by one, or by up to so much, or of decrements only, or of decrements and some increments.</summary>
internal sealed class CounterModel(int initial = 0, int most = 1, int sign = 1, bool both = false) : Model
{
    public override DataType Type => sign > 0 ? DataTypes.Counter : DataTypes.PnCounter;

    public override Value Initial => Int(initial);

    public override IEnumerable<Value> Step(Value state, TestOperation operation)
    {
        if (operation.Does != Function.Read) return [Int(state.AsInteger() + Amount(operation))];
        return operation.IsInfo || operation.Output == state ? [state] : [];
    }

    public override Value Perform(Value state, TestOperation operation, Random random)
    {
        operation.Does = random.Next(2) == 0 ? Function.Read : random.Next(2) == 0 ? Function.Add : sign > 0 ? Function.Increment : Function.Decrement;
        var amount = most == 1 ? 1 : random.Next(0, most + 1);
        operation.Input = operation.Does switch
        {
            Function.Read => Value.Null,
            Function.Add => Int(both && random.Next(2) == 0 ? -sign * amount : sign * amount),
            _ => most == 1 || random.Next(2) == 0 ? Value.Null : Int(amount),
        };
        operation.Output = operation.Does == Function.Read ? state : Value.Null;
        return operation.Does == Function.Read ? state : Int(state.AsInteger() + Amount(operation));
    }

    private static long Amount(TestOperation operation)
    {
        var amount = operation.Input.IsNull ? 1 : operation.Input.AsInteger();
        return operation.Does == Function.Decrement ? -amount : amount;
    }

    public override void Corrupt(TestOperation operation, Random random, IReadOnlyList<TestOperation> all)
    {
        if (operation.Does == Function.Read) operation.Output = Int(operation.Output.AsInteger() + (random.Next(2) == 0 ? 1 : -1));
    }
}

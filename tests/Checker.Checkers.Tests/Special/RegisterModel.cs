using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>A register with compare-and-set; mostly unique values.</summary>
internal sealed class RegisterModel(bool failedSwaps = false, double repeats = 0.02) : Model
{
    private int _next;

    public override DataType Type => DataTypes.Kv;

    public override void Reset() => _next = 0;

    public override IEnumerable<Value> Step(Value state, TestOperation operation)
    {
        switch (operation.Does)
        {
            case Function.Read:
                return operation.IsInfo || operation.Output == state ? [state] : [];
            case Function.Write:
                return [operation.Input];
            case Function.Delete:
                return [Value.Null];
            default:
                var (expected, replacement) = (operation.Input.AsList()[0], operation.Input.AsList()[1]);
                if (operation.Type == OperationType.Fail) return state != expected ? [state] : [];
                return state == expected ? [replacement] : [];
        }
    }

    public override Value Perform(Value state, TestOperation operation, Random random)
    {
        var dice = random.NextDouble();
        if (dice < 0.45)
        {
            operation.Does = Function.Read;
            operation.Output = state;
            return state;
        }

        var value = random.NextDouble() < repeats ? AnyValue(random) : Int(_next++);
        if (dice < 0.72)
        {
            operation.Does = Function.Write;
            operation.Input = value;
            return value;
        }

        if (dice < 0.72 + (repeats / 4))
        {
            operation.Does = Function.Delete;
            return Value.Null;
        }

        var expected = random.NextDouble() < 0.8 ? state : AnyValue(random);
        operation.Does = Function.Cas;
        operation.Input = Value.List(expected, value);
        if (expected == state) return value;
        if (operation.IsInfo) return state;
        if (failedSwaps)
        {
            operation.Type = OperationType.Fail;
            return state;
        }

        operation.Does = Function.Write;
        operation.Input = value;
        return value;
    }

    public override void Corrupt(TestOperation operation, Random random, IReadOnlyList<TestOperation> all)
    {
        if (operation.Does == Function.Read) operation.Output = AnyValue(random);
        if (operation.Does == Function.Cas) operation.Input = Value.List(AnyValue(random), operation.Input.AsList()[1]);
    }

    private Value AnyValue(Random random) => random.Next(_next + 1) is var i && i == 0 ? Value.Null : Int(i - 1);
}

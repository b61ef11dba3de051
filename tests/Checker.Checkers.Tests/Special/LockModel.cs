using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>A lock, owned by processes or by names, with or without fencing tokens.</summary>
internal sealed class LockModel(bool tokens, bool named = false) : Model
{
    private int _token;

    public override DataType Type => DataTypes.Lock;

    public override void Reset() => _token = 0;

    // [owner or null, last token]
    public override IEnumerable<Value> Step(Value state, TestOperation operation)
    {
        var (holder, last) = state.IsNull ? (Value.Null, Int(-1)) : (state.AsList()[0], state.AsList()[1]);
        var owner = operation.Input.IsNull ? Value.List(operation.Process) : operation.Input;
        if (operation.Does == Function.Release) return holder == owner ? [Value.List(Value.Null, last)] : [];
        if (!holder.IsNull) return [];
        if (operation.IsInfo || operation.Output.IsNull) return [Value.List(owner, last)];
        return operation.Output.AsInteger() > last.AsInteger() ? [Value.List(owner, operation.Output)] : [];
    }

    public override Value Perform(Value state, TestOperation operation, Random random)
    {
        var held = state.IsNull || state.AsList()[0].IsNull ? Value.Null : state.AsList()[0];
        if (named && random.Next(3) > 0) operation.Input = $"owner {random.Next(3)}";
        var owner = operation.Input.IsNull ? Value.List(operation.Process) : operation.Input;
        operation.Does = held == owner || random.Next(8) == 0 ? Function.Release : Function.Acquire;
        if (operation.Does == Function.Acquire && tokens && random.Next(4) > 0) operation.Output = Int(++_token);
        var next = Step(state, operation).ToArray();
        if (next.Length > 0) return next[0];
        if (!operation.IsInfo && random.Next(20) > 0) operation.Type = OperationType.Fail;
        return state;
    }

    public override void Corrupt(TestOperation operation, Random random, IReadOnlyList<TestOperation> all)
    {
        if (random.Next(4) == 0 && operation.Type == OperationType.Fail) operation.Type = OperationType.Ok;
        if (operation.Output.Kind == ValueKind.Integer && random.Next(2) == 0) operation.Output = Int(random.Next(_token + 1));
    }
}

using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>Queues, bags, stacks and priority queues of unique elements, or of so many values.</summary>
internal sealed class ContainerModel(DataType type, Function insert, Function remove, int values = int.MaxValue) : Model
{
    private int _next;

    public override DataType Type => type;

    public override Value Initial => Value.EmptyList;

    public override void Reset() => _next = 0;

    public override IEnumerable<Value> Step(Value state, TestOperation operation)
    {
        var items = state.AsList();
        if (operation.Does == insert) return [Value.List([.. items, operation.Input])];
        if (items.Length == 0) return operation.IsInfo || operation.Output.IsNull ? [state] : [];
        if (operation.Does == Function.Peek) return operation.Output == items[^1] ? [state] : [];
        return Candidates(items).Where(i => operation.IsInfo || items[i] == operation.Output).Select(i => Value.List([.. items.RemoveAt(i)]));
    }

    public override Value Perform(Value state, TestOperation operation, Random random)
    {
        var items = state.AsList();
        if (random.NextDouble() < 0.52)
        {
            operation.Does = insert;
            operation.Input = type == DataTypes.PriorityQueue ? Value.List(random.Next(3), _next++) : Int(values == int.MaxValue ? _next++ : random.Next(values));
            return Value.List([.. items, operation.Input]);
        }

        operation.Does = type == DataTypes.Stack && random.Next(4) == 0 ? Function.Peek : remove;
        operation.Output = Value.Null;
        if (items.Length == 0) return state;
        var candidates = Candidates(items).ToArray();
        var taken = candidates[random.Next(candidates.Length)];
        operation.Output = items[taken];
        if (operation.Does == Function.Peek) return state;
        return Value.List([.. items.RemoveAt(taken)]);
    }

    public override void Corrupt(TestOperation operation, Random random, IReadOnlyList<TestOperation> all)
    {
        if (operation.Does == insert) return;
        var inserted = all.Where(op => op.Does == insert).Select(op => op.Input).Append(Value.Null).ToArray();
        operation.Output = inserted[random.Next(inserted.Length)];
    }

    private IEnumerable<int> Candidates(System.Collections.Immutable.ImmutableArray<Value> items)
    {
        if (type == DataTypes.Queue) return [0];
        if (type == DataTypes.Stack) return [items.Length - 1];
        if (type == DataTypes.UnorderedQueue) return Enumerable.Range(0, items.Length);
        var greatest = items.Max(item => item.AsList()[0]);
        return Enumerable.Range(0, items.Length).Where(i => items[i].AsList()[0] == greatest);
    }
}

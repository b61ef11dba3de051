using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>A set whose elements are mostly added and removed once; some of its adds and removes say whether they changed it.</summary>
/// <param name="wholeReads">Whether it is only added to and read whole.</param>
/// <param name="elements">How many elements there are.</param>
/// <param name="repeatOneIn">One in so many is added or removed again.</param>
/// <param name="mixed">Whether it is read whole besides all the rest.</param>
internal sealed class SetModel(bool wholeReads, int elements = 3, int repeatOneIn = 30, bool mixed = false) : Model
{
    private readonly HashSet<int> _added = [];
    private readonly HashSet<int> _removed = [];

    public override DataType Type => DataTypes.Set;

    public override Value Initial => Value.EmptyList;

    public override void Reset()
    {
        _added.Clear();
        _removed.Clear();
    }

    public override IEnumerable<Value> Step(Value state, TestOperation operation)
    {
        var items = state.AsList();
        if (operation.Does == Function.Read)
        {
            return operation.IsInfo || Value.List([.. operation.Output.AsList().Order()]) == state ? [state] : [];
        }

        var present = items.Contains(operation.Input);
        if (operation.Does == Function.Contains)
        {
            if (operation.IsInfo) return [state];
            var said = operation.Output.Kind == ValueKind.List ? operation.Output.AsList()[1] : operation.Output;
            return said.AsBoolean() == present ? [state] : [];
        }

        var changes = present == (operation.Does == Function.Remove);
        if (!operation.IsInfo && operation.Output.Kind == ValueKind.Boolean && operation.Output.AsBoolean() != changes) return [];
        if (!changes) return [state];
        return [operation.Does == Function.Add ? Value.List([.. items.Append(operation.Input).Order()]) : Value.List([.. items.Remove(operation.Input)])];
    }

    public override Value Perform(Value state, TestOperation operation, Random random)
    {
        var items = state.AsList();
        var element = random.Next(elements);
        var dice = random.NextDouble();
        if ((wholeReads && dice < 0.5) || (mixed && random.Next(3) == 0))
        {
            operation.Does = Function.Read;
            operation.Output = Value.List([.. items.OrderBy(_ => random.Next())]);
            return state;
        }

        if (wholeReads) element = _added.Count;
        operation.Input = Int(element);
        if ((wholeReads || dice < 0.35) && (_added.Add(element) || random.Next(repeatOneIn) == 1)) operation.Does = Function.Add;
        else if (dice < 0.6 && (_removed.Add(element) || random.Next(repeatOneIn) == 1)) operation.Does = Function.Remove;
        else operation.Does = Function.Contains;
        var present = items.Contains(Int(element));
        if (operation.Does == Function.Contains)
        {
            operation.Output = random.Next(2) == 0 ? Value.Boolean(present) : Value.List(Int(element), Value.Boolean(present));
            return state;
        }

        var changes = present == (operation.Does == Function.Remove);
        operation.Output = random.Next(3) > 0 || wholeReads ? Value.Null : Value.Boolean(changes);
        if (!changes) return state;
        return operation.Does == Function.Add ? Value.List([.. items.Append(Int(element)).Order()]) : Value.List([.. items.Remove(Int(element))]);
    }

    public override void Corrupt(TestOperation operation, Random random, IReadOnlyList<TestOperation> all)
    {
        if (operation.Does == Function.Contains) operation.Output = Value.Boolean(random.Next(2) == 0);
        if (operation.Output.Kind == ValueKind.Boolean && operation.Does != Function.Contains) operation.Output = Value.Boolean(random.Next(2) == 0);
        if (operation.Does != Function.Read) return;
        var list = operation.Output.AsList().ToList();
        if (list.Count > 0 && random.Next(2) == 0) list.RemoveAt(random.Next(list.Count));
        else if (_added.Count > 0) list.Add(Int(random.Next(_added.Count)));
        operation.Output = Value.List([.. list]);
    }
}

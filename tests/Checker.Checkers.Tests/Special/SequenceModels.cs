using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>A list of unique items: append, read whole.</summary>
internal sealed class AppendListModel : Model
{
    private int _next;

    public override DataType Type => DataTypes.AppendList;

    public override Value Initial => Value.EmptyList;

    public override void Reset() => _next = 0;

    public override IEnumerable<Value> Step(Value state, TestOperation operation)
    {
        if (operation.Does == Function.Append) return [Value.List([.. state.AsList(), operation.Input])];
        return operation.IsInfo || operation.Output == state ? [state] : [];
    }

    public override Value Perform(Value state, TestOperation operation, Random random)
    {
        operation.Does = random.Next(2) == 0 ? Function.Append : Function.Read;
        operation.Output = operation.Does == Function.Read ? state : Value.Null;
        if (operation.Does == Function.Read) return state;
        operation.Input = Int(_next++);
        return Value.List([.. state.AsList(), operation.Input]);
    }

    public override void Corrupt(TestOperation operation, Random random, IReadOnlyList<TestOperation> all)
    {
        if (operation.Does != Function.Read) return;
        var list = operation.Output.AsList().ToList();
        if (list.Count > 0 && random.Next(3) < 2) list.RemoveAt(random.Next(4) == 0 ? random.Next(list.Count) : list.Count - 1);
        else if (_next > 0) list.Insert(random.Next(4) == 0 ? random.Next(list.Count + 1) : list.Count, Int(random.Next(_next)));
        operation.Output = Value.List([.. list]);
    }
}

/// <summary>Unique identifiers and fetch-and-add.</summary>
internal sealed class UniqueIdsModel : Model
{
    private int _next;

    public override DataType Type => DataTypes.UniqueIds;

    public override Value Initial => Value.List(Value.EmptyList, Int(0));

    public override void Reset() => _next = 0;

    public override IEnumerable<Value> Step(Value state, TestOperation operation)
    {
        var (given, sum) = (state.AsList()[0].AsList(), state.AsList()[1].AsInteger());
        if (operation.Does == Function.Generate)
        {
            if (operation.IsInfo) return [state];
            return given.Contains(operation.Output) ? [] : [Value.List(Value.List([.. given.Append(operation.Output).Order()]), Int(sum))];
        }

        if (!operation.IsInfo && operation.Output.AsInteger() != sum) return [];
        return [Value.List(state.AsList()[0], Int(sum + (operation.Input.IsNull ? 1 : operation.Input.AsInteger())))];
    }

    public override Value Perform(Value state, TestOperation operation, Random random)
    {
        operation.Does = random.Next(3) == 0 ? Function.Generate : Function.FetchAndAdd;
        operation.Output = operation.Does == Function.Generate ? Int(100 + _next++) : state.AsList()[1];
        if (operation.Does == Function.Generate) return state;
        operation.Input = random.Next(2) == 0 ? Value.Null : Int(random.Next(1, 3));
        return Value.List(state.AsList()[0], Int(state.AsList()[1].AsInteger() + (operation.Input.IsNull ? 1 : operation.Input.AsInteger())));
    }

    public override void Corrupt(TestOperation operation, Random random, IReadOnlyList<TestOperation> all)
    {
        if (operation.IsInfo) return;
        if (operation.Does == Function.Generate) operation.Output = Int(100 + random.Next(_next + 1));
        else operation.Output = Int(Math.Max(0, operation.Output.AsInteger() + random.Next(-2, 3)));
    }
}

/// <summary>A log with offsets.</summary>
internal sealed class LogModel : Model
{
    private int _next;

    public override DataType Type => DataTypes.Log;

    public override Value Initial => Value.EmptyList;

    public override void Reset() => _next = 0;

    public override IEnumerable<Value> Step(Value state, TestOperation operation)
    {
        var log = state.AsList();
        if (operation.Does == Function.Send)
        {
            var offset = operation.Output.Kind == ValueKind.List ? operation.Output.AsList()[0] : operation.Output;
            return operation.IsInfo || operation.Output.IsNull || offset == Int(log.Length) ? [Value.List([.. log, operation.Input])] : [];
        }

        if (operation.IsInfo) return [state];
        var shown = operation.Output.AsList().Select(pair => (At: pair.AsList()[0].AsInteger(), Entry: pair.AsList()[1])).ToArray();
        var right = shown.All(pair => pair.At >= 0 && pair.At < log.Length && log[(int)pair.At] == pair.Entry);
        var asked = operation.Input.IsNull ? [] : operation.Input.AsList().Select(offset => offset.AsInteger()).Where(offset => offset < log.Length);
        return right && asked.All(offset => shown.Any(pair => pair.At == offset)) ? [state] : [];
    }

    public override Value Perform(Value state, TestOperation operation, Random random)
    {
        var log = state.AsList();
        operation.Does = random.Next(2) == 0 ? Function.Send : Function.Poll;
        if (operation.Does == Function.Send)
        {
            operation.Input = Int(100 + _next++);
            operation.Output = random.Next(3) == 0 ? Value.Null : random.Next(2) == 0 ? Int(log.Length) : Value.List(Int(log.Length), operation.Input);
            return Value.List([.. log, operation.Input]);
        }

        operation.Input = random.Next(2) == 0 ? Value.Null : Value.List(Int(0), Int(1), Int(random.Next(5)));
        operation.Output = Value.List([.. Enumerable.Range(0, log.Length).Where(at => !operation.Input.IsNull || random.Next(2) == 0)
            .Where(at => operation.Input.IsNull || operation.Input.AsList().Contains(Int(at))).Select(at => Value.List(Int(at), log[at]))]);
        return state;
    }

    public override void Corrupt(TestOperation operation, Random random, IReadOnlyList<TestOperation> all)
    {
        if (operation.IsInfo) return;
        if (operation.Does == Function.Send)
        {
            if (!operation.Output.IsNull && random.Next(2) == 0) operation.Output = Int(random.Next(5));
            return;
        }

        var list = operation.Output.AsList().ToList();
        if (list.Count > 0 && random.Next(2) == 0) list.RemoveAt(random.Next(list.Count));
        else if (_next > 0) list.Add(Value.List(Int(random.Next(4)), Int(100 + random.Next(_next))));
        operation.Output = Value.List([.. list]);
    }
}

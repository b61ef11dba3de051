using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>Small histories of containers that hold few values again and again.</summary>
internal static class RepeatedValues
{
    /// <summary>
    /// Of two to four values: those of any history of the type, given new names that several share; then perhaps some answers are changed.
    /// </summary>
    public static SmallHistory Of(DataType type, Random random, int most, double infoRate, double spoilRate)
    {
        var any = SmallHistory.Long(type, random, most, processes: random.Next(2, 7), infoRate, spoilRate: 0);
        var (values, names) = (random.Next(2, 5), new Dictionary<Value, Value>());
        var operations = any.Operations.Select(o => o with { Input = Name(o.Input), Output = Name(o.Output) }).ToList();
        for (var i = 0; i < operations.Count; i++)
        {
            if (operations[i] is not { Function: Function.Dequeue or Function.Pop, Type: OperationType.Ok } || random.NextDouble() >= spoilRate) continue;
            var value = random.Next(values + 1);
            operations[i] = operations[i] with { Output = value == values ? Value.Null : value };
        }

        return new(any.Type, any.Initial.IsNull ? any.Initial : Value.List(Name(8), Name(9)), observeFailedCas: false, operations);

        Value Name(Value value)
        {
            if (value.IsNull) return value;
            if (!names.TryGetValue(value, out var name)) names.Add(value, name = random.Next(values));
            return name;
        }
    }
}

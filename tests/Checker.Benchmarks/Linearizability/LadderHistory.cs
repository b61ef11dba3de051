using System.Globalization;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Linearizability;

/// <summary>One rung of the ladder: a history of a simulated linearizable store, perhaps with one stale read.</summary>
/// <param name="Operations">How many operations.</param>
/// <param name="Processes">How many run at once.</param>
/// <param name="Keys">How many objects.</param>
/// <param name="Values">How many distinct values are written; 0 is a new one each time.</param>
/// <param name="Unknown">The share of operations whose outcome is unknown; half of them take effect, some late.</param>
/// <param name="Stale">
/// The share of the history after which a read returns a value that was written once, a tenth of the history earlier, and overwritten for
/// certain a twentieth earlier; 0 for a valid history.
/// </param>
internal sealed record LadderHistory(int Operations, int Processes, int Keys, int Values, double Unknown, double Stale)
{
    /// <summary>The rung in a line.</summary>
    public string Name => string.Create(
        CultureInfo.InvariantCulture,
        $"{Operations:N0} ops, {Processes} processes, {Keys:N0} {(Keys == 1 ? "key" : "keys")}, " +
            $"{(Values == 0 ? "unique" : Values)}, {Unknown:0.##}{(IsStale ? $", stale at {Stale:0.##}" : "")}");

    private bool IsStale => Stale > 0;

    private int Written => (int)((Stale - 0.1) * Operations);

    private int Overwritten => (int)((Stale - 0.05) * Operations);

    private int Read => (int)(Stale * Operations);

    /// <summary>Simulates half reads, 35 % writes, 15 % compare-and-sets.</summary>
    public History Build()
    {
        var random = new Random(1);
        var builder = new HistoryBuilder(DataTypes.CasRegister);
        var keys = Enumerable.Range(0, Keys).Select(k => builder.Values.String($"k{k}")).ToArray();
        var state = new ValueId[Keys];
        var due = new PriorityQueue<(int Kind, int Thread, int Operation), (double, int)>();
        var operations = new (Function Function, int Key, ValueId Input, ValueId Output, OperationType Type, double Begin)[Operations];
        var process = Enumerable.Range(0, Processes).ToArray();
        var (issued, fresh, sequence, ended) = (0, Processes, 0, double.PositiveInfinity);
        for (var thread = 0; thread < Processes; thread++) due.Enqueue((0, thread, -1), (random.NextDouble(), sequence++));
        while (due.TryDequeue(out var next, out var when))
        {
            var now = when.Item1;
            var (kind, thread, number) = next;
            if (kind == 0 && issued < Operations)
            {
                var operation = Propose(random, builder, state, issued);
                var duration = IsPlanted(issued) ? 1 : Exponential(random, 10);
                var unknown = random.NextDouble() < Unknown && !IsPlanted(issued);
                operations[issued] = operation with { Type = unknown ? OperationType.Info : OperationType.Ok, Begin = now };
                Must(builder.Invoke(process[thread], operation.Function, keys[operation.Key], operation.Input, (long)(now * 1e6)));
                if (!unknown) due.Enqueue((1, thread, issued), (now + (random.NextDouble() * duration), sequence++));
                else if (random.Next(2) == 0) due.Enqueue((1, thread, issued), (now + Exponential(random, 30), sequence++));
                due.Enqueue((2, thread, issued++), (now + (unknown ? 30 : duration), sequence++));
            }
            else if (kind == 1)
            {
                Apply(ref operations[number], state, builder.Values);
            }
            else if (kind == 2)
            {
                ref var operation = ref operations[number];
                if (IsStale && number == Written) ended = now;
                else if (IsStale && number == Overwritten) ended = operation.Begin > ended ? now : throw TooShort();
                else if (IsStale && number == Read) operation.Output = operation.Begin > ended ? Marker(builder) : throw TooShort();
                Must(builder.Complete(process[thread], operation.Type, operation.Function, keys[operation.Key], operation.Output,
                    (long)(now * 1e6)));
                if (operation.Type == OperationType.Info) process[thread] = fresh++;
                due.Enqueue((0, thread, -1), (now + Exponential(random, 1), sequence++));
            }
        }

        return builder.Build();
    }

    private (Function Function, int Key, ValueId Input, ValueId Output, OperationType Type, double Begin) Propose(
        Random random, HistoryBuilder builder, ValueId[] state, int number)
    {
        var key = random.Next(Keys);
        var value = builder.Values.Integer(Values == 0 ? number : random.Next(Values));
        var dice = random.NextDouble();
        if (IsPlanted(number)) (key, dice) = (0, number == Read ? 0 : 0.5);
        if (IsStale && number == Written) value = Marker(builder);
        if (dice < 0.5) return (Function.Read, key, default, default, default, 0);
        if (dice < 0.85) return (Function.Write, key, value, default, default, 0);
        return (Function.Cas, key, builder.Values.List([state[key], value]), default, default, 0);
    }

    private static void Apply(
        ref (Function Function, int Key, ValueId Input, ValueId Output, OperationType Type, double Begin) operation, ValueId[] state,
            ValueTable values)
    {
        ref var register = ref state[operation.Key];
        if (operation.Function == Function.Read) operation.Output = register;
        else if (operation.Function == Function.Write) register = operation.Input;
        else if (values.Items(operation.Input)[0] == register) register = values.Items(operation.Input)[1];
        else if (operation.Type == OperationType.Ok) operation.Type = OperationType.Fail;
    }

    private bool IsPlanted(int number) => IsStale && (number == Written || number == Overwritten || number == Read);

    private static InvalidOperationException TooShort() => new("the planted operations overlap: the history is too short");

    // Nobody else writes it.
    private ValueId Marker(HistoryBuilder builder) => builder.Values.Integer(Math.Max(Operations, Values));

    private static double Exponential(Random random, double mean) => -Math.Log(1 - random.NextDouble()) * mean;

    private static void Must(string? problem)
    {
        if (problem is not null) throw new InvalidOperationException(problem);
    }
}

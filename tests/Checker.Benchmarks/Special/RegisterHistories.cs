using System.Globalization;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Special;

/// <summary>What a generated register history looks like.</summary>
/// <param name="Operations">How many operations.</param>
/// <param name="Processes">How many run at once.</param>
/// <param name="Keys">How many objects.</param>
/// <param name="Unknown">The share of operations whose outcome is unknown; half of them took effect, some late.</param>
/// <param name="Stale">Whether one read near the end returns a value that was overwritten long before.</param>
/// <param name="Strings">Whether values are strings, not integers.</param>
internal sealed record RegisterHistories(int Operations, int Processes, int Keys = 1, double Unknown = 0, bool Stale = false, bool Strings = false)
{
    /// <summary>The shape in words, for a table.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Operations:N0} operations, {Processes} processes, {Keys:N0} " +
            $"{(Keys == 1 ? "key" : "keys")}{(Unknown > 0 ? $", {Unknown:P0} info" : "")}{(Stale ? ", stale" : "")}{(Strings ? ", strings" : "")}");

    private readonly record struct Step(byte What, int Thread, int Operation);

    /// <summary>Simulates a linearizable store: half reads, 35 % writes, 15 % compare-and-sets, every value written once.</summary>
    public History Build()
    {
        var random = new Random(1);
        var builder = new HistoryBuilder(DataTypes.CasRegister);
        var keys = Enumerable.Range(0, Keys).Select(k => builder.Values.String($"k{k}")).ToArray();
        var state = new ValueId[Keys];
        var previous = new ValueId[Keys];
        var process = Enumerable.Range(0, Processes).ToArray();
        var fresh = Processes;
        var open = new (Function Function, int Key, ValueId Input, ValueId Result, OperationType Type)[Operations];
        var steps = new PriorityQueue<Step, (double, long)>();
        var (sequence, issued, next) = (0L, 0, 0);
        void At(double time, Step step) => steps.Enqueue(step, (time, sequence++));
        double Wait(double mean) => -Math.Log(1 - random.NextDouble()) * mean;
        for (var thread = 0; thread < Processes; thread++) At(random.NextDouble(), new(0, thread, -1));
        while (steps.TryDequeue(out var step, out var when))
        {
            var now = when.Item1;
            var nanoseconds = (long)(now * 1e6);
            switch (step.What)
            {
                case 0 when issued < Operations:
                    var key = random.Next(Keys);
                    var dice = random.NextDouble();
                    var value = dice < 0.5 ? default : Strings ? builder.Values.String($"value {next++}") : builder.Values.Integer(next++);
                    var (function, input) = dice < 0.5 ? (Function.Read, ValueId.Null) : dice < 0.85 ? (Function.Write, value)
                        : (Function.Cas, builder.Values.List([random.Next(10) < 7 ? state[key] : previous[key], value]));
                    var type = random.NextDouble() < Unknown ? OperationType.Info : OperationType.Ok;
                    open[issued] = (function, key, input, default, type);
                    Check(builder.Invoke(process[step.Thread], function, keys[key], input, nanoseconds));
                    var duration = Wait(10);
                    if (type == OperationType.Ok || random.Next(2) == 0)
                    {
                        At(now + (type == OperationType.Ok ? random.NextDouble() * duration : Wait(30)), new(1, step.Thread, issued));
                    }

                    At(now + (type == OperationType.Ok ? duration : 30), new(2, step.Thread, issued++));
                    break;
                case 1:
                    ref var effect = ref open[step.Operation];
                    if (effect.Function == Function.Read)
                    {
                        effect.Result = state[effect.Key];
                        if (Stale && step.Operation > Operations * 0.97 && !previous[effect.Key].IsNull)
                        {
                            // Older than every operation still open: its successor has been overwritten in turn.
                            effect.Result = builder.Values.Integer(0);
                        }
                    }
                    else if (effect.Function == Function.Write || builder.Values.Items(effect.Input)[0] == state[effect.Key])
                    {
                        previous[effect.Key] = state[effect.Key];
                        state[effect.Key] = effect.Function == Function.Write ? effect.Input : builder.Values.Items(effect.Input)[1];
                    }
                    else if (effect.Type == OperationType.Ok)
                    {
                        effect.Type = OperationType.Fail;
                    }

                    break;
                case 2:
                    var done = open[step.Operation];
                    Check(builder.Complete(process[step.Thread], done.Type, done.Function, ValueId.Null, done.Result, nanoseconds));
                    if (done.Type == OperationType.Info) process[step.Thread] = fresh++;
                    At(now + Wait(1), new(0, step.Thread, -1));
                    break;
                default:
                    break;
            }
        }

        return builder.Build();
    }

    private static void Check(string? problem)
    {
        if (problem is not null) throw new InvalidOperationException(problem);
    }
}

using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Models;

/// <summary>
/// Histories of a store in which each process reads from a replica that applies one log at its own pace, and catches up before it writes:
/// sequentially consistent, hardly ever linearizable, and the same for the same arguments.
/// </summary>
internal static class LaggingReplicas
{
    public static History Generate(int operations, int processes, int keys, int maxLag, int seed)
    {
        var random = new Random(seed);
        var builder = new HistoryBuilder(DataTypes.Kv);
        var names = Enumerable.Range(0, keys).Select(key => builder.Values.String($"k{key}")).ToArray();
        var log = new List<(int Key, ValueId Value)>();
        var applied = new int[processes];
        var replicas = new ValueId[processes, keys];
        for (var op = 0; op < operations; op++)
        {
            var process = random.Next(processes);
            var key = random.Next(keys);
            if (random.Next(2) == 0)
            {
                var value = builder.Values.Integer(op + 1);
                log.Add((key, value));
                CatchUp(process, log.Count);
                Add(process, Function.Write, key, value, value);
            }
            else
            {
                CatchUp(process, Math.Max(applied[process], log.Count - random.Next(maxLag)));
                Add(process, Function.Read, key, ValueId.Null, replicas[process, key]);
            }
        }

        return builder.Build();

        void Add(int process, Function function, int key, ValueId input, ValueId output)
        {
            builder.Invoke(process, function, names[key], input);
            builder.Complete(process, OperationType.Ok, function, names[key], output);
        }

        void CatchUp(int process, int to)
        {
            for (; applied[process] < to; applied[process]++) replicas[process, log[applied[process]].Key] = log[applied[process]].Value;
        }
    }
}

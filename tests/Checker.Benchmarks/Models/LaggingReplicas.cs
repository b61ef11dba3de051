using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Models;

/// <summary>
/// Histories of a store in which each process reads from a replica that applies one log at its own pace, and catches up before it writes:
/// sequentially consistent, hardly ever linearizable, and the same for the same arguments.
/// </summary>
internal static class LaggingReplicas
{
    /// <param name="operations">The number of operations.</param>
    /// <param name="processes">The number of processes.</param>
    /// <param name="keys">The number of keys.</param>
    /// <param name="maxLag">By how many writes a replica is behind at most.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="repeats">The percentage of writes whose value is one of all so far, so that it may be written again.</param>
    /// <param name="values">If not 0: every write is of one of so many values.</param>
    public static History Generate(int operations, int processes, int keys, int maxLag, int seed, int repeats = 0, int values = 0)
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
                var value = builder.Values.Integer(
                    values > 0 ? random.Next(values) : repeats > 0 && random.Next(100) < repeats ? 1 + random.Next(op + 1) : op + 1);
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

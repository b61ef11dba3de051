using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Models;

/// <summary>
/// Histories of a store in which each process has a replica of its own, and the writes of every other process arrive in the order of that
/// process, late, and after what they depend on: causal memory, and as soon as two processes write one key at once not sequentially
/// consistent. The same for the same arguments.
/// </summary>
internal static class CausalReplicas
{
    /// <param name="operations">The number of operations.</param>
    /// <param name="processes">The number of processes.</param>
    /// <param name="keys">The number of keys.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="repeats">The percentage of writes whose value is one of all so far, so that it may be written again.</param>
    public static History Generate(int operations, int processes, int keys, int seed, int repeats = 0)
    {
        var random = new Random(seed);
        var builder = new HistoryBuilder(DataTypes.Kv);
        var names = Enumerable.Range(0, keys).Select(key => builder.Values.String($"k{key}")).ToArray();
        var logs = Enumerable.Range(0, processes).Select(_ => new List<(int Key, ValueId Value, int[] After)>()).ToArray();
        var applied = Enumerable.Range(0, processes).Select(_ => new int[processes]).ToArray();
        var replicas = new ValueId[processes, keys];
        for (var op = 0; op < operations; op++)
        {
            var process = random.Next(processes);
            var key = random.Next(keys);
            for (var i = 0; i < 3; i++) Deliver(process, random.Next(processes));
            if (random.Next(2) == 0)
            {
                var value = builder.Values.Integer(repeats > 0 && random.Next(100) < repeats ? 1 + random.Next(op + 1) : op + 1);
                logs[process].Add((key, value, [.. applied[process]]));
                applied[process][process]++;
                replicas[process, key] = value;
                Add(process, Function.Write, key, value, value);
            }
            else
            {
                Add(process, Function.Read, key, ValueId.Null, replicas[process, key]);
            }
        }

        return builder.Build();

        void Add(int process, Function function, int key, ValueId input, ValueId output)
        {
            builder.Invoke(process, function, names[key], input);
            builder.Complete(process, OperationType.Ok, function, names[key], output);
        }

        void Deliver(int to, int from)
        {
            if (to == from || applied[to][from] == logs[from].Count) return;
            var (key, value, after) = logs[from][applied[to][from]];
            if (after.Where((count, process) => applied[to][process] < count).Any()) return;
            applied[to][from]++;
            replicas[to, key] = value;
        }
    }
}

using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Models;

/// <summary>
/// Histories of a store in which each process stays with one replica, by default its own, and the writes of every other replica arrive in the order
/// of that replica, late, and after what they depend on: causal memory, and as soon as two replicas write one key at once not sequentially
/// consistent. The same for the same arguments.
/// </summary>
internal static class CausalReplicas
{
    /// <param name="operations">The number of operations.</param>
    /// <param name="processes">The number of processes.</param>
    /// <param name="keys">The number of keys.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="repeats">The percentage of writes whose value is one of all so far, so that it may be written again.</param>
    /// <param name="replicas">The number of replicas, which the processes share; 0: one for each.</param>
    /// <param name="values">If not 0: every write is of one of so many values.</param>
    public static History Generate(int operations, int processes, int keys, int seed, int repeats = 0, int replicas = 0, int values = 0)
    {
        if (replicas == 0) replicas = processes;
        var random = new Random(seed);
        var builder = new HistoryBuilder(DataTypes.Kv);
        var names = Enumerable.Range(0, keys).Select(key => builder.Values.String($"k{key}")).ToArray();
        var logs = Enumerable.Range(0, replicas).Select(_ => new List<(int Key, ValueId Value, int[] After)>()).ToArray();
        var applied = Enumerable.Range(0, replicas).Select(_ => new int[replicas]).ToArray();
        var contents = new ValueId[replicas, keys];
        for (var op = 0; op < operations; op++)
        {
            var process = random.Next(processes);
            var key = random.Next(keys);
            var replica = process % replicas;
            for (var i = 0; i < 3; i++) Deliver(replica, random.Next(replicas));
            if (random.Next(2) == 0)
            {
                var value = builder.Values.Integer(
                    values > 0 ? random.Next(values) : repeats > 0 && random.Next(100) < repeats ? 1 + random.Next(op + 1) : op + 1);
                logs[replica].Add((key, value, [.. applied[replica]]));
                applied[replica][replica]++;
                contents[replica, key] = value;
                Add(process, Function.Write, key, value, value);
            }
            else
            {
                Add(process, Function.Read, key, ValueId.Null, contents[replica, key]);
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
            if (after.Where((count, origin) => applied[to][origin] < count).Any()) return;
            applied[to][from]++;
            contents[to, key] = value;
        }
    }
}

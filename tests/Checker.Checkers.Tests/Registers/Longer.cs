namespace Checker.Checkers.Tests.Registers;

/// <summary>Random histories of ten operations and more, for the references that are faster than the definitions.</summary>
internal static class Longer
{
    private const int MostWays = 200;

    /// <summary>One in which every value is written once.</summary>
    public static SmallHistory Unique(Random random, int most) =>
        SmallHistory.Lagging(random, count: random.Next(10, most), processes: random.Next(2, 6), keys: random.Next(1, 5));

    /// <summary>One in which some values are written more than once, but in which the reads can have seen the writes in at most some hundred
    /// ways.</summary>
    public static SmallHistory WithRepeats(Random random, int most)
    {
        while (true)
        {
            var count = random.Next(10, most);
            var values = random.Next(2, count);
            var (processes, keys) = (random.Next(2, 6), random.Next(1, 5));
            var small = random.Next(3) == 0
                ? SmallHistory.InOrder(random, count, processes, keys, broken: random.Next(2) == 0, values)
                : SmallHistory.Lagging(random, count, processes, keys, values);
            if (ReadsFrom.Count(small.Ops) is > 1 and <= MostWays) return small;
        }
    }

    /// <summary>One of a store in which every process reads from a replica that applies one log at its own pace, and catches up before it
    /// writes: sequentially consistent.</summary>
    public static SmallHistory LaggingBehindOneLog(Random random, int count, int processes, int keys, int values)
    {
        var log = new List<(string Key, long Value)>();
        var applied = new int[processes];
        var replicas = Enumerable.Range(0, processes).Select(_ => new Dictionary<string, long?>()).ToArray();
        var ops = new List<SmallOp>();
        for (var i = 0; i < count; i++)
        {
            var (process, key, writes) = (random.Next(processes), $"k{random.Next(keys)}", random.Next(2) == 0);
            if (writes) log.Add((key, 1 + random.Next(values)));
            var to = writes ? log.Count : Math.Max(applied[process], log.Count - random.Next(100));
            for (; applied[process] < to; applied[process]++) replicas[process][log[applied[process]].Key] = log[applied[process]].Value;
            ops.Add(writes
                ? new SmallOp(process, key, null, Reads: false, log[^1].Value, Info: false)
                : new SmallOp(process, key, replicas[process].GetValueOrDefault(key), Reads: true, Written: null, Info: false));
        }

        return new SmallHistory(ops);
    }

    /// <summary>One of a store of several replicas, each with sessions of its own, that pass their writes on late, in order and after what they
    /// depend on: causal memory. Of two writes of a key that do not know of each other each replica keeps the one that came last, or, if
    /// <paramref name="agrees"/>, all keep the greater: causal convergence.</summary>
    public static SmallHistory BehindReplicas(Random random, int count, int processes, int replicas, int keys, bool agrees)
    {
        var logs = Enumerable.Range(0, replicas).Select(_ => new List<(int Key, long Value, long Time, int[] After)>()).ToArray();
        var applied = Enumerable.Range(0, replicas).Select(_ => new int[replicas]).ToArray();
        var contents = Enumerable.Range(0, replicas).Select(_ => new (long? Value, long Time)[keys]).ToArray();
        var clocks = new long[replicas];
        var ops = new List<SmallOp>();
        for (var i = 0; i < count; i++)
        {
            var (process, key) = (random.Next(processes), random.Next(keys));
            var here = process % replicas;
            for (var n = 0; n < 3; n++) Deliver(here, random.Next(replicas));
            if (random.Next(2) == 0)
            {
                var time = (++clocks[here] * replicas) + here;
                logs[here].Add((key, i + 1, time, [.. applied[here]]));
                applied[here][here]++;
                contents[here][key] = (i + 1, time);
                ops.Add(new SmallOp(process, $"k{key}", null, Reads: false, i + 1, Info: false));
            }
            else
            {
                ops.Add(new SmallOp(process, $"k{key}", contents[here][key].Value, Reads: true, Written: null, Info: false));
            }
        }

        return new SmallHistory(ops);

        void Deliver(int to, int from)
        {
            if (to == from || applied[to][from] == logs[from].Count) return;
            var (key, value, time, after) = logs[from][applied[to][from]];
            if (after.Where((known, origin) => applied[to][origin] < known).Any()) return;
            applied[to][from]++;
            clocks[to] = Math.Max(clocks[to], time / replicas);
            if (!agrees || contents[to][key].Time < time) contents[to][key] = (value, time);
        }
    }
}

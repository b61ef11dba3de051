namespace Checker.Benchmarks.Peers;

/// <summary>The greatest size of the managed heap while something runs, above what it was before: sampled every millisecond, garbage included.</summary>
internal static class PeakHeap
{
    public static long During(Action action)
    {
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = before;
        using var ended = new ManualResetEventSlim();
        var sampler = new Thread(() =>
        {
            do peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
            while (!ended.Wait(1));
        });
        sampler.Start();
        try
        {
            action();
        }
        finally
        {
            ended.Set();
            sampler.Join();
        }

        return Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false)) - before;
    }
}

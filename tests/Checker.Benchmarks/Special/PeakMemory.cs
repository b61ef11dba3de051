using System.Globalization;

namespace Checker.Benchmarks.Special;

/// <summary>How much memory something takes at its peak, as the kernel sees it: by how much the resident set of the process grows.</summary>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status";
    private const string ClearReferences = "/proc/self/clear_refs";
    private const string ResetPeak = "5";

    /// <summary>Does it once. The peak is −1 where there is no /proc.</summary>
    public static (long Peak, long Allocated, T Result) Of<T>(Func<T> action)
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var known = File.Exists(ClearReferences);
        if (known) File.WriteAllText(ClearReferences, ResetPeak);
        var before = known ? Read("VmRSS:") : 0;
        var allocated = GC.GetTotalAllocatedBytes(true);
        var result = action();
        return (known ? Read("VmHWM:") - before : -1, GC.GetTotalAllocatedBytes(true) - allocated, result);
    }

    private static long Read(string name)
    {
        var line = File.ReadLines(Status).First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}

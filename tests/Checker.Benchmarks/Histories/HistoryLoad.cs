using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Checker.Histories;
using Checker.Histories.Formats;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Histories;

/// <summary>
/// Loads seeded kv histories (half reads, 35 % writes, 15 % cas, 1 % info) from a temporary file on one core, and prints time and memory.
/// Arguments: <c>[--max OPERATIONS] [--gzip]</c>; the default goes to 10,000,000.
/// </summary>
public static class HistoryLoad
{
    public static int Run(string[] args)
    {
        var at = Array.IndexOf(args, "--max");
        var max = at >= 0 ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 10_000_000;
        var gzip = args.Contains("--gzip");
        var path = Path.Combine(Path.GetTempPath(), $"checker-history-load-{Environment.ProcessId}.jsonl{(gzip ? ".gz" : "")}");
        try
        {
            Load(path, 10_000, gzip, print: false); // warms the code up
            Console.WriteLine($"{"operations",12} {"B/op in file",14} {"seconds",9} {"CPU s",9} {"ops/s",12} {"MB/s",7} {"B/op held",10}");
            for (var operations = 10_000; operations <= max; operations *= 10) Load(path, operations, gzip, print: true);
        }
        finally
        {
            File.Delete(path);
        }

        return 0;
    }

    private static void Load(string path, int operations, bool gzip, bool print)
    {
        var size = Write(path, operations, gzip);
        var (best, cpu) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        var bytes = 0L;
        for (var round = 0; round < (operations < 1_000_000 ? 10 : 3); round++)
        {
            GC.Collect();
            var (begin, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            var history = HistoryFile.Read(path).History;
            watch.Stop();
            var used = Environment.CpuUsage.TotalTime - begin;
            if (history.Count != operations) throw new UnreachableException($"read {history.Count} operations of {operations}");
            if (watch.Elapsed < best) best = watch.Elapsed;
            if (used < cpu) cpu = used;
            bytes = history.Bytes;
        }

        if (!print) return;
        var seconds = best.TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{operations,12:N0} {(double)size / operations,14:F1} {seconds,9:F3} {cpu.TotalSeconds,9:F3} " +
            $"{operations / seconds,12:N0} {size / seconds / 1e6,7:F0} {(double)bytes / operations,10:F1}"));
    }

    private static long Write(string path, int operations, bool gzip)
    {
        const int Processes = 20;
        var random = new Random(42);
        using var file = File.Create(path);
        using var stream = gzip ? (Stream)new GZipStream(file, CompressionLevel.Fastest) : new BufferedStream(file);
        var writer = new JsonLinesWriter(stream);
        writer.WriteHeader(new HistoryHeader { Type = "kv", Target = "quorum", Workload = "kv", Seed = 42, Concurrency = Processes });
        var open = new (string F, Value Key, Value Value, int Process)[Processes];
        for (var i = 0; i < Processes; i++) open[i].Process = i;
        var (index, time, nextProcess) = (0L, 0L, Processes);
        for (var invoked = 0; invoked < operations || Array.Exists(open, o => o.F is not null);)
        {
            ref var o = ref open[random.Next(Processes)];
            time += random.Next(2_000);
            if (o.F is null)
            {
                if (invoked == operations) continue;
                invoked++;
                var f = random.Next(100);
                o.F = f < 50 ? "read" : f < 85 ? "write" : "cas";
                o.Key = $"key-{random.Next(1_000)}";
                o.Value = f < 50 ? Value.Null : f < 85 ? invoked : Value.List(random.Next(operations), invoked);
                writer.Write(new HistoryEvent(index++, time, o.Process, EventType.Invoke, o.F, o.Key, o.Value));
                continue;
            }

            var info = random.Next(100) == 0;
            var value = o.F == "read" && !info ? random.Next(operations) : o.Value;
            var (type, error) = info ? (EventType.Info, "timeout") : (EventType.Ok, null);
            writer.Write(new HistoryEvent(index++, time, o.Process, type, o.F, o.Key, value, error));
            if (info) o.Process = nextProcess++;
            o.F = null!;
        }

        writer.Flush();
        stream.Dispose();
        return new FileInfo(path).Length;
    }
}

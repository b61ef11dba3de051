using System.Diagnostics;
using System.Text.Json;

namespace Checker.Benchmarks.Peers;

/// <summary>
/// Another checker, as a program that judges one history file and prints one line
/// <c>{"verdict":"valid|invalid|unknown","seconds":S,"peakBytes":B}</c>: its own loading apart from the seconds; the bytes, which it may leave out, are
/// the greatest size of its process, loading included. How long it may run is its own business.
/// </summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Binary">The program.</param>
internal sealed record Peer(string Name, string Binary)
{
    /// <summary>Reads <c>NAME=BINARY</c>, or a binary alone, which gives its name.</summary>
    public static Peer Parse(string text) => text.IndexOf('=', StringComparison.Ordinal) is var at and > 0
        ? new(text[..at], text[(at + 1)..])
        : new(Path.GetFileNameWithoutExtension(text), text);

    /// <summary>The peers that <c>--peer</c> names, in order.</summary>
    public static IReadOnlyList<Peer> All(string[] args) =>
        [.. args.Zip(args.Skip(1)).Where(pair => pair.First == "--peer").Select(pair => Parse(pair.Second))];

    /// <summary>Runs it, several times unless it does not know the answer.</summary>
    /// <param name="repeat">How often.</param>
    /// <param name="arguments">Its arguments.</param>
    public PeerAnswer Run(int repeat, params IEnumerable<string> arguments)
    {
        var times = new List<double>();
        var (verdict, bytes) = ("crashed", 0L);
        for (var i = 0; i < repeat; i++)
        {
            using var process = Process.Start(new ProcessStartInfo(Binary, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var line = process.StandardOutput.ReadLine();
            process.WaitForExit();
            if (line is null) return new("crashed", double.NaN, 0);
            using var answer = JsonDocument.Parse(line);
            verdict = answer.RootElement.GetProperty("verdict").GetString()!;
            times.Add(1000 * answer.RootElement.GetProperty("seconds").GetDouble());
            if (answer.RootElement.TryGetProperty("peakBytes", out var peak)) bytes = Math.Max(bytes, peak.GetInt64());
            if (verdict == "unknown") break;
        }

        return new(verdict, Median(times), bytes);
    }

    /// <summary>The middle one; of an even number the greater of the two.</summary>
    public static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}

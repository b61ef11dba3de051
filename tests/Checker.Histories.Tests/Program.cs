using System.Globalization;
using Checker.Histories.Recording;
using Checker.Histories.Values;

namespace Checker.Histories.Tests;

/// <summary>A process that records until it is killed: writes the number of the last flushed event to its output after each flush.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        if (args is not ["record", var path])
        {
            Console.Error.WriteLine("usage: record FILE");
            return 2;
        }

        var recorder = new HistoryRecorder(path, new HistoryHeader { Type = "kv", Seed = 7 });
        for (var index = 0L; ; index++)
        {
            recorder.OnNext(EventAt(index));
            if (index % 10 != 9) continue;
            recorder.Flush();
            Console.Out.WriteLine(index.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The event that is recorded at an index: writes of one process, with values of many lengths.</summary>
    public static HistoryEvent EventAt(long index) => new(
        index, index * 1_000, 0, index % 2 == 0 ? EventType.Invoke : EventType.Ok, "write", "x", Value.String(new string('v', (int)(index / 2 % 300))));
}

using System.Diagnostics;
using System.Globalization;
using Checker.Harness.Runs;

namespace Checker.Cli.Terminal;

/// <summary>One line about a run whenever its phase changes, and every two seconds in between: for logs and pipes.</summary>
internal sealed class PlainProgress(TextWriter writer) : IObserver<RunProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private RunPhase? _phase;
    private long _written;

    public void OnNext(RunProgress value)
    {
        if (value.Phase == _phase && Stopwatch.GetElapsedTime(_written) < Interval) return;
        _phase = value.Phase;
        _written = Stopwatch.GetTimestamp();
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ProgressText.Of(value.Phase)}: {ProgressText.Seconds(value.Time)} gone, {ProgressText.Of(value.Counts)}, {value.Rate:N0}/s, " +
            $"faults: {ProgressText.Faults(value.Faults)}"));
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }
}

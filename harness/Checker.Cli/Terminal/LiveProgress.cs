using System.Diagnostics;
using System.Globalization;
using Checker.Harness.Runs;
using Checker.Histories.Words;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Checker.Cli.Terminal;

/// <summary>A small table on the terminal that follows a run, redrawn at most ten times a second.</summary>
internal sealed class LiveProgress(LiveDisplayContext display, string title) : IObserver<RunProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private long _drawn;

    public void OnNext(RunProgress value)
    {
        if (_drawn != 0 && Stopwatch.GetElapsedTime(_drawn) < Interval && value.Phase != RunPhase.Done) return;
        _drawn = Stopwatch.GetTimestamp();
        display.UpdateTarget(Draw(value));
        display.Refresh();
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    private Table Draw(RunProgress progress)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "").Title($"[bold]{Markup.Escape(title)}[/]");
        void Row(string name, string text) => table.AddRow(new IRenderable[] { new Markup($"[grey]{name}[/]"), new Text(text) });
        Row("phase", $"{ProgressText.Of(progress.Phase)}, {ProgressText.Seconds(progress.Time)} gone, {ProgressText.Seconds(progress.TimeLeft)} left");
        Row("operations", $"{ProgressText.Of(progress.Counts)}, {progress.Open} open");
        Row("rate", string.Create(CultureInfo.InvariantCulture, $"{progress.Rate:N0} per second"));
        var latency = progress.Latency;
        Row(
            "latency",
            $"median {Length(latency.Median)}, 95 % {Length(latency.P95)}, 99 % {Length(latency.P99)}, most {Length(latency.Largest)}");
        Row("faults", ProgressText.Faults(progress.Faults));
        return table;

        static string Length(long nanoseconds) => TimeText.Length(nanoseconds / 1e9);
    }
}

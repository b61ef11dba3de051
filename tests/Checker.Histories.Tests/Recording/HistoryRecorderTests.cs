using System.Diagnostics;
using System.Globalization;
using Checker.Histories.Formats;
using Checker.Histories.Recording;
using Xunit;

namespace Checker.Histories.Tests.Recording;

public sealed class HistoryRecorderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("checker-recorder-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("killed.jsonl")]
    [InlineData("killed.jsonl.gz")]
    public async Task A_killed_process_leaves_every_event_that_it_flushed(string name)
    {
        var path = Path.Combine(_folder, name);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])["exec", typeof(Program).Assembly.Location, "record", path]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var flushed = -1L;
        try
        {
            while (flushed < 5_000) flushed = long.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        }
        finally
        {
            process.Kill(); // SIGKILL
        }

        // A number that was cut off by the kill has no line break and counts for nothing.
        var rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        foreach (var line in rest.Split('\n')[..^1]) flushed = long.Parse(line, CultureInfo.InvariantCulture);

        var history = HistoryFile.Read(path).History;
        Assert.True(history.EventCount > flushed, $"{history.EventCount} events are there, but number {flushed} was flushed");
        var expected = new HistoryBuilder(DataTypes.Kv);
        for (var index = 0; index < history.EventCount; index++) Assert.Null(expected.Add(Program.EventAt(index)));
        EqualHistories.Assert(expected.Build(), history);
        Assert.Equal(7, history.Header.Seed);
    }

    [Theory]
    [InlineData("a.jsonl", RecordingDurability.Process)]
    [InlineData("a.jsonl", RecordingDurability.Machine)]
    [InlineData("a.jsonl.gz", RecordingDurability.Process)]
    [InlineData("a.jsonl.gz", RecordingDurability.Machine)]
    public void What_is_flushed_can_be_read_while_the_recording_goes_on(string name, RecordingDurability durability)
    {
        var path = Path.Combine(_folder, name);
        using (var recorder = new HistoryRecorder(path, durability: durability))
        {
            for (var index = 0; index < 100; index++)
            {
                recorder.OnNext(Program.EventAt(index));
                if (index % 25 != 24) continue;
                recorder.Flush();
                Assert.Equal(index + 1, HistoryFile.Read(path).History.EventCount);
            }
        }

        var read = HistoryFile.Read(path);
        Assert.Equal(100, read.History.EventCount);
        Assert.Empty(read.Warnings);
    }

    [Fact]
    public void The_end_and_an_error_of_the_stream_flush()
    {
        var path = Path.Combine(_folder, "a.jsonl");
        using var recorder = new HistoryRecorder(path);
        recorder.OnNext(Program.EventAt(0));
        recorder.OnError(new InvalidOperationException("the run failed"));
        Assert.Equal(1, HistoryFile.Read(path).History.EventCount);
        recorder.OnNext(Program.EventAt(1));
        recorder.OnCompleted();
        Assert.Equal(2, HistoryFile.Read(path).History.EventCount);
    }

    [Fact]
    public void An_event_that_could_not_be_read_back_is_refused_and_leaves_no_trace()
    {
        var path = Path.Combine(_folder, "a.jsonl");
        using (var recorder = new HistoryRecorder(path))
        {
            recorder.OnNext(Program.EventAt(0));
            Assert.Throws<ArgumentException>(() => recorder.OnNext(Program.EventAt(1) with { Time = -2 }));
            Assert.Throws<ArgumentException>(() => recorder.OnNext(Program.EventAt(1) with { Index = -2 }));
            Assert.Throws<ArgumentException>(() => recorder.OnNext(Program.EventAt(1) with { Process = -2 }));
            Assert.Throws<ArgumentException>(() => recorder.OnNext(Program.EventAt(1) with { Process = HistoryEvent.NemesisProcess }));
            Assert.Throws<ArgumentException>(() => recorder.OnNext(Program.EventAt(0) with { Error = "x" }));
            var deep = Histories.Values.Value.EmptyList;
            for (var depth = 0; depth < 600; depth++) deep = Histories.Values.Value.List(deep);
            Assert.Throws<ArgumentException>(() => recorder.OnNext(Program.EventAt(1) with { Value = deep }));
            recorder.OnNext(Program.EventAt(1));
        }

        Assert.Equal(2, HistoryFile.Read(path).History.EventCount);
    }

    [Fact]
    public void Nothing_is_recorded_after_the_end()
    {
        var recorder = new HistoryRecorder(Path.Combine(_folder, "a.jsonl"));
        recorder.Dispose();
        recorder.Dispose();
        Assert.Throws<ObjectDisposedException>(() => recorder.OnNext(Program.EventAt(0)));
        Assert.Throws<ObjectDisposedException>(recorder.Flush);
    }
}

using Checker.Harness.Runs;
using Checker.Histories;
using Checker.Histories.Formats;
using Checker.Histories.Recording;
using Xunit;

namespace Checker.Harness.Tests.Runs;

public sealed class CancellationTests
{
    [Fact]
    public void A_run_that_is_stopped_in_the_middle_heals_and_leaves_a_readable_history()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jsonl");
        try
        {
            using var stop = new CancellationTokenSource();
            var stopping = new EventList { OnEvent = e => { if (e.Index == 500) stop.Cancel(); } };
            var target = new ToyTarget();
            var plan = target.Plan("partition,kill") with { TimeLimit = 60_000_000_000 };
            RunResult result;
            using (var recorder = new HistoryRecorder(path, Run.HeaderOf(plan)))
            {
                result = target.Run(plan, new RunObservers { Events = [recorder, stopping] }, stop.Token);
            }

            Assert.Equal(RunEnd.Cancelled, result.End);
            Assert.InRange(result.RunTime, 1, 10_000_000_000);
            var read = HistoryFile.Read(path).History;
            Assert.Equal(result.History.EventCount, read.EventCount);
            Assert.DoesNotContain(History.Never, read.Complete.ToArray());
            var faults = read.Nemesis.Select(e => e.F).ToList();
            Assert.Equal(
                faults.Count(f => f.StartsWith("start-", StringComparison.Ordinal)), faults.Count(
                    f => f.StartsWith("stop-", StringComparison.Ordinal)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_run_that_is_stopped_before_it_begins_has_an_empty_history()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var result = new ToyTarget().Run(cancellation: stop.Token);
        Assert.Equal(RunEnd.Cancelled, result.End);
        Assert.Equal(0, result.History.Count);
    }
}

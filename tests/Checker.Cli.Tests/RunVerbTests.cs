using Checker.Cli.Conventions;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Checker.Cli.Tests;

public class RunVerbTests
{
    [Fact]
    public async Task A_run_of_a_weak_store_finds_a_violation_and_leaves_everything_behind()
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.Violation, await cli.RunAsync("run", "async-replication", "--time-limit", "20s", "--seed", "1", "--out", cli.PathOf("run")));
        foreach (var file in new[] { "history.jsonl", "results.json", "report.html", "latency.svg", "rate.svg", "n1.log", "n5.log" })
        {
            Assert.True(new FileInfo(cli.PathOf($"run/{file}")).Length > 0, file);
        }

        Assert.Contains("replay: checker run async-replication", cli.Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("--seed 1", cli.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_run_recorded_is_judged_the_same_from_its_file()
    {
        using var cli = new Cli();
        await cli.RunAsync("run", "async-replication", "--time-limit", "20s", "--seed", "1", "--out", cli.PathOf("run"));
        Assert.Equal(ExitCode.Violation, await cli.RunAsync("check", cli.PathOf("run/history.jsonl")));
    }

    [Fact]
    public async Task The_same_seed_writes_the_same_bytes()
    {
        using var cli = new Cli();
        foreach (var folder in new[] { "a", "b" })
        {
            await cli.RunAsync("run", "quorum", "--nemesis", "partition,kill,pause", "--time-limit", "10s", "--seed", "7", "--out", cli.PathOf(folder));
        }

        Assert.Equal(File.ReadAllBytes(cli.PathOf("a/history.jsonl")), File.ReadAllBytes(cli.PathOf("b/history.jsonl")));
    }

    [Fact]
    public async Task A_correct_store_under_faults_is_valid()
    {
        using var cli = new Cli();
        Assert.Equal(
            ExitCode.Valid,
            await cli.RunAsync(
                "run", "consensus", "--nemesis", "partition,kill,pause", "--time-limit", "20s", "--seed", "3", "--out", cli.PathOf("run"), "--json"));
        var result = JObject.Parse(cli.Output.ToString());
        Assert.Equal("valid", (string?)result["verdict"]);
    }

    [Fact]
    public async Task A_run_whose_faults_never_bite_is_vacuous()
    {
        using var cli = new Cli();
        Assert.Equal(
            ExitCode.Vacuous,
            await cli.RunAsync(
                "run", "sync-replication", "--nodes", "1", "--nemesis", "partition-halves", "--time-limit", "2s", "--seed", "1", "--out", cli.PathOf("run")));
        Assert.Contains("VACUOUS", cli.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_self_check_of_determinism_says_that_the_histories_are_the_same()
    {
        using var cli = new Cli();
        await cli.RunAsync("run", "consensus", "--time-limit", "3s", "--seed", "2", "--verify-determinism", "--out", cli.PathOf("run"));
        Assert.Contains("the same, byte by byte", cli.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Being_stopped_leaves_a_readable_history_and_says_so()
    {
        using var cli = new Cli();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var code = await CommandLine.RunAsync(
            ["run", "consensus", "--time-limit", "30s", "--seed", "2", "--out", cli.PathOf("run")], cli.Output, cli.Error, stop.Token);
        Assert.NotEqual(ExitCode.Valid, code);
        Assert.Contains("stopped early", cli.Output.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(ExitCode.BadInput, await cli.RunAsync("check", cli.PathOf("run/history.jsonl")));
    }

    [Theory]
    [InlineData("unknown target 'raft'", "run", "raft")]
    [InlineData("Did you mean 'consensus'?", "run", "consesus")]
    [InlineData("unknown bug of consensus 'typo'", "run", "consensus", "--bug", "typo")]
    [InlineData("unknown setting of quorum 'colour'", "run", "quorum", "--set", "colour=red")]
    [InlineData("expected name=value", "run", "quorum", "--set", "colour")]
    [InlineData("unknown workload 'kvs'", "run", "quorum", "--workload", "kvs")]
    [InlineData("has no compare-and-set", "run", "quorum", "--cas-fraction", "0.5")]
    [InlineData("expected at least 10ms", "run", "quorum", "--nemesis-interval", "1ms")]
    [InlineData("expected 1 to 1000", "run", "quorum", "--nodes", "100000")]
    [InlineData("earthquake", "run", "quorum", "--nemesis", "earthquake")]
    public async Task What_does_not_exist_is_refused_in_one_line(string expected, params string[] args)
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.BadInput, await cli.RunAsync(args));
        var said = cli.Error.ToString().TrimEnd();
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
        Assert.DoesNotContain("(Parameter", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_bad_input()
    {
        using var cli = new Cli();
        var file = cli.Write("file", "in the way");
        Assert.Equal(ExitCode.BadInput, await cli.RunAsync("run", "quorum", "--time-limit", "1s", "--out", Path.Combine(file, "run")));
        Assert.Contains("expected a folder that can be written, see --out", cli.Error.ToString(), StringComparison.Ordinal);
    }
}

using System.Globalization;
using Checker.Cli.Conventions;
using Xunit;

namespace Checker.Cli.Tests;

/// <summary>Ctrl-C on the built command: a process of its own gets the signal.</summary>
public class InterruptionTests
{
    private const int EndedByTheUser = 128 + 2;

    [SkippableFact]
    public async Task The_first_ends_a_run_which_is_judged_and_reported()
    {
        using var cli = new Cli();
        using var run = Started(cli, "run", "consensus", "--time-limit", "500m", "--seed", "2", "--out", cli.PathOf("run"));
        await run.Until("running: ", times: 2);
        run.Interrupt();
        Assert.Equal((int)ExitCode.Unknown, await run.ExitCode());
        Assert.Contains("stopping, and reporting what is known so far", run.Error, StringComparison.Ordinal);
        Assert.Contains("stopped early", run.Output, StringComparison.Ordinal);
        Assert.Contains("linearizable: VALID", run.Output, StringComparison.Ordinal);
        foreach (var file in (string[])["history.jsonl", "results.json", "report.html", "latency.svg", "rate.svg", "n1.log"])
        {
            Assert.True(new FileInfo(cli.PathOf($"run/{file}")).Length > 0, file);
        }

        Assert.Equal(ExitCode.Valid, await cli.RunAsync("check", cli.PathOf("run/history.jsonl")));
    }

    [SkippableFact]
    public async Task The_second_ends_a_run_at_once_and_leaves_a_history_that_can_be_read()
    {
        using var cli = new Cli();
        using var run = Started(cli, "run", "consensus", "--time-limit", "500m", "--seed", "2", "--out", cli.PathOf("run"));
        await run.Until("running: ");
        run.Interrupt();
        await run.Until("stopping");
        run.Interrupt();
        // The report may win the race against the second signal.
        Assert.Contains(await run.ExitCode(), (int[])[EndedByTheUser, (int)ExitCode.Unknown]);
        Assert.Equal(ExitCode.Valid, await cli.RunAsync("check", cli.PathOf("run/history.jsonl"), "--type", "kv"));
    }

    [SkippableFact]
    public async Task A_sweep_tells_what_the_seeds_until_then_showed()
    {
        using var cli = new Cli();
        using var sweep = Started(cli, "run", "async-replication", "--time-limit", "5s", "--seeds", "100000", "--seed", "1", "--out", cli.PathOf("run"));
        await sweep.Until("violation");
        sweep.Interrupt();
        Assert.Equal((int)ExitCode.Violation, await sweep.ExitCode());
        Assert.Contains("of 100,000 seeds from 1", sweep.Output, StringComparison.Ordinal);
        Assert.Contains("stopped early", sweep.Output, StringComparison.Ordinal);
        Assert.Contains("replay: checker run async-replication", sweep.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cli.PathOf("run")));
    }

    [SkippableTheory]
    [InlineData("check", false)]
    [InlineData("check", true)]
    [InlineData("classify", false)]
    [InlineData("classify", true)]
    public async Task A_check_tells_what_it_has_judged_and_leaves_the_other_files(string verb, bool json)
    {
        const int Files = 3000;
        using var cli = new Cli();
        var file = cli.Write("history.jsonl", Turns(4000));
        string[] arguments = [verb, .. Enumerable.Repeat(file, Files), "--type", "register"];
        if (json) arguments = [.. arguments, "--json"];
        using var check = Started(cli, arguments);
        await check.Until("history.jsonl", inOutput: true);
        check.Interrupt();
        Assert.Equal((int)ExitCode.Unknown, await check.ExitCode());
        var told = check.Error.Split('\n').Single(line => line.StartsWith("checker: stopped: ", StringComparison.Ordinal));
        Assert.EndsWith(" of 3,000 histories were not judged", told, StringComparison.Ordinal);
        var left = int.Parse(told.Split(' ')[2], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.InRange(left, 1, Files - 1);
        if (json) Assert.Equal(left, check.Output.Split('\n').Count(line => line.Contains("stopped before it was judged", StringComparison.Ordinal)));
        else if (verb == "check") Assert.Contains($"{Files - left} valid, 0 invalid", check.Output, StringComparison.Ordinal);
    }

    // Two processes write in turn.
    private static string[] Turns(int operations) =>
    [
        .. Enumerable.Range(0, operations).SelectMany(i => new[] { "invoke", "ok" }.Select(type =>
            $$"""{"process":{{i % 2}},"type":"{{type}}","f":"write","value":{{i}}}""")),
    ];

    private static CommandProcess Started(Cli cli, params string[] arguments)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/env"), "needs Linux, to send a signal as a terminal does");
        return new CommandProcess(cli.Folder, arguments);
    }
}

using Checker.Cli.Conventions;
using Xunit;

namespace Checker.Cli.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("run", "--nemesis")]
    [InlineData("check", "--explain")]
    [InlineData("list", "targets")]
    public async Task Every_verb_has_help(string verb, string mentions)
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.Valid, await cli.RunAsync(verb, "--help"));
        Assert.Contains(mentions, cli.Output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "quorum", "--no-such-flag")]
    [InlineData("check")]
    [InlineData("frobnicate")]
    [InlineData("run", "quorum", "--time-limit", "soon")]
    [InlineData("run", "quorum", "--rate", "fast")]
    [InlineData("check", "x.jsonl", "--threads", "0")]
    [InlineData("list", "everything")]
    public async Task Wrong_arguments_exit_with_254_and_point_to_the_help(params string[] args)
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.BadInput, await cli.RunAsync(args));
        Assert.Contains("--help", cli.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", cli.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_names_what_there_is()
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.Valid, await cli.RunAsync("list"));
        foreach (var name in new[] { "sync-replication", "async-replication", "quorum", "consensus", "cas-register", "partition-halves", "linearizable", "priority-queue" })
        {
            Assert.Contains(name, cli.Output.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ExitCode.Valid, ExitCode.Unknown, ExitCode.Unknown)]
    [InlineData(ExitCode.Vacuous, ExitCode.Unknown, ExitCode.Vacuous)]
    [InlineData(ExitCode.Vacuous, ExitCode.Violation, ExitCode.Violation)]
    [InlineData(ExitCode.Infrastructure, ExitCode.Violation, ExitCode.Infrastructure)]
    [InlineData(ExitCode.BadInput, ExitCode.Infrastructure, ExitCode.BadInput)]
    [InlineData(ExitCode.BadInput, ExitCode.Crash, ExitCode.Crash)]
    public void The_worse_exit_code_wins(ExitCode left, ExitCode right, ExitCode expected)
    {
        Assert.Equal(expected, ExitCodes.Combine(left, right));
        Assert.Equal(expected, ExitCodes.Combine(right, left));
    }
}

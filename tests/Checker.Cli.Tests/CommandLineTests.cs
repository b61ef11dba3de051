using Checker.Cli.Conventions;
using Xunit;

namespace Checker.Cli.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("run", "--nemesis")]
    [InlineData("check", "--explain")]
    [InlineData("check", "data types that it is defined for: checker list models")]
    [InlineData("classify", "255 a crash of Checker")]
    [InlineData("list", "targets")]
    public async Task Every_verb_has_help(string verb, string mentions)
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.Valid, await cli.RunAsync(verb, "--help"));
        Assert.Contains(mentions, string.Join(' ', cli.Output.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown option '--no-such-flag'. Try 'checker run --help'", "run", "quorum", "--no-such-flag")]
    [InlineData("unknown option '--no-such-flag'. Try", "run", "quorum", "--no-such-flag", "7")]
    [InlineData("unknown option '--seedz'. Did you mean '--seed'? Try", "run", "--seedz", "quorum")]
    [InlineData("unknown option '--explian'. Did you mean '--explain'?", "check", "missing.jsonl", "--explian")]
    [InlineData("expected FILE|DIR: histories: .jsonl", "check")]
    [InlineData("expected TARGET: what to test. See: checker list targets", "run")]
    [InlineData("unknown verb 'frobnicate': expected one of run, check, classify, list. Try 'checker --help'", "frobnicate", "now")]
    [InlineData("Did you mean 'check'?", "chekc", "x.jsonl")]
    [InlineData("--time-limit soon: expected a time such as 500ms", "run", "quorum", "--time-limit", "soon")]
    [InlineData("--rate fast: expected a number", "run", "quorum", "--rate", "fast")]
    [InlineData("--keys 1.5: expected a whole number", "run", "quorum", "--keys", "1.5")]
    [InlineData("--seed: expected N after it", "run", "quorum", "--seed")]
    [InlineData("--threads 0: expected a positive number of cores", "check", "x.jsonl", "--threads", "0")]
    [InlineData("--max-steps many: expected a positive number of steps", "check", "x.jsonl", "--max-steps", "many")]
    [InlineData("--max-steps 10000000000000000000: expected a positive number of steps, at most 9223372036854775807", "classify", "x", "--max-steps",
        "10000000000000000000")]
    [InlineData("unknown list 'everything': expected one of targets, workloads, nemeses, models, types", "list", "everything")]
    [InlineData("unknown --world 'mars': expected one of sim, real", "run", "quorum", "--world", "mars")]
    [InlineData("unknown --key-choice 'often': expected one of uniform, zipf, exponential", "run", "quorum", "--key-choice", "often")]
    [InlineData("'more' is one too many", "run", "quorum", "more")]
    public async Task Wrong_arguments_exit_with_254_and_one_line_that_says_what_was_expected(string expected, params string[] args)
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.BadInput, await cli.RunAsync(args));
        var said = cli.Error.ToString();
        Assert.StartsWith("checker: ", said, StringComparison.Ordinal);
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.EndsWith("--help'", said.TrimEnd(), StringComparison.Ordinal);
        Assert.Single(said.TrimEnd().Split('\n'));
        Assert.Equal("", cli.Output.ToString());
    }

    [Fact]
    public async Task Without_arguments_the_help_is_shown_and_the_exit_code_is_254()
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.BadInput, await cli.RunAsync());
        Assert.Contains("classify <FILE|DIR>", cli.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_names_what_there_is()
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.Valid, await cli.RunAsync("list"));
        string[] names = ["sync-replication", "async-replication", "quorum", "consensus", "cas-register", "partition-halves", "linearizable", "priority-queue"];
        foreach (var name in names)
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

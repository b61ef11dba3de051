using Checker.Cli.Conventions;
using Xunit;

namespace Checker.Cli.Tests;

/// <summary>What the README shows is what the command prints today.</summary>
public class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Cli.Corpus, "..", "..", "..", "README.md"));

    [Fact]
    public async Task The_example_of_classify_is_what_it_prints()
    {
        using var cli = new Cli();
        const string Commands = "checker run async-replication --seed 7\nchecker classify checker-runs/async-replication-kv-7/history.jsonl";
        Assert.Contains(Commands, Readme, StringComparison.Ordinal);
        await cli.RunAsync("run", "async-replication", "--seed", "7", "--out", cli.PathOf("run"), "--json");
        cli.Output.GetStringBuilder().Clear();
        Assert.Equal(ExitCode.Valid, await cli.RunAsync("classify", cli.PathOf("run/history.jsonl")));
        var shown = cli.Output.ToString().Split('\n').Skip(1).TakeWhile(line => !line.StartsWith("  also: ", StringComparison.Ordinal)).ToList();
        Assert.True(shown.Count > 10);
        Assert.Contains($"```\n{string.Join('\n', shown)}\n  …\n```", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_that_it_shows_is_refused()
    {
        using var cli = new Cli();
        var lines = Readme.Split('\n').Where(line => line.StartsWith("{\"process\":", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4, lines.Length);
        Assert.Equal(ExitCode.Violation, await cli.RunAsync("check", cli.Write("history.jsonl", lines)));
    }

    [Fact]
    public void Every_benchmark_that_there_is_is_named()
    {
        var program = File.ReadAllText(Path.Combine(Cli.Corpus, "..", "..", "Checker.Benchmarks", "Program.cs"));
        var names = program.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("[\"", StringComparison.Ordinal))
            .Select(line => line[2..line.IndexOf('"', 2)]).ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"`{name}`", Readme, StringComparison.Ordinal));
    }
}

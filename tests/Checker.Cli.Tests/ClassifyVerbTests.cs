using Checker.Cli.Conventions;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Checker.Cli.Tests;

public class ClassifyVerbTests
{
    private static readonly string Examples = Path.Combine(Path.GetDirectoryName(Cli.Corpus)!, "models");

    [Fact]
    public async Task The_lattice_is_drawn_in_plain_text_with_a_witness_for_what_is_broken()
    {
        using var cli = new Cli();
        var file = Path.Combine(Examples, "bouajjani-2017-3a.invalid.linearizable.jsonl");
        Assert.Equal(ExitCode.Valid, await cli.RunAsync("classify", file));
        var said = cli.Output.ToString();
        Assert.Contains("├─ causal-convergence: invalid", said, StringComparison.Ordinal);
        Assert.Contains("└─ causal-memory: valid", said, StringComparison.Ordinal);
        Assert.Contains("strongest satisfied: causal-memory", said, StringComparison.Ordinal);
        Assert.Contains("weakest violated: 2-atomic, causal-convergence, safe", said, StringComparison.Ordinal);
        Assert.Contains("causal-convergence is broken by CyclicCF: ", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', said);
    }

    [Fact]
    public async Task Json_is_one_object_per_file_and_nothing_else()
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.Valid, await cli.RunAsync("classify", Examples, "--json"));
        var lines = cli.Output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(JObject.Parse).ToList();
        Assert.Equal(File.ReadLines(Path.Combine(Examples, "manifest.jsonl")).Count(), lines.Count);
        var stale = lines.Single(line => ((string)line["file"]!).Contains("stale-read", StringComparison.Ordinal));
        Assert.Equal(["sequential", "real-time-causal", "2-atomic"], stale["strongestSatisfied"]!.ToObject<string[]>()!);
        Assert.Equal(["safe"], stale["weakestViolated"]!.ToObject<string[]>()!);
        Assert.Equal("read-your-writes", (string?)stale["models"]!["monotonic-writes"]!["impliedBy"]);
        Assert.NotEmpty((string)stale["models"]!["safe"]!["anomalies"]![0]!["explanation"]!);
    }

    [Fact]
    public async Task A_broken_file_exits_with_254_and_does_not_stop_the_others()
    {
        using var cli = new Cli();
        var broken = cli.Write("a.jsonl", "{\"process\":0,");
        var valid = cli.Write(
            "b.jsonl",
            """{"process":0,"type":"invoke","f":"write","value":1}""",
            """{"process":0,"type":"ok","f":"write","value":1}""");
        Assert.Equal(ExitCode.BadInput, await cli.RunAsync("classify", broken, valid, "--type", "register"));
        Assert.Contains($"{broken}:1: ", cli.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("strongest satisfied: linearizable", cli.Output.ToString(), StringComparison.Ordinal);
    }
}

using Checker.Checkers.Lattice;
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
        var lines = said.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        Assert.Contains(lines, line => IsOf(line, "causal-convergence", "✗ invalid ◀ weakest violated"));
        Assert.Contains(lines, line => IsOf(line, "causal-memory", "✓ valid   ◀ strongest satisfied"));
        Assert.All(ModelLattice.Models, model => Assert.Single(
            lines, line => line.Contains($" {model}  ", StringComparison.Ordinal) && line.IndexOfAny(['✓', '✗', '?']) > 0));
        var drawn = lines.Where(line => !line.Contains(" by ", StringComparison.Ordinal) && !line.Contains(".jsonl", StringComparison.Ordinal));
        Assert.All(drawn, line => Assert.True(line.Length <= 80, line));
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
        Assert.Contains("strongest satisfied: causal-memory", said, StringComparison.Ordinal);
        Assert.Contains("weakest violated: 2-atomic, causal-convergence, safe", said, StringComparison.Ordinal);
        Assert.Contains("causal-convergence is broken by CyclicCF: ", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', said);

        static bool IsOf(string line, string model, string end) =>
            line.Contains($"─ {model} ", StringComparison.Ordinal) && line.EndsWith(end, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.5ms", "invalid")]
    [InlineData("2ms", "valid")]
    [InlineData("1s", "unknown")]
    public async Task Time_in_quiet_can_be_asked_for(string quiet, string expected)
    {
        using var cli = new Cli();
        var file = Path.Combine(Path.GetDirectoryName(Cli.Corpus)!, "convergence", "lww-two-values-for-ever.invalid.eventual.jsonl");
        Assert.Equal(ExitCode.Valid, await cli.RunAsync("classify", file, "--json", "--quiet", quiet));
        Assert.Equal(expected, (string?)JObject.Parse(cli.Output.ToString())["models"]!["eventual"]!["verdict"]);
        Assert.Equal(
            expected switch { "valid" => ExitCode.Valid, "invalid" => ExitCode.Violation, _ => ExitCode.Unknown },
            await cli.RunAsync("check", file, "--model", "eventual", "--quiet", quiet));
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
        Assert.Equal(["safe", "eventual"], stale["weakestViolated"]!.ToObject<string[]>()!);
        Assert.Equal("safe", (string?)stale["models"]!["regular"]!["impliedBy"]);
        Assert.NotEmpty((string)stale["models"]!["safe"]!["anomalies"]![0]!["explanation"]!);
    }

    [Fact]
    public async Task A_report_is_written_for_each_file_with_the_same_classification()
    {
        using var cli = new Cli();
        var file = Path.Combine(Examples, "bouajjani-2017-3a.invalid.linearizable.jsonl");
        Assert.Equal(ExitCode.Valid, await cli.RunAsync("classify", file, "--report", cli.PathOf("reports"), "--json"));
        var line = JObject.Parse(cli.Output.ToString());
        var folder = Path.Combine(cli.PathOf("reports"), Path.GetFileName(file));
        var results = JObject.Parse(File.ReadAllText(Path.Combine(folder, "results.json")));
        Assert.Equal("placed", (string?)results["verdict"]);
        Assert.True(JToken.DeepEquals(line["models"], results["classification"]!["models"]));
        Assert.Equal(1, (int)results["staleness"]!["stale"]!);
        Assert.Equal(1, (int)results["staleness"]!["versions"]!["max"]!);
        Assert.Contains("<svg class=\"lattice\"", File.ReadAllText(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "staleness.svg")));
    }

    [Fact]
    public async Task Reports_of_files_with_the_same_name_do_not_replace_each_other()
    {
        using var cli = new Cli();
        Directory.CreateDirectory(cli.PathOf("a"));
        Directory.CreateDirectory(cli.PathOf("b"));
        foreach (var name in (string[])["a", "b"])
        {
            File.WriteAllText(cli.PathOf($"{name}/history.jsonl"), """{"process":0,"type":"invoke","f":"read","value":null}""" + "\n");
        }

        await cli.RunAsync("classify", cli.PathOf("a/history.jsonl"), cli.PathOf("b/history.jsonl"), "--type", "register", "--report", cli.PathOf("reports"));
        Assert.Equal(["a-history.jsonl", "b-history.jsonl"], Directory.GetDirectories(cli.PathOf("reports")).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("classify", "--nothing")]
    [InlineData("check", "--nothing")]
    public async Task An_option_that_does_not_exist_is_not_taken_for_a_file(string verb, string option)
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.BadInput, await cli.RunAsync(verb, option));
        Assert.Contains($"unknown option '{option}'", cli.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_replays_certificates_and_says_so()
    {
        using var cli = new Cli();
        var file = cli.Write(
            "a.jsonl",
            """{"process":0,"type":"invoke","f":"write","value":1}""",
            """{"process":0,"type":"ok","f":"write","value":1}""");
        Assert.Equal(ExitCode.Valid, await cli.RunAsync("check", file, "--type", "register", "--verify", "--report", cli.PathOf("reports")));
        Assert.Contains("linearizable: certificate replayed: its order of 1 operation explains every result", cli.Output.ToString(), StringComparison.Ordinal);
        var results = JObject.Parse(File.ReadAllText(Path.Combine(cli.PathOf("reports"), "a.jsonl", "results.json")));
        Assert.Equal(["linearizable"], results["classification"]!["strongestSatisfied"]!.ToObject<string[]>()!);
        Assert.False(File.Exists(Path.Combine(cli.PathOf("reports"), "a.jsonl", "staleness.svg")));
    }

    [Fact]
    public async Task Models_are_listed_in_the_order_of_the_lattice()
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.Valid, await cli.RunAsync("list", "models"));
        var names = cli.Output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Trim().Split(' ')[0])
            .Where(name => name.Length > 0);
        Assert.Equal(ModelLattice.Models, names.Where(ModelLattice.Models.Contains));
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

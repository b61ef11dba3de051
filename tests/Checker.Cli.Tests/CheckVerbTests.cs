using Checker.Cli.Conventions;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Checker.Cli.Tests;

public class CheckVerbTests
{
    private static readonly string[] Stale =
    [
        """{"process":0,"type":"invoke","f":"write","value":1}""",
        """{"process":0,"type":"ok","f":"write","value":1}""",
        """{"process":1,"type":"invoke","f":"read","value":null}""",
        """{"process":1,"type":"ok","f":"read","value":null}""",
    ];

    private static readonly string[] Fresh = [.. Stale[..3], """{"process":1,"type":"ok","f":"read","value":1}"""];

    [Fact]
    public async Task A_valid_history_exits_with_0()
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.Valid, await cli.RunAsync("check", cli.Write("h.jsonl", Fresh), "--verify"));
        Assert.Contains("linearizable: VALID", cli.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_violation_exits_with_1_and_is_explained()
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.Violation, await cli.RunAsync("check", cli.Write("h.jsonl", Stale), "--explain"));
        var said = cli.Output.ToString();
        Assert.Contains("INVALID", said, StringComparison.Ordinal);
        Assert.Contains("process 1 read null", said, StringComparison.Ordinal);
        Assert.Contains("operation 0 (line 1): process 0 write", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', said);
    }

    [Fact]
    public async Task An_exhausted_budget_exits_with_2_and_says_what_was_proved()
    {
        using var cli = new Cli();
        var lines = new List<string>();
        for (var p = 0; p < 12; p++) lines.Add($$"""{"process":{{p}},"type":"invoke","f":"write","value":{{p % 3}}}""");
        for (var p = 0; p < 12; p++) lines.Add($$"""{"process":{{p}},"type":"ok","f":"write","value":{{p % 3}}}""");
        lines.Add("""{"process":0,"type":"invoke","f":"read","value":null}""");
        lines.Add("""{"process":0,"type":"ok","f":"read","value":1}""");
        Assert.Equal(ExitCode.Unknown, await cli.RunAsync("check", cli.Write("h.jsonl", [.. lines]), "--max-steps", "1"));
        Assert.Contains("UNKNOWN", cli.Output.ToString(), StringComparison.Ordinal);
        cli.Output.GetStringBuilder().Clear();
        await cli.RunAsync("check", cli.PathOf("h.jsonl"), "--max-steps", "1", "--initial", "0", "--json", "--report", cli.PathOf("reports"));
        Assert.Contains("--max-steps 1 --initial &#39;0&#39;", File.ReadAllText(cli.PathOf("reports/h.jsonl/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_object_per_file_and_nothing_else()
    {
        using var cli = new Cli();
        var valid = cli.Write("a.jsonl", Fresh);
        var invalid = cli.Write("b.jsonl", Stale);
        Assert.Equal(ExitCode.Violation, await cli.RunAsync("check", valid, invalid, "--json"));
        var lines = cli.Output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(JObject.Parse).ToList();
        Assert.Equal(["valid", "invalid"], lines.Select(line => (string?)line["verdict"]));
        Assert.Equal([valid, invalid], lines.Select(line => (string?)line["file"]));
        var anomaly = lines[1]["models"]!["linearizable"]!["anomalies"]![0]!;
        Assert.NotEmpty(anomaly["operations"]!.ToObject<int[]>()!);
        Assert.NotEmpty((string)anomaly["explanation"]!);
    }

    [Fact]
    public async Task A_broken_file_exits_with_254_names_the_line_and_does_not_stop_the_others()
    {
        using var cli = new Cli();
        var broken = cli.Write("a.jsonl", Fresh[0], "{\"process\":0,");
        var valid = cli.Write("b.jsonl", Fresh);
        Assert.Equal(ExitCode.BadInput, await cli.RunAsync("check", broken, valid));
        Assert.Contains($"{broken}:2: ", cli.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 valid, 0 invalid, 0 unknown, 1 unreadable", cli.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_does_not_exist_exits_with_254()
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.BadInput, await cli.RunAsync("check", cli.PathOf("missing.jsonl")));
        Assert.Contains("no such file or directory", cli.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_without_histories_exits_with_254()
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.BadInput, await cli.RunAsync("check", cli.Folder));
        Assert.Contains("no history in this directory", cli.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_model_is_refused_with_a_suggestion()
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.BadInput, await cli.RunAsync("check", cli.Write("h.jsonl", Fresh), "--model", "linearisable"));
        Assert.Contains("Did you mean 'linearizable'?", cli.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_the_data_type_does_not_have_is_refused()
    {
        using var cli = new Cli();
        var txn = cli.Write(
            "h.jsonl",
            """{"process":0,"type":"invoke","f":"txn","value":[["append","x",1]]}""",
            """{"process":0,"type":"ok","f":"txn","value":[["append","x",1]]}""");
        Assert.Equal(ExitCode.BadInput, await cli.RunAsync("check", txn, "--type", "list-append"));
        Assert.Contains("not defined for the data type list-append", cli.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_initial_value_can_be_given()
    {
        using var cli = new Cli();
        var history = cli.Write("h.jsonl", """{"process":0,"type":"invoke","f":"read"}""", """{"process":0,"type":"ok","f":"read","value":0}""");
        Assert.Equal(ExitCode.Violation, await cli.RunAsync("check", history, "--type", "register"));
        Assert.Equal(ExitCode.Valid, await cli.RunAsync("check", history, "--type", "register", "--initial", "0"));
    }

    [Fact]
    public async Task A_report_is_written_on_request()
    {
        using var cli = new Cli();
        await cli.RunAsync("check", cli.Write("h.jsonl", Stale), "--report", cli.PathOf("reports"));
        Assert.True(File.Exists(cli.PathOf("reports/h.jsonl/report.html")));
    }

    [Fact]
    public async Task The_corpus_is_judged_as_its_manifest_says()
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.Violation, await cli.RunAsync("check", Cli.Corpus, "--verify"));
        var summary = cli.Output.ToString().TrimEnd().Split('\n')[^1];
        Assert.Contains(" 0 unknown, 0 unreadable", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("not as their manifest", summary, StringComparison.Ordinal);
    }
}

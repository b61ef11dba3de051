using Checker.Checkers;
using Checker.Cli.Conventions;
using Checker.Cli.Verbs;
using Checker.Histories;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Checker.Cli.Tests;

/// <summary>A bug in Checker that one file brings out must not hide the verdicts of the others.</summary>
public class CrashTests
{
    private static readonly string[] Write =
    [
        """{"process":0,"type":"invoke","f":"write","value":1}""",
        """{"process":0,"type":"ok","f":"write","value":1}""",
    ];

    private static readonly string[] Bad = [.. Write, .. Write];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_crash_on_one_file_exits_with_255_and_does_not_stop_the_others(bool json)
    {
        using var cli = new Cli();
        var (bad, good) = (cli.Write("a.jsonl", Bad), cli.Write("b.jsonl", Write));
        var request = new CheckRequest
        {
            Type = DataTypes.Find("register"),
            Models = [new FailsOnTwoOperations()],
            Options = CheckOptions.Default,
            Json = json,
        };
        Assert.Equal(ExitCode.Crash, new HistoryCheck(request, cli.Output, cli.Error).Run([bad, good]));
        Assert.Contains(
            $"{bad}: this is a bug in Checker, please report it: System.InvalidOperationException: broken", cli.Error.ToString(), StringComparison.Ordinal);
        var said = cli.Output.ToString();
        if (!json)
        {
            Assert.Contains("1 valid, 0 invalid, 0 unknown, 0 unreadable", said, StringComparison.Ordinal);
            Assert.Contains("1 not judged because Checker crashed", said, StringComparison.Ordinal);
            return;
        }

        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(JObject.Parse).ToList();
        Assert.Equal([null, "valid"], lines.Select(line => (string?)line["verdict"]));
        Assert.Contains("broken", (string?)lines[0]["error"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_crash_on_one_file_does_not_stop_classify_either(bool json)
    {
        using var cli = new Cli();
        var (bad, good) = (cli.Write("a.jsonl", Bad), cli.Write("b.jsonl", Write));
        var request = new CheckRequest
        {
            Type = DataTypes.Find("register"),
            Models = [new FailsToSupport(DataTypes.Register)],
            Options = CheckOptions.Default,
            Json = json,
        };
        Assert.Equal(ExitCode.Crash, new HistoryClassification(request, cli.Output, cli.Error).Run([bad, good]));
        Assert.Contains(
            $"{bad}: this is a bug in Checker, please report it: System.InvalidOperationException: broken", cli.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(good, cli.Error.ToString(), StringComparison.Ordinal);
        var said = cli.Output.ToString();
        Assert.Contains(good, said, StringComparison.Ordinal);
        if (!json) return;
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(JObject.Parse).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Contains("broken", (string?)lines[0]["error"], StringComparison.Ordinal);
        Assert.Null(lines[1]["error"]);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("classify")]
    public async Task Help_names_the_exit_code_of_a_crash(string verb)
    {
        using var cli = new Cli();
        Assert.Equal(ExitCode.Valid, await cli.RunAsync(verb, "--help"));
        Assert.Contains("255", cli.Output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Fails the first time it is asked.</summary>
    private sealed class FailsToSupport(DataType type) : IConsistencyModel
    {
        private bool _asked;

        public string Name => "broken";

        public string Summary => "Fails once.";

        public bool Supports(DataType asked)
        {
            if (_asked) return asked == type;
            _asked = true;
            throw new InvalidOperationException("broken");
        }

        public Verdict Check(History history, DataType asked, CheckOptions options) => Verdict.Valid(Name, "none", null, 0);
    }

    private sealed class FailsOnTwoOperations : IConsistencyModel
    {
        public string Name => "broken";

        public string Summary => "Fails on histories of two operations.";

        public bool Supports(DataType type) => true;

        public Verdict Check(History history, DataType type, CheckOptions options) =>
            history.Count == 2 ? throw new InvalidOperationException("broken") : Verdict.Valid(Name, "none", null, 0);
    }
}

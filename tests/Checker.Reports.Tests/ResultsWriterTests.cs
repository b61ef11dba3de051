using System.Globalization;
using Checker.Checkers;
using Checker.Reports.Output;
using Newtonsoft.Json.Linq;

namespace Checker.Reports.Tests;

public class ResultsWriterTests
{
    [Fact]
    public void The_line_of_check_is_one_object_without_a_line_break()
    {
        var line = ResultsWriter.Line(SampleHistories.StaleRead() with { File = "a/b.jsonl" });
        Assert.DoesNotContain('\n', line);
        var json = JObject.Parse(line);
        Assert.Equal(["file", "type", "operations", "verdict", "models"], json.Properties().Select(property => property.Name));
        Assert.Equal("a/b.jsonl", (string?)json["file"]);
        Assert.Equal("cas-register", (string?)json["type"]);
        Assert.Equal(6, (int)json["operations"]!);
        Assert.Equal("invalid", (string?)json["verdict"]);
        var anomaly = json.SelectToken("models.linearizable.anomalies[0]")!;
        Assert.Equal("stale-read", (string?)anomaly["kind"]);
        Assert.Equal([0, 1, 3], anomaly["operations"]!.Values<int>());
        Assert.StartsWith("Process 2 read 1", (string?)anomaly["explanation"], StringComparison.Ordinal);
        Assert.Equal(0.0031, (double)json.SelectToken("models.linearizable.seconds")!, 9);
        Assert.Equal("a value is written twice: which write a read saw is not known", (string?)json.SelectToken("models.causal.reason"));
    }

    [Fact]
    public void The_results_hold_the_run_its_counts_and_what_shows_that_faults_bit()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        ResultsWriter.Write(SampleHistories.StaleRead(), text);
        var json = JObject.Parse(text.ToString());
        Assert.Equal(7, (long)json["run"]!["seed"]!);
        Assert.StartsWith("checker run", (string?)json["run"]!["command"], StringComparison.Ordinal);
        Assert.Equal((4, 1, 1), ((int)json["counts"]!["ok"]!, (int)json["counts"]!["fail"]!, (int)json["counts"]!["info"]!));
        Assert.Equal(("partition", 17), ((string?)json["faults"]![0]!["fault"], (int)json["faults"]![0]!["hits"]!));
        Assert.Equal("forced", (string?)json.SelectToken("models.linearizable.anomalies[0].edges[2].relation"));
        Assert.Equal([0, 1, 2], json.SelectToken("models.linearizable.anomalies[0].partials[1].lastPlaced")!.Values<int>());
    }

    [Fact]
    public void Evidence_is_read_off_the_history_where_the_run_is_not_known()
    {
        var row = Assert.Single(FaultRow.Of(SampleHistories.StaleRead() with { Run = null }));
        Assert.Equal(("partition", 1, 17L, "messages dropped"), (row.Name, row.Injections, row.Hits!.Value, row.What));
        Assert.Equal(0.066, row.Seconds!.Value, 9);
    }

    [Theory]
    [InlineData(VerdictKind.Valid, false, "valid")]
    [InlineData(VerdictKind.Valid, true, "vacuous")]
    [InlineData(VerdictKind.Unknown, false, "unknown")]
    [InlineData(VerdictKind.Unknown, true, "vacuous")]
    [InlineData(VerdictKind.Invalid, true, "invalid")]
    public void A_violation_outweighs_vacuity_and_vacuity_outweighs_the_rest(VerdictKind kind, bool vacuous, string expected)
    {
        var verdict = new Verdict { Kind = kind, Model = "linearizable", Algorithm = "test" };
        var input = SampleHistories.StaleRead() with { Models = [new(verdict, 0)], Run = new() { VacuityReasons = vacuous ? ["no operation succeeded"] : [] } };
        Assert.Equal(expected, (string?)JObject.Parse(ResultsWriter.Line(input))["verdict"]);
    }

    [Fact]
    public void Nothing_judged_is_not_valid() =>
        Assert.Equal("unknown", (string?)JObject.Parse(ResultsWriter.Line(SampleHistories.StaleRead() with { Models = [] }))["verdict"]);

    [Fact]
    public void Writing_twice_gives_the_same_bytes()
    {
        var directories = Enumerable.Range(0, 2).Select(_ => Directory.CreateTempSubdirectory("checker-report-")).ToList();
        try
        {
            foreach (var directory in directories) ReportWriter.Write(SampleHistories.Run(500, invalid: true), directory.FullName);
            var files = directories[0].GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal).ToList();
            Assert.Equal(["latency.svg", "rate.svg", "report.html", "results.json"], files);
            foreach (var file in files)
            {
                var bytes = directories.Select(directory => File.ReadAllBytes(Path.Combine(directory.FullName, file))).ToList();
                Assert.Equal(bytes[0], bytes[1]);
            }
        }
        finally
        {
            foreach (var directory in directories) directory.Delete(recursive: true);
        }
    }
}

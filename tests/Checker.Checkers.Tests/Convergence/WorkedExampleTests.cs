using System.Runtime.CompilerServices;
using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Histories.Corpora;
using Checker.Histories.Formats;
using Newtonsoft.Json.Linq;

namespace Checker.Checkers.Tests.Convergence;

/// <summary>Worked examples of what each data type may and may not converge to.</summary>
public sealed class WorkedExampleTests
{
    private static readonly string Corpus = Path.Combine(RepositoryRoot(), "tests", "corpus", "convergence");

    private static readonly IReadOnlyList<JObject> Examples = [.. File.ReadLines(Path.Combine(Corpus, CorpusManifest.FileName)).Select(JObject.Parse)];

    public static TheoryData<string> Files => [.. Examples.Select(example => (string)example["file"]!)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Has_the_verdict_of_the_manifest(string file)
    {
        var example = Examples.Single(line => (string)line["file"]! == file);
        var history = HistoryFile.Read(Path.Combine(Corpus, file)).History;
        var verdict = Models.Find(ModelNames.Eventual)!.Check(history, history.Type!, CheckOptions.Default);
        Assert.Equal((string)example["eventual"]!, verdict.Kind.ToString().ToLowerInvariant());
        Assert.Equal((string)example["model"]!, history.Type!.Name);
        if (verdict.Kind == VerdictKind.Invalid) Assert.Equal((string)example["kind"]!, Assert.Single(verdict.Anomalies).Kind);
    }

    [Fact]
    public void A_disagreement_is_told_with_both_processes_and_their_values()
    {
        var history = HistoryFile.Read(Path.Combine(Corpus, "lww-two-values-for-ever.invalid.eventual.jsonl")).History;
        var anomaly = Assert.Single(Models.Find(ModelNames.Eventual)!.Check(history, history.Type!, CheckOptions.Default).Anomalies);
        Assert.Equal([0, 1, 2, 3], anomaly.Operations);
        Assert.Contains("process 1 read 3", anomaly.Explanation, StringComparison.Ordinal);
        Assert.Contains("process 4 read 5", anomaly.Explanation, StringComparison.Ordinal);
        Assert.Equal([(0, 2), (1, 3)], anomaly.Edges.Select(edge => (edge.From, edge.To)));
    }

    private static string RepositoryRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "Checker.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

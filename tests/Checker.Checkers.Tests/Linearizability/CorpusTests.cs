using Checker.Checkers.Linearizability;
using Checker.Histories.Corpora;
using Checker.Histories.Formats;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>Recorded histories of real systems, with the verdicts that their manifest states.</summary>
public sealed class CorpusTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "corpus", "linearizability");

    public static TheoryData<string> Files =>
        [.. CorpusManifest.Read(Path.Combine(Folder, CorpusManifest.FileName)).Entries.Select(entry => entry.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Gives_the_verdict_of_the_manifest(string file)
    {
        var path = Path.Combine(Folder, file);
        var entry = CorpusManifest.Beside(path)!.Find(path)!;
        var history = HistoryFile.Read(path, new HistoryReadOptions { Type = entry.Type }).History;
        var options = new CheckOptions { Initial = entry.Initial, ObserveFailedCas = entry.ObserveFailedCas };
        var verdict = new LinearizableModel().Check(history, entry.Type, options);
        Assert.Equal(entry.Expected == ExpectedVerdict.Valid ? VerdictKind.Valid : VerdictKind.Invalid, verdict.Kind);
        if (verdict.Certificate is OrderCertificate order) Assert.Null(CertificateReplayer.Refute(history, entry.Type, order, options));
        else Assert.NotEmpty(Assert.Single(verdict.Anomalies).Explanation);
    }
}

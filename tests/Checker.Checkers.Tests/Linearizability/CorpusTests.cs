using Checker.Checkers.Linearizability;
using Checker.Histories;
using Checker.Histories.Corpora;
using Checker.Histories.Formats;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>Recorded histories of real systems, and those of the literature, with the verdicts that their manifests state.</summary>
public sealed class CorpusTests
{
    private static readonly string Corpus = Path.Combine(AppContext.BaseDirectory, "corpus");

    public static TheoryData<string> Files => [.. Entries("linearizability").Concat(Entries("objects"))];

    public static TheoryData<string> Types => [.. Campaign.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Gives_the_verdict_of_the_manifest(string file)
    {
        var path = Path.Combine(Corpus, file);
        var entry = CorpusManifest.Beside(path)!.Find(path)!;
        var history = HistoryFile.Read(path, new HistoryReadOptions { Type = entry.Type }).History;
        var options = new CheckOptions { Initial = entry.Initial, ObserveFailedCas = entry.ObserveFailedCas };
        var verdict = new LinearizableModel().Check(history, entry.Type, options);
        Assert.Equal(entry.Expected == ExpectedVerdict.Valid ? VerdictKind.Valid : VerdictKind.Invalid, verdict.Kind);
        if (verdict.Certificate is OrderCertificate order) Assert.Null(CertificateReplayer.Refute(history, entry.Type, order, options));
        foreach (var anomaly in verdict.Anomalies)
            Assert.All(anomaly.Partials, partial => Assert.Null(CertificateReplayer.RefuteAttempt(history, entry.Type.Sequential, anomaly, partial, options)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Knows_valid_and_invalid_histories_of_every_type(string name)
    {
        var known = CorpusManifest.Read(Path.Combine(Corpus, "objects", CorpusManifest.FileName)).Entries.Where(entry => entry.Type == DataTypes.Find(name)).ToList();
        Assert.Contains(known, entry => entry.Expected == ExpectedVerdict.Valid);
        Assert.Contains(known, entry => entry.Expected == ExpectedVerdict.Invalid);
    }

    private static IEnumerable<string> Entries(string folder) =>
        CorpusManifest.Read(Path.Combine(Corpus, folder, CorpusManifest.FileName)).Entries.Select(entry => Path.Combine(folder, entry.File));
}

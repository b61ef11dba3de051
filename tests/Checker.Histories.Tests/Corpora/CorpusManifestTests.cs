using Checker.Histories.Corpora;
using Checker.Histories.Formats;
using Checker.Histories.Values;
using Xunit;

namespace Checker.Histories.Tests.Corpora;

public sealed class CorpusManifestTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("checker-manifest-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_history_of_the_corpus_has_an_entry_that_agrees_with_its_name_and_fits_its_operations()
    {
        var files = Directory.GetFiles(Path.Combine(CorpusFiles.Root, "linearizability"), "*.*valid*.jsonl");
        var manifest = CorpusManifest.Beside(files[0]);
        Assert.NotNull(manifest);
        Assert.Equal(files.Length, manifest.Entries.Count);
        foreach (var file in files)
        {
            var entry = manifest.Find(file);
            Assert.NotNull(entry);
            Assert.Equal(CorpusFileName.Parse(file).Expected, entry.Expected);
            HistoryFile.Read(file, new() { Type = entry.Type });
        }

        Assert.True(manifest.Find("etcd_000.invalid.linearizable.jsonl")!.ObserveFailedCas);
        Assert.False(manifest.Find("rethink-fail.invalid.linearizable.jsonl")!.ObserveFailedCas);
        var append = manifest.Find("c01-ok.valid.jsonl")!;
        Assert.Equal((DataTypes.Kv, (Value)""), (append.Type, append.Initial));
        Assert.Equal(Value.Map([new("x", 0), new("y", 0)]), manifest.Find("multi-register.valid.jsonl")!.Initial);
    }

    [Fact]
    public void A_folder_without_manifest_has_none() => Assert.Null(CorpusManifest.Beside(Path.Combine(_folder, "x.jsonl")));

    [Theory]
    [InlineData("{\"file\":\"a\"}", "no field \"model\"")]
    [InlineData("{\"model\":\"kv\"}", "no field \"file\"")]
    [InlineData("{\"file\":\"a\",\"model\":\"tree\"}", "unknown model \"tree\": expected kv-append or one of register")]
    [InlineData("{\"file\":\"a\",\"model\":3}", "model is 3: expected a string")]
    [InlineData("{\"file\":\"a\",\"model\":\"kv\",\"expected\":\"maybe\"}", "expected is \"maybe\": expected valid or invalid")]
    [InlineData("{\"file\":\"a\",\"model\":\"kv\",\"failed_cas\":\"x\"}", "failed_cas is \"x\": expected observe, drop or none")]
    [InlineData("{\"file\":\"a\",\"model\":\"kv\",\"init\":99999999999999999999}", "expected integers of at most 64 bits")]
    [InlineData("{\"file\":\"a\",\"file\":\"b\",\"model\":\"kv\"}", "malformed JSON")]
    [InlineData("{\"file\":", "malformed JSON")]
    [InlineData("{\"file\":\"a\",\"model\":\"kv\"} {}", "malformed JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{\"file\":\"first\",\"model\":\"kv\"}", "the file \"first\" twice")]
    public void Rejects_with_line_and_what_was_expected(string line, string problem)
    {
        var path = Path.Combine(_folder, CorpusManifest.FileName);
        File.WriteAllText(path, $"{{\"file\":\"first\",\"model\":\"kv\"}}\n\n{line}\n");
        var error = Assert.Throws<HistoryFormatException>(() => CorpusManifest.Read(path));
        Assert.Equal((path, 3), (error.File, error.Line));
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b.valid.jsonl", ExpectedVerdict.Valid, null)]
    [InlineData("b.c.valid.jsonl.gz", ExpectedVerdict.Valid, null)]
    [InlineData("b.invalid.linearizable.jsonl", ExpectedVerdict.Invalid, "linearizable")]
    [InlineData("b.invalid.snapshot-isolation.edn.gz", ExpectedVerdict.Invalid, "snapshot-isolation")]
    [InlineData("b.invalid.jsonl", ExpectedVerdict.Invalid, null)]
    [InlineData("b.jsonl", ExpectedVerdict.Unstated, null)]
    [InlineData("valid.jsonl", ExpectedVerdict.Unstated, null)]
    [InlineData("invalid", ExpectedVerdict.Unstated, null)]
    public void File_names_state_verdicts(string name, ExpectedVerdict expected, string? model) =>
        Assert.Equal(new CorpusFileName(expected, model), CorpusFileName.Parse(name));
}

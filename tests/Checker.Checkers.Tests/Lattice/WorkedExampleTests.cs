using System.Runtime.CompilerServices;
using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Checkers.Tests.Registers;
using Checker.Histories;
using Checker.Histories.Formats;
using Newtonsoft.Json.Linq;

namespace Checker.Checkers.Tests.Lattice;

/// <summary>The worked examples of the literature, each with what every model says of it.</summary>
public class WorkedExampleTests
{
    private static readonly string Corpus = Path.Combine(RepositoryRoot(), "tests", "corpus", "models");

    private static readonly IReadOnlyList<Example> Examples =
    [
        .. File.ReadLines(Path.Combine(Corpus, "manifest.jsonl")).Select(JObject.Parse).Select(line =>
            new Example((string)line["file"]!, line["valid"]!.ToObject<string[]>()!, line["invalid"]!.ToObject<string[]>()!, line["unknown"]?.ToObject<string[]>() ?? [])),
    ];

    public static TheoryData<string> Files => [.. Examples.Select(example => example.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_model_says_what_the_literature_says(string file)
    {
        var example = Examples.Single(e => e.File == file);
        var history = HistoryFile.Read(Path.Combine(Corpus, file)).History;
        Assert.Equal(ModelLattice.Models.Order(), example.Valid.Concat(example.Invalid).Concat(example.Unknown).Order());
        foreach (var name in ModelLattice.Models)
        {
            var verdict = Models.Find(name)!.Check(history, DataTypes.Kv, CheckOptions.Default);
            var expected = example.Valid.Contains(name) ? VerdictKind.Valid : example.Invalid.Contains(name) ? VerdictKind.Invalid : VerdictKind.Unknown;
            Assert.True(verdict.Kind == expected, $"{file}: {name} is {verdict.Kind}, expected {expected}");
            if (name == ModelNames.Linearizable) continue;
            foreach (var anomaly in verdict.Anomalies) AnomalyAudit.Verify(history, anomaly);
        }
    }

    // Registers alone do not show that the other guarantees do not imply monotonic writes; the known histories of lists do.
    private static readonly IReadOnlyList<(string Stronger, string Weaker)> SeparatedByLists =
    [
        (ModelNames.ReadYourWrites, ModelNames.MonotonicWrites),
        (ModelNames.MonotonicReads, ModelNames.MonotonicWrites),
        (ModelNames.WritesFollowReads, ModelNames.MonotonicWrites),
    ];

    [Fact]
    public void Lists_show_monotonic_writes()
    {
        var builder = new HistoryBuilder(DataTypes.AppendList);
        var (one, two) = (builder.Values.Integer(1), builder.Values.Integer(2));
        foreach (var (process, function, input, output) in new[]
        {
            (0, Function.Append, one, one), (0, Function.Append, two, two), (1, Function.Read, Histories.Values.ValueId.Null, builder.Values.List([two])),
        })
        {
            Assert.Null(builder.Invoke(process, function, Histories.Values.ValueId.Null, input));
            Assert.Null(builder.Complete(process, OperationType.Ok, function, Histories.Values.ValueId.Null, output));
        }

        var history = builder.Build();
        foreach (var (stronger, weaker) in SeparatedByLists)
        {
            Assert.Equal(VerdictKind.Valid, Models.Find(stronger)!.Check(history, DataTypes.AppendList, CheckOptions.Default).Kind);
            Assert.Equal(VerdictKind.Invalid, Models.Find(weaker)!.Check(history, DataTypes.AppendList, CheckOptions.Default).Kind);
        }
    }

    // What does not imply what is as much a claim as what does: each pair has its example.
    [Fact]
    public void Models_that_do_not_imply_each_other_are_separated_by_an_example()
    {
        var missing =
            from stronger in ModelLattice.Models
            from weaker in ModelLattice.Models
            where !ModelLattice.Implies(stronger, weaker)
            where !SeparatedByLists.Contains((stronger, weaker)) && !Examples.Any(e => e.Valid.Contains(stronger) && e.Invalid.Contains(weaker))
            select $"{stronger} does not imply {weaker}";
        Assert.Empty(missing);
    }

    private static string RepositoryRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "Checker.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    private sealed record Example(string File, IReadOnlyList<string> Valid, IReadOnlyList<string> Invalid, IReadOnlyList<string> Unknown);
}

using Xunit;

namespace Checker.Histories.Tests;

/// <summary>The files of tests/corpus, by their path inside it.</summary>
internal static class CorpusFiles
{
    public static string Root { get; } = Path.Combine(AppContext.BaseDirectory, "corpus");

    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => path.EndsWith(".jsonl", StringComparison.Ordinal) || path.EndsWith(".edn", StringComparison.Ordinal))
            .Where(path => !path.EndsWith("manifest.jsonl", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Histories { get; } = new(Names);

    public static string PathOf(string file) => Path.Combine(Root, file);
}

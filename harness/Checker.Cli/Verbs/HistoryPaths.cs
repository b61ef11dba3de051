using Checker.Cli.Conventions;
namespace Checker.Cli.Verbs;

/// <summary>Turns the files and directories of a command line into the histories to read.</summary>
internal static class HistoryPaths
{
    private static readonly string[] Extensions = [".jsonl", ".jsonl.gz", ".edn", ".edn.gz"];

    /// <summary>The histories, directories replaced by what lies below them in ordinal order; manifests are not histories.</summary>
    /// <exception cref="UsageException">A path does not exist, or a directory holds no history.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                var found = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsHistory).Order(StringComparer.Ordinal).ToList();
                if (found.Count == 0) throw new UsageException($"{path}: no history in this directory: expected files named *{string.Join(", *", Extensions)}");
                files.AddRange(found);
            }
            else if (File.Exists(path))
            {
                files.Add(path);
            }
            else
            {
                if (path.StartsWith('-')) throw new UsageException($"unknown option '{path}': see --help for those there are");
                throw new UsageException($"{path}: no such file or directory");
            }
        }

        return files;
    }

    private static bool IsHistory(string path) =>
        Path.GetFileName(path) != "manifest.jsonl" && Extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}

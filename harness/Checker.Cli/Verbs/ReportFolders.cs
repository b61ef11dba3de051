namespace Checker.Cli.Verbs;

/// <summary>Where the reports of several files go: into folders named after them, each of its own.</summary>
internal static class ReportFolders
{
    /// <summary>
    /// A folder below <paramref name="folder"/> for each file: its name, after its folder's where several have the same, and with a number where
    /// that is not enough.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(string folder, IReadOnlyList<string> files)
    {
        var folders = new Dictionary<string, string>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in files.Distinct())
        {
            var name = Path.GetFileName(file);
            var alone = files.Distinct().Count(other => string.Equals(Path.GetFileName(other), name, StringComparison.OrdinalIgnoreCase)) == 1;
            var wanted = alone ? name : $"{Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)))}-{name}";
            var free = wanted;
            for (var number = 2; !taken.Add(free); number++) free = $"{wanted}-{number}";
            folders[file] = Path.Combine(folder, free);
        }

        return folders;
    }
}

using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Checker.Architecture.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every project, by name.</summary>
    public static IReadOnlyDictionary<string, Project> Projects { get; } = Directory
        .EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
        .Select(path => new Project(path))
        .ToDictionary(project => project.Name);

    public static IEnumerable<string> SourcesOf(Project project) => Directory
        .EnumerateFiles(project.Folder, "*.cs", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(project.Folder, path).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "Checker.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

/// <summary>One project file.</summary>
internal sealed class Project(string path)
{
    private readonly XDocument _xml = XDocument.Load(path);

    public string Name { get; } = Path.GetFileNameWithoutExtension(path);

    public string Folder { get; } = Path.GetDirectoryName(path)!;

    public bool IsTest => Folder.StartsWith(Path.Combine(Repository.Root, "tests"), StringComparison.Ordinal);

    public IReadOnlyList<string> References =>
        [.. _xml.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))];

    public IEnumerable<XElement> Packages => _xml.Descendants("PackageReference");
}

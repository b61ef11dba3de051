using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Checker.Architecture.Tests;

/// <summary>A namespace is a folder, and namespaces form no cycle.</summary>
public partial class NamespaceTests
{
    public static TheoryData<string> ProductProjects => [.. Repository.Projects.Values.Where(p => !p.IsTest).Select(p => p.Name).Order()];

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void Every_namespace_is_its_folder(string name)
    {
        var project = Repository.Projects[name];
        foreach (var file in Repository.SourcesOf(project))
        {
            if (NamespaceDeclaration().Match(File.ReadAllText(file)) is not { Success: true } declared) continue;
            var folder = Path.GetRelativePath(project.Folder, Path.GetDirectoryName(file)!);
            var expected = folder == "." ? name : $"{name}.{folder.Replace(Path.DirectorySeparatorChar, '.')}";
            Assert.True(declared.Groups[1].Value == expected, $"{file} declares {declared.Groups[1].Value}, expected {expected}");
        }
    }

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void Namespaces_form_no_cycle(string name)
    {
        var assembly = Assembly.Load(name == "Checker.Cli" ? "checker" : name);
        var cycle = new NamespaceGraph(assembly).FindCycle();
        Assert.True(cycle.Count == 0, "cycle: " + string.Join(" → ", cycle));
    }

    [Fact]
    public void The_cycle_finder_finds_a_cycle() =>
        Assert.NotEmpty(NamespaceGraph.FindCycle(new Dictionary<string, HashSet<string>> { ["a"] = ["b"], ["b"] = ["c"], ["c"] = ["a"] }));

    [Fact]
    public void The_reader_of_code_sees_what_a_method_uses() =>
        Assert.Contains(typeof(Regex), NamespaceGraph.TypesUsedBy(typeof(NamespaceTests)));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();
}

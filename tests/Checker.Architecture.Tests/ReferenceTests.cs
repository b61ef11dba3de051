using System.Xml.Linq;
using Xunit;

namespace Checker.Architecture.Tests;

/// <summary>References run one way, and an oracle must not import what it judges.</summary>
public class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Checker.Histories"] = [],
        ["Checker.Checkers"] = ["Checker.Histories"],
        ["Checker.Targets"] = ["Checker.Histories"],
        ["Checker.Targets.Stores"] = ["Checker.Histories", "Checker.Targets"],
        ["Checker.Harness"] = ["Checker.Histories", "Checker.Checkers", "Checker.Targets"],
        ["Checker.Reports"] = ["Checker.Histories", "Checker.Checkers"],
        ["Checker.Cli"] =
            ["Checker.Histories", "Checker.Checkers", "Checker.Targets", "Checker.Targets.Stores", "Checker.Harness", "Checker.Reports"],
    };

    [Fact]
    public void Every_product_project_is_in_the_map() =>
        Assert.Equal(Allowed.Keys.Order(), Repository.Projects.Values.Where(p => !p.IsTest).Select(p => p.Name).Order());

    [Fact]
    public void References_run_one_way()
    {
        foreach (var (name, allowed) in Allowed)
        {
            Assert.Empty(Repository.Projects[name].References.Except(allowed));
        }
    }

    [Fact]
    public void No_product_project_references_a_test_project()
    {
        var tests = Repository.Projects.Values.Where(p => p.IsTest).Select(p => p.Name).ToHashSet();
        Assert.DoesNotContain(Repository.Projects.Values.Where(p => !p.IsTest).SelectMany(p => p.References), tests.Contains);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Checker.sln"));
        Assert.All(Repository.Projects.Values, p => Assert.Contains($"\"{p.Name}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void No_project_lies_inside_another_projects_folder()
    {
        var folders = Repository.Projects.Values.Select(p => p.Folder + Path.DirectorySeparatorChar).ToList();
        Assert.DoesNotContain(folders, inner => folders.Any(outer => outer != inner && inner.StartsWith(outer, StringComparison.Ordinal)));
    }

    [Fact]
    public void Package_versions_are_central() =>
        Assert.All(Repository.Projects.Values.SelectMany(p => p.Packages), package => Assert.Null(package.Attribute("Version")));

    [Fact]
    public void Pure_projects_are_under_the_ban_on_ambient_state()
    {
        var props = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props"));
        var condition = props.Descendants("AdditionalFiles").Single().Parent!.Attribute("Condition")!.Value;
        foreach (var name in new[] { "Checker.Histories", "Checker.Checkers", "Checker.Targets", "Checker.Targets.Stores" })
        {
            Assert.Contains($"'{name}'", condition, StringComparison.Ordinal);
        }
    }
}

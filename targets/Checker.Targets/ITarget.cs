using Checker.Histories;

namespace Checker.Targets;

/// <summary>What is tested: a bundled store, a store of the user's own, or an external system.</summary>
public interface ITarget
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>One line: what it is.</summary>
    string Summary { get; }

    /// <summary>A short text: the protocol, what it promises and why.</summary>
    string Protocol { get; }

    /// <summary>The data types it offers, the most natural first.</summary>
    IReadOnlyList<DataType> DataTypes { get; }

    /// <summary>Functions of its data types that it does not offer; workloads leave them out. None, unless the target says so.</summary>
    IReadOnlyList<Function> Unsupported => [];

    /// <summary>What can be configured.</summary>
    IReadOnlyList<Setting> Settings { get; }

    /// <summary>The bugs that can be planted.</summary>
    IReadOnlyList<PlantedBug> Bugs { get; }
}

/// <summary>One thing that can be configured on the command line (<c>--set name=value</c>).</summary>
/// <param name="Name">The name.</param>
/// <param name="Summary">One line.</param>
/// <param name="Default">The default, as text.</param>
/// <param name="Allowed">The allowed values; empty: any number.</param>
public sealed record Setting(string Name, string Summary, string Default, IReadOnlyList<string> Allowed);

/// <summary>A named switch that breaks a store in one real way (<c>--bug name</c>), so that a test can show that Checker finds it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Summary">One line: what the store does wrong.</param>
/// <param name="Breaks">The names of the consistency models that break.</param>
/// <param name="Nemesis">The faults under which it shows; empty: it shows without any.</param>
public sealed record PlantedBug(string Name, string Summary, IReadOnlyList<string> Breaks, IReadOnlyList<string> Nemesis);

/// <summary>How a target is to be set up.</summary>
/// <param name="Nodes">The number of nodes, at least 1.</param>
/// <param name="Settings">Values for <see cref="ITarget.Settings"/>, by name; absent: the default.</param>
/// <param name="Bugs">The names of the bugs to plant.</param>
public sealed record DeploymentOptions(int Nodes, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Bugs)
{
    /// <summary>That many nodes, everything at its default.</summary>
    public static DeploymentOptions Plain(int nodes) => new(nodes, new Dictionary<string, string>(), []);
}

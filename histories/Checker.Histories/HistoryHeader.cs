using Checker.Histories.Values;

namespace Checker.Histories;

/// <summary>What the first line of a history may say about the run. Everything is optional.</summary>
public sealed record HistoryHeader
{
    /// <summary>The version of the format that is written and read.</summary>
    public const int Version = 1;

    /// <summary>The names of the fields that have a member here, besides <c>history</c>; every other goes to <see cref="Other"/>.</summary>
    public static IReadOnlyList<string> FieldNames { get; } = ["type", "target", "workload", "seed", "nodes", "concurrency", "initial"];

    /// <summary>The name of the data type.</summary>
    public string? Type { get; init; }

    /// <summary>The target that was tested.</summary>
    public string? Target { get; init; }

    /// <summary>The workload that was run.</summary>
    public string? Workload { get; init; }

    /// <summary>The seed of the run.</summary>
    public long? Seed { get; init; }

    /// <summary>The names of the nodes.</summary>
    public IReadOnlyList<string>? Nodes { get; init; }

    /// <summary>The number of worker threads.</summary>
    public int? Concurrency { get; init; }

    /// <summary>The value of an object before the first write; null unless given.</summary>
    public Value Initial { get; init; }

    /// <summary>Further fields, kept as they are and written back.</summary>
    public IReadOnlyList<KeyValuePair<string, Value>> Other { get; init; } = [];
}

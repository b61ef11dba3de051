using Checker.Histories;

namespace Checker.Benchmarks.Types;

/// <summary>What is simulated: a data type, used in one of several ways.</summary>
/// <param name="Name">The name in the table; that of the data type for the plainest way.</param>
/// <param name="Type">The data type.</param>
/// <param name="Values">How many values are written to registers; 0: each of its own.</param>
internal sealed record TypedKind(string Name, DataType Type, int Values = 0)
{
    /// <summary>A set of a few elements that are added and removed again and again.</summary>
    public const string ReAdded = "set, re-added";

    /// <summary>The same, read whole as well.</summary>
    public const string ReadWhole = "set, re-added, read";

    /// <summary>A counter that grows by 1 to 4.</summary>
    public const string Deltas = "counter, deltas";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TypedKind> All { get; } =
    [
        .. new[]
        {
            DataTypes.Queue, DataTypes.Stack, DataTypes.PriorityQueue, DataTypes.UnorderedQueue, DataTypes.Set, DataTypes.Counter, DataTypes.PnCounter,
            DataTypes.Lock, DataTypes.Semaphore, DataTypes.Log, DataTypes.AppendList, DataTypes.UniqueIds, DataTypes.MultiRegister, DataTypes.Snapshot,
        }.Select(type => new TypedKind(type.Name, type)),
        new("multi-register, 5 values", DataTypes.MultiRegister, 5), new("multi-register, 20 values", DataTypes.MultiRegister, 20),
        new("snapshot, 5 values", DataTypes.Snapshot, 5), new("snapshot, 20 values", DataTypes.Snapshot, 20),
        new(ReAdded, DataTypes.Set), new(ReadWhole, DataTypes.Set), new(Deltas, DataTypes.Counter),
    ];
}

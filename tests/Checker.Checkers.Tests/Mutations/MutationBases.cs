using Checker.Benchmarks.Special;
using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Mutations;

/// <summary>Valid histories of thousands of operations, to be changed: of simulated objects, and of the reference model itself.</summary>
internal static class MutationBases
{
    private const int Processes = 3;
    private const int MostUnknown = 4; // the walk that judges them remembers whether each has happened

    // Types and values that no simulated object has.
    private static readonly string[] ModelledTypes =
    [
        "cas-register", "kv", "multi-register", "pn-counter", "queue", "unordered-queue", "stack", "priority-queue", "set", "lock", "semaphore", "snapshot",
    ];

    /// <summary>Their names: those of simulated objects, and of types with the values of the random histories.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. SimulatedObject.Kinds.Where(kind => kind != "lock with leases"), .. ModelledTypes.Select(name => $"{name}, random values"),
    ];

    /// <summary>A valid history.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="count">How many operations.</param>
    /// <param name="seed">The stream of chance.</param>
    public static SmallHistory Of(string name, int count, int seed)
    {
        // An acquire that may have happened may keep everybody else out for ever: locks would not get far.
        var unknown = seed % 3 == 0 && !name.StartsWith("lock", StringComparison.Ordinal) && !name.StartsWith("semaphore", StringComparison.Ordinal) ? 0.5 * MostUnknown / count : 0;
        if (name.Split(',') is [var type, _]) return Modelled(DataTypes.Find(type)!, count, unknown, new Random(seed));
        var large = new LargeHistory(name, count, Processes, unknown, seed, brief: true);
        var operations = new List<ReferenceOperation>(count);
        foreach (var o in large.Operations)
        {
            var info = o.Type == OperationType.Info;
            operations.Add(new(
                o.Function, o.Type, Value.Null, large.Values.Get(o.Input), o.Type == OperationType.Ok ? large.Values.Get(o.Output) : Value.Null,
                o.Process, o.Invoke, info ? History.Never : o.Return));
        }

        return Few(new SmallHistory(large.Build().Type!, Value.Null, observeFailedCas: false, operations));
    }

    // A lock that somebody else holds at first is not worth changing.
    private static SmallHistory Modelled(DataType type, int count, double unknown, Random random)
    {
        SmallHistory history;
        do history = Few(SmallHistory.Long(type, random, count, Processes, unknown, spoilRate: 0));
        while (history.Operations.Count(o => o.Type == OperationType.Ok) < history.Operations.Count / 4);
        return history;
    }

    // So many of unknown outcome that the walk stays small: what comes after too many is cut off.
    private static SmallHistory Few(SmallHistory history)
    {
        var (unknown, end) = (0, 0);
        while (end < history.Operations.Count && (history.Operations[end].Type != OperationType.Info || ++unknown <= MostUnknown)) end++;
        var kept = history.Operations.GetRange(0, end);
        return new(history.Type, history.Initial, history.ObserveFailedCas, Complete(kept, history.Operations, end));
    }

    // What was open at the cut and has been seen must not be missing: the cut is moved back to a moment when nothing was open.
    private static List<ReferenceOperation> Complete(List<ReferenceOperation> kept, List<ReferenceOperation> all, int end)
    {
        while (kept.Count > 0 && end < all.Count && kept.Exists(o => o.Return != History.Never && o.Return > all[kept.Count].Invoke)) kept.RemoveAt(kept.Count - 1);
        return kept;
    }
}

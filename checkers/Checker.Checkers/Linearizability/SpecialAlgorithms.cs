using Checker.Checkers.Linearizability.Special;
using Checker.Checkers.Linearizability.Special.Counters;
using Checker.Checkers.Linearizability.Special.Logs;
using Checker.Checkers.Linearizability.Special.Sets;
using Checker.Checkers.Linearizability.Special.Stacks;
using Checker.Checkers.Linearizability.Special.Versions;
using Checker.Histories;

namespace Checker.Checkers.Linearizability;

/// <summary>The special algorithms, in the order in which they are asked.</summary>
internal static class SpecialAlgorithms
{
    private static readonly ISpecialAlgorithm[] All =
    [
        new RegisterZones(), new UniqueQueue(), new UniqueBag(), new BagCounts(), new UniqueStack(), new EasyStack(), new RepeatedStack(),
        new UniquePriorityQueue(), new SetElements(), new GrowOnlySet(), new SetReads(), new UnitCounter(), new DeltaCounter(), new CounterBounds(),
        new SumCounter(), new UniqueAppendList(), new RepeatedAppendList(),
        new UniqueLog(), new DistinctIds(), new LockHolds(), new LockLeases(), new SemaphorePermits(), new RegistersTogether(),
    ];

    /// <summary>The algorithms worth asking for each object of a type.</summary>
    public static ISpecialAlgorithm[] For(DataType type, CheckOptions options) => [.. All.Where(a => a.Supports(type, options))];
}

using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>The special algorithms, in the order in which they are asked.</summary>
internal static class SpecialAlgorithms
{
    private static readonly ISpecialAlgorithm[] All =
    [
        new RegisterZones(), new UniqueQueue(), new UniqueBag(), new BagCounts(), new UniqueStack(), new UniquePriorityQueue(), new UniqueSet(), new GrowOnlySet(), new UnitCounter(),
        new UniqueAppendList(), new UniqueLog(), new DistinctIds(), new LockHolds(), new LockLeases(),
    ];

    /// <summary>The algorithms worth asking for each object of a type.</summary>
    public static ISpecialAlgorithm[] For(DataType type, CheckOptions options) => [.. All.Where(a => a.Supports(type, options))];
}

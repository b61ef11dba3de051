namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// A set of slots of a fixed size, as bits. Searches take the smallest one that holds all operations open at once as a generic parameter, so that
/// with few processes a set is one machine word.
/// </summary>
/// <typeparam name="TSelf">The set itself.</typeparam>
internal interface ISlotMask<TSelf>
    where TSelf : struct, ISlotMask<TSelf>
{
    /// <summary>How many slots it can hold.</summary>
    static abstract int Capacity { get; }

    /// <summary>The set of one slot.</summary>
    static abstract TSelf Of(int slot);

    /// <summary>The slots of either.</summary>
    static abstract TSelf operator |(TSelf left, TSelf right);

    /// <summary>The slots of both.</summary>
    static abstract TSelf operator &(TSelf left, TSelf right);

    /// <summary>The slots of the first that are not in the second.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Whether there is none.</summary>
    bool IsEmpty { get; }

    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>The lowest slot; there must be one.</summary>
    int Lowest { get; }

    /// <summary>A mixture of all bits.</summary>
    ulong Hash { get; }

    /// <summary>Whether the sets are the same.</summary>
    bool Is(TSelf other);
}

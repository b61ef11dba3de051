namespace Checker.Checkers.KAtomicity;

/// <summary>
/// A write with the reads of its value, as k-atomicity sees them: by three positions. The initial value counts as a write that ended
/// before everything.
/// </summary>
internal struct Cluster
{
    /// <summary>No cluster, no operation.</summary>
    public const int None = -1;

    /// <summary>The write; <see cref="None"/> for the initial value.</summary>
    public int Write;

    /// <summary>The position at which the write began.</summary>
    public int Begin;

    /// <summary>The first end among the write and its reads: by then the write had happened.</summary>
    public int End;

    /// <summary>The position at which the last of its reads began; −1 if there is none.</summary>
    public int LastRead;

    /// <summary>The operation that ended first.</summary>
    public int Earliest;

    /// <summary>The read that began last, or <see cref="None"/>.</summary>
    public int Latest;

    /// <summary>If the write is a compare-and-set: the cluster whose value it replaced.</summary>
    public int Previous;

    /// <summary>The cluster of the compare-and-set that replaced this value.</summary>
    public int Next;
}

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// How far a register has come by one path: what it holds and what is left to do. The counts of unfinished operations that took effect stand
/// beside it, in <see cref="RegisterConfigurations{TMask}.Counts"/>.
/// </summary>
/// <typeparam name="TMask">The set of slots.</typeparam>
internal struct RegisterConfiguration<TMask>
    where TMask : struct, ISlotMask<TMask>
{
    /// <summary>The slots of finished operations that must still be placed: unsettled reads and misses, writes and compare-and-sets.</summary>
    public TMask Due;

    /// <summary>The slots of finished writes that may still take effect but need not.</summary>
    public TMask Optional;

    /// <summary>A mixture of the counts.</summary>
    public ulong CountsHash;

    /// <summary>The number of the value held.</summary>
    public int Value;

    /// <summary>How many unfinished operations took effect.</summary>
    public int Spent;

    /// <summary>The last move that led here; not part of its identity.</summary>
    public int Trace;
}

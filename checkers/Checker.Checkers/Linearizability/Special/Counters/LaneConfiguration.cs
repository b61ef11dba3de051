namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>One way in which a counter may stand at a moment. Masks are by slot of a <see cref="LaneMoment"/>.</summary>
internal struct LaneConfiguration
{
    /// <summary>The value.</summary>
    public long Value;

    /// <summary>What all changes upwards have come to.</summary>
    public long Rises;

    /// <summary>The open changes that have taken effect.</summary>
    public ulong Changed;

    /// <summary>The open reads that have found their value.</summary>
    public ulong Read;

    /// <summary>By kind, 16 bits each, how many changes of unknown outcome have taken effect: those that began first.</summary>
    public UInt128 Used;

    /// <summary>What was placed last, in the log; −1 for nothing.</summary>
    public int Link;

    /// <summary>Whether this one has everything that another one of the same value has, and at least as much left.</summary>
    public readonly bool IsAtLeast(in LaneConfiguration other) =>
        (other.Read & ~Read) == 0 && (Changed & ~other.Changed) == 0 && (Used == other.Used || UsesNoMore(other));

    /// <summary>How many changes of a kind and of unknown outcome have taken effect.</summary>
    public readonly int UsedOf(int kind) => (ushort)(Used >> (16 * kind));

    private readonly bool UsesNoMore(in LaneConfiguration other)
    {
        for (var kind = 0; kind < LaneMoment.MostUnknownKinds; kind++)
        {
            if (UsedOf(kind) > other.UsedOf(kind)) return false;
        }

        return true;
    }
}

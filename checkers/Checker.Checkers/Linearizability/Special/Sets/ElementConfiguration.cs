namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>One way in which things may stand with an element of a set, as far as what is open now is concerned. Masks are by slot.</summary>
internal struct ElementConfiguration
{
    /// <summary>The open operations that have not found what they need since they began, those of <see cref="Owed"/> apart.</summary>
    public UInt128 Pending;

    /// <summary>The open operations that must find the opposite and have not done so: a debt, and a change at hand as well.</summary>
    public UInt128 Owed;

    /// <summary>The open operations without condition that have brought about a change, and cannot do so again.</summary>
    public UInt128 Used;

    /// <summary>How many removes of unknown outcome have brought about a change: those invoked first.</summary>
    public int Removes;

    /// <summary>How many adds of unknown outcome have brought about a change: those invoked first.</summary>
    public int Adds;

    /// <summary>The last change, in the log; −1 for none.</summary>
    public int Last;

    /// <summary>Whether the element is there.</summary>
    public bool Present;

    /// <summary>Whether whatever this one can explain from here on, the other can explain as well.</summary>
    public readonly bool IsCoveredBy(in ElementConfiguration other) =>
        other.Present == Present && other.Owed == Owed && (other.Pending & ~Pending) == 0 && (other.Used & ~Used) == 0 && other.Removes <= Removes && other.Adds <= Adds;
}

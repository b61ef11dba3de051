namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>How an element of a set was used, and how things stand with it.</summary>
[Flags]
internal enum ElementUses
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It was added.</summary>
    Added = 1,

    /// <summary>It was removed.</summary>
    Removed = 2,

    /// <summary>It was there at first, added twice, or removed twice.</summary>
    Repeated = 4,

    /// <summary>An add says that it was there already.</summary>
    AddFoundIt = 8,

    /// <summary>A remove says that it was there.</summary>
    RemoveFoundIt = 16,

    /// <summary>A remove says that it was not there.</summary>
    RemoveMissedIt = 32,

    /// <summary>Some row began before an earlier one had ended.</summary>
    Overlaps = 64,

    /// <summary>Until rows began to overlap, it was there after the last one.</summary>
    Present = 128,

    /// <summary>Until rows began to overlap, the last one found what the one before it had not left.</summary>
    Doubted = 256,

    /// <summary>The same of an earlier one, with which no other row overlaps.</summary>
    Wrong = 512,
}

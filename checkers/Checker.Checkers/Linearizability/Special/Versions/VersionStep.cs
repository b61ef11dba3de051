namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>Why one operation must come before another.</summary>
internal enum VersionStepKind : byte
{
    /// <summary>It ended before the other began.</summary>
    RealTime,

    /// <summary>It wrote what the other found.</summary>
    ReadsFrom,

    /// <summary>It wrote the register before a reader that found what the other wrote.</summary>
    Older,

    /// <summary>It found what was there before the other wrote the register.</summary>
    Newer,
}

/// <summary>One operation must come before another.</summary>
/// <param name="From">The earlier one.</param>
/// <param name="To">The later one.</param>
/// <param name="Kind">Why.</param>
/// <param name="Found">The version that a read found; −1 in real time.</param>
/// <param name="Other">The version of the same register that was written before or after it; −1 if there is none.</param>
/// <param name="Reader">Who found it; −1 in real time.</param>
/// <param name="Round">How many steps that were concluded before it rests on, one after another.</param>
internal readonly record struct VersionStep(int From, int To, VersionStepKind Kind, int Found, int Other, int Reader, int Round);

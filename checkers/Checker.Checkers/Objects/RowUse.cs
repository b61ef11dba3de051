namespace Checker.Checkers.Objects;

/// <summary>What part a row plays in an order that is looked for.</summary>
internal enum RowUse : byte
{
    /// <summary>None.</summary>
    Absent,

    /// <summary>It must occur, with the result it had.</summary>
    Shown,

    /// <summary>It must occur; its result is not looked at.</summary>
    Hidden,

    /// <summary>It may occur; its result is not looked at.</summary>
    Optional,
}

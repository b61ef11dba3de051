namespace Checker.Histories;

/// <summary>What an event says. The zero value is the safe one: unknown.</summary>
public enum EventType : byte
{
    /// <summary>The outcome is unknown: the operation may take effect at any later time, or never. Also every event of the nemesis.</summary>
    Info,

    /// <summary>An operation begins.</summary>
    Invoke,

    /// <summary>The operation happened, with this result.</summary>
    Ok,

    /// <summary>The operation certainly did not happen.</summary>
    Fail,
}

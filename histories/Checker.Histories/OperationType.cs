namespace Checker.Histories;

/// <summary>How an operation ended. The zero value is the safe one: unknown.</summary>
public enum OperationType : byte
{
    /// <summary>Unknown: it may have taken effect at any time after its invocation, or never.</summary>
    Info,

    /// <summary>It happened, with this result.</summary>
    Ok,

    /// <summary>It certainly did not happen.</summary>
    Fail,
}

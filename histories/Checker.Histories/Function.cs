namespace Checker.Histories;

/// <summary>
/// What an operation does: the <c>f</c> of an event. The named ones are the vocabulary of the bundled data types; a data type of the user's own
/// may add names, which get the codes from <see cref="FirstCustom"/> on, in the order given.
/// </summary>
public enum Function : byte
{
#pragma warning disable CS1591 // the names say it; DataTypes says what each means to whom
    Read,
    Write,
    Cas,
    Append,
    Delete,
    Add,
    Remove,
    Contains,
    Increment,
    Decrement,
    Enqueue,
    Dequeue,
    Push,
    Pop,
    Peek,
    Insert,
    ExtractMax,
    Acquire,
    Release,
    Generate,
    FetchAndAdd,
    Send,
    Poll,
    Transaction,
    Snapshot,
#pragma warning restore CS1591

    /// <summary>The code of the first function that only the user's data type knows.</summary>
    FirstCustom = 64,
}

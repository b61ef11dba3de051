namespace Checker.Histories.Formats;

/// <summary>
/// Whether the values of an EDN history are <c>[key value]</c> tuples, one independent object for each key. Jepsen writes such a tuple like
/// any other vector of two, so a reader has to decide.
/// </summary>
public enum IndependentKeys
{
    /// <summary>
    /// They are if every client invocation has a tuple <c>[k v]</c> as its value, where k is a number, a string, a keyword or a boolean, v
    /// is a vector of two for <c>cas</c>, a vector of vectors for <c>txn</c> and nil for <c>read</c>, and there is at least one
    /// <c>read</c>, <c>cas</c> or <c>txn</c>;
    /// or if a value is tagged as a tuple. The answer is among the warnings.
    /// </summary>
    Auto,

    /// <summary>They are; a client's value that is not a vector of two is an error.</summary>
    Yes,

    /// <summary>They are not.</summary>
    No,
}

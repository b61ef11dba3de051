namespace Checker.Checkers.Linearizability.Special;

/// <summary>Which rule of a register with unique writes is broken.</summary>
internal enum RegisterRule : byte
{
    /// <summary>None.</summary>
    None,

    /// <summary>The value was observed, and nobody wrote it.</summary>
    Phantom,

    /// <summary>Two compare-and-sets from the value both took effect: the writers of the two values.</summary>
    TwoSwaps,

    /// <summary>A read of the value, or its writer, returned before something that the chain puts before it was invoked.</summary>
    LateReader,

    /// <summary>The writer of the value returned before something that the chain puts before it was invoked.</summary>
    LateWriter,

    /// <summary>The compare-and-sets feed each other in a cycle that contains the value.</summary>
    Cycle,

    /// <summary>
    /// Two blocks, named by the first value of each: each has an operation that returned before one of the other was invoked.
    /// </summary>
    Overlap,
}

/// <summary>What is wrong with a register: a rule and the numbers of the one or two values involved.</summary>
internal readonly record struct RegisterConflict(RegisterRule Rule, int First, int Second = RegisterValue.None);

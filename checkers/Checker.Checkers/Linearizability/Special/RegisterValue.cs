namespace Checker.Checkers.Linearizability.Special;

/// <summary>What is known of one value of a register: who wrote it, and the extremes of the reads that saw it. 40 bytes.</summary>
internal struct RegisterValue
{
    /// <summary>No value, no row.</summary>
    public const int None = -1;

    private const int ObservedFlag = 1;
    private const int RepeatedFlag = 2;
    private int _countAndFlags; // reads × 4 + flags

    /// <summary>The bits of the value's id.</summary>
    public long Bits;

    /// <summary>The row that wrote it; <see cref="None"/> for the initial value and for values that nobody wrote.</summary>
    public int Writer;

    /// <summary>The position of the writer's invocation; −1 for the initial value.</summary>
    public int WriterInvoke;

    /// <summary>The position of the writer's return; −1 for the initial value.</summary>
    public int WriterReturn;

    /// <summary>If a compare-and-set wrote it: the number of the value that it replaced.</summary>
    public int Previous;

    /// <summary>The number of the value that a compare-and-set from this one wrote.</summary>
    public int Next;

    /// <summary>
    /// The earliest return of a read; <see cref="int.MaxValue"/> if there is none. Once a block is walked, its first value holds here the
    /// earliest return of the whole block.
    /// </summary>
    public int MinReturn;

    /// <summary>
    /// The latest invocation of a read; −1 if there is none. Once a block is walked, its first value holds here that of the whole block.
    /// </summary>
    public int MaxInvoke;

    public RegisterValue(long bits)
    {
        Bits = bits;
        Writer = None;
        WriterInvoke = -1;
        WriterReturn = -1;
        Previous = None;
        Next = None;
        MinReturn = int.MaxValue;
        MaxInvoke = -1;
    }

    /// <summary>How many reads saw it.</summary>
    public readonly int Reads => _countAndFlags >> 2;

    /// <summary>Whether some operation that certainly happened needs it to have been written.</summary>
    public readonly bool IsObserved => (_countAndFlags & ObservedFlag) != 0;

    /// <summary>Whether it was written more than once, or is the initial value and was written again.</summary>
    public readonly bool IsRepeated => (_countAndFlags & RepeatedFlag) != 0;

    /// <summary>Whether it was written by a compare-and-set.</summary>
    public readonly bool IsSwapped => Previous >= 0;

    /// <summary>Whether its writer is known to have happened, or has to have happened.</summary>
    public readonly bool IsKept => Writer >= 0 && (WriterReturn != int.MaxValue || IsObserved);

    public void AddRead(int invoke, int ret)
    {
        if (ret < MinReturn) MinReturn = ret;
        MaxInvoke = invoke; // rows come in the order of invocation
        _countAndFlags = (_countAndFlags + 4) | ObservedFlag;
    }

    public void Observe() => _countAndFlags |= ObservedFlag;

    public void Repeat() => _countAndFlags |= RepeatedFlag;
}

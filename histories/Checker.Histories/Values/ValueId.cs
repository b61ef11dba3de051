namespace Checker.Histories.Values;

/// <summary>
/// A value inside one <see cref="ValueTable"/>, in 8 bytes. Two ids of the same table are equal iff their values are: checkers compare ids
/// and never look inside. Null, booleans and integers of up to 61 bits are encoded in the id itself; everything else is interned.
/// The default is null.
/// </summary>
/// <param name="Bits">The encoding: the tag in the low three bits, the payload above them.</param>
public readonly record struct ValueId(long Bits)
{
    internal const int TagBits = 3;
    internal const long TagMask = (1 << TagBits) - 1;
    internal const long NullTag = 0;
    internal const long BooleanTag = 1;
    internal const long IntegerTag = 2;
    internal const long InternedTag = 3;

    /// <summary>The null value.</summary>
    public static ValueId Null => default;

    /// <summary>Whether the value is null.</summary>
    public bool IsNull => Bits == 0;

    /// <summary>Whether the value is an integer that lies in the id itself (all of at most 61 bits do).</summary>
    public bool IsInlineInteger => (Bits & TagMask) == IntegerTag;

    /// <summary>The integer in the id. Meaningful only if <see cref="IsInlineInteger"/>.</summary>
    public long InlineInteger => Bits >> TagBits;

    /// <summary>A boolean.</summary>
    public static ValueId Boolean(bool value) => new((value ? 1L << TagBits : 0) | BooleanTag);

    internal bool IsInterned => (Bits & TagMask) == InternedTag;

    internal int Index => (int)(Bits >> TagBits);

    internal static bool FitsInline(long value) => (value << TagBits) >> TagBits == value;

    internal static ValueId Inline(long value) => new((value << TagBits) | IntegerTag);

    internal static ValueId Interned(int index) => new(((long)index << TagBits) | InternedTag);
}

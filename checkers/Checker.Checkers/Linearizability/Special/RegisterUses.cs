using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Checkers.Specs;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// What operations on several registers find and leave in each of them. A value of a register is a number, its <em>content</em>; content r, for each register
/// r, is what the register held at first. Columns, no object for an operation. O(what is found and left).
/// </summary>
internal sealed class RegisterUses
{
    private const long MostUses = 1L << 26;

    private readonly RegisterContents _contents;
    private readonly Dictionary<(int Register, ValueId Value), int> _passing;

    /// <summary>Takes over what was read.</summary>
    /// <param name="reader">What the rows find and leave.</param>
    /// <param name="found">The contents that each row found.</param>
    /// <param name="left">The contents that each row left.</param>
    private RegisterUses(RegisterUseReader reader, Lists found, Lists left)
    {
        (Found, Left) = (found, left);
        (Registers, Count, Contradiction) = (reader.Registers, reader.Count, reader.Contradiction);
        (_contents, _passing) = (reader.Contents, reader.Passing);
    }

    private RegisterUses(RegisterUses whole, Lists found, Lists left)
    {
        (Found, Left) = (found, left);
        (Registers, Count, Contradiction) = (whole.Registers, whole.Count, -1);
        (_contents, _passing) = (whole._contents, []);
    }

    /// <summary>The registers' names and first values.</summary>
    public Specs.Registers Registers { get; }

    /// <summary>How many registers there are.</summary>
    public int Count { get; }

    /// <summary>How many contents there are.</summary>
    public int Contents => Count + _contents.Count;

    /// <summary>For each row the contents that it found, at most one of each register: before it left something there itself.</summary>
    public Lists Found { get; }

    /// <summary>For each row the contents that it left, at most one of each register.</summary>
    public Lists Left { get; }

    /// <summary>A row that found what it had just written, or found before, to be something else; −1 if there is none.</summary>
    public int Contradiction { get; }

    /// <summary>
    /// A row that wrote a value to a register and something else right behind it, so that nobody else can have found the value; −1 if there is none.
    /// </summary>
    public int InPassing(int content) => _passing.GetValueOrDefault((RegisterOf(content), ValueOf(content)), -1);

    /// <summary>The register of a content.</summary>
    public int RegisterOf(int content) => content < Count ? content : _contents.RegisterOf(content - Count);

    /// <summary>The value of a content.</summary>
    public ValueId ValueOf(int content) => content < Count ? Registers.Read(PersistentMap.Empty, content) : _contents.ValueOf(content - Count);

    /// <summary>What a row found in a register; −1 if it does not say.</summary>
    public int FoundIn(int row, int register) => In(Found[row], register);

    /// <summary>What a row left in a register; −1 if it left what was there.</summary>
    public int LeftIn(int row, int register) => In(Left[row], register);

    /// <summary>Reads the rows.</summary>
    /// <param name="history">The object.</param>
    /// <param name="reason">If that cannot be done: why.</param>
    public static RegisterUses? Of(in KeyHistory history, out string reason)
    {
        reason = "too many reads";
        var most = RegisterUseReader.MostUsesOf(history);
        if (most > MostUses) return null;
        var reader = new RegisterUseReader(history, (int)most);
        reason = "an operation without form";
        if (!reader.Read()) return null;
        reason = "too many reads";
        return reader.Found(MostUses) is { } found ? new RegisterUses(reader, found, reader.Left) : null;
    }

    /// <summary>The same registers and contents with other rows.</summary>
    /// <param name="found">What each of them found.</param>
    /// <param name="left">What each of them left.</param>
    public RegisterUses Only(Lists found, Lists left) => new(this, found, left);

    private int In(ReadOnlySpan<int> contents, int register)
    {
        foreach (var content in contents)
        {
            if (RegisterOf(content) == register) return content;
        }

        return -1;
    }
}

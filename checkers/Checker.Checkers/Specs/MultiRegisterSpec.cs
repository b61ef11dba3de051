using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>
/// Registers read and written together: <c>txn [["read",k,v],["write",k,v],…]</c> (also <c>r</c> and <c>w</c>), executed in the order
/// given, at one moment. What reads
/// returned stands in the result; where there is none, nothing was read. The initial value is a map from registers to values, or one value
/// for all of them.
/// </summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The values at first.</param>
public readonly struct MultiRegisterSpec(ValueTable values, ValueId initial) : ISequentialSpec<int>
{
    private readonly Registers _registers = new(values, initial);

    /// <inheritdoc/>
    public int Initial => PersistentMap.Empty;

    /// <inheritdoc/>
    public bool HasCommuting => true;

    /// <inheritdoc/>
    public long Bytes => _registers.Bytes;

    /// <inheritdoc/>
    public void Step(int state, in SpecOperation operation, NextStates<int> next)
    {
        foreach (var micro in values.Items(Micros(operation)))
        {
            var items = values.Items(micro);
            var register = _registers.IndexOf(items[1]);
            if (IsWrite(items[0])) state = _registers.Write(state, register, items[2]);
            else if (!operation.IsInfo && _registers.Read(state, register) != items[2]) return;
        }

        next.Add(state);
    }

    /// <inheritdoc/>
    public bool IsReadOnly(in SpecOperation operation)
    {
        foreach (var micro in values.Items(Micros(operation)))
        {
            if (IsWrite(values.Items(micro)[0])) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Commutes(in SpecOperation first, in SpecOperation second)
    {
        foreach (var a in values.Items(Micros(first)))
        {
            foreach (var b in values.Items(Micros(second)))
            {
                var x = values.Items(a);
                var y = values.Items(b);
                if ((IsWrite(x[0]) || IsWrite(y[0])) && _registers.IndexOf(x[1]) == _registers.IndexOf(y[1])) return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public string? Malformed(in SpecOperation operation)
    {
        const string Expected = "a list of [\"read\",k,v] and [\"write\",k,v]";
        var micros = Micros(operation);
        if (values.Kind(micros) != ValueKind.List) return Malformations.Input(values, operation, Expected);
        foreach (var micro in values.Items(micros))
        {
            if (values.Kind(micro) != ValueKind.List || values.Items(micro) is not [var name, _, _])
                return Malformations.Input(values, operation, Expected);
            if (!IsWrite(name) && !Is(name, "read"u8) && !Is(name, "r"u8)) return Malformations.Input(values, operation, Expected);
        }

        return null;
    }

    /// <inheritdoc/>
    public string Describe(int state) => _registers.Describe(state);

    /// <summary>Whether a micro-operation of this name writes; null if there is none of this name.</summary>
    internal static bool? IsWriteName(ValueTable values, ValueId name)
    {
        if (values.Kind(name) != ValueKind.String) return null;
        var text = values.Utf8(name);
        if (text.SequenceEqual("write"u8) || text.SequenceEqual("w"u8)) return true;
        return text.SequenceEqual("read"u8) || text.SequenceEqual("r"u8) ? false : null;
    }

    private static ValueId Micros(in SpecOperation operation) =>
        operation.Type == OperationType.Ok && !operation.Output.IsNull ? operation.Output : operation.Input;

    private bool IsWrite(ValueId name) => Is(name, "write"u8) || Is(name, "w"u8);

    private bool Is(ValueId name, ReadOnlySpan<byte> text) =>
        values.Kind(name) == ValueKind.String && values.Utf8(name).SequenceEqual(text);
}

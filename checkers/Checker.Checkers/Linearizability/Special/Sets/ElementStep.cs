using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>What an operation means to one element of a set.</summary>
internal enum ElementRole : byte
{
    /// <summary>It needs the element there, or not there, and changes nothing.</summary>
    Look,

    /// <summary>It leaves the element there, or not there, whatever was before.</summary>
    Free,

    /// <summary>It must find the opposite of what it leaves: it said that it changed the set.</summary>
    Change,
}

/// <summary>What one operation does with its element.</summary>
/// <param name="Role">How.</param>
/// <param name="Present">Whether the element is there when it is done.</param>
internal readonly record struct ElementStep(ElementRole Role, bool Present)
{
    /// <summary>The step in one byte.</summary>
    public byte Code => (byte)(((int)Role << 1) | (Present ? 1 : 0));

    /// <summary>The step of a byte.</summary>
    public static ElementStep Of(byte code) => new((ElementRole)(code >> 1), (code & 1) != 0);

    /// <summary>What a row that is no whole read does; null if its result has no form.</summary>
    public static ElementStep? Of(in KeyHistory history, int row) =>
        Of(history.History.Values, history.Functions[row], history.Types[row], history.Inputs[row], history.Outputs[row]);

    /// <summary>What a row that is no whole read does; null if its result has no form.</summary>
    public static ElementStep? Of(ValueTable values, Function function, OperationType type, ValueId input, ValueId output)
    {
        if (function == Function.Contains) return Says(values, output) is { } found ? new(ElementRole.Look, found) : null;
        if (function is not (Function.Add or Function.Remove)) return null;
        var adds = function == Function.Add;
        if (type != OperationType.Ok || output == input) return new(ElementRole.Free, adds);
        return Boolean(output) switch
        {
            true => new(ElementRole.Change, adds),
            false => new(ElementRole.Look, adds),
            null => new(ElementRole.Free, adds),
        };
    }

    private static bool? Says(ValueTable values, ValueId output) =>
        Boolean(values.TryGetList(output, out var items) && items is [_, var found] ? found : output);

    private static bool? Boolean(ValueId value) =>
        value == ValueId.Boolean(true) ? true : value == ValueId.Boolean(false) ? false : null;
}

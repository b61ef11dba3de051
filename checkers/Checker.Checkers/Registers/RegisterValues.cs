using System.Globalization;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Registers;

/// <summary>What the operations of a history of registers read and write, by their numbers in the history.</summary>
/// <param name="history">The history; its operations are those that <see cref="Refuse"/> accepts.</param>
/// <param name="initial">The value of a key before the first write.</param>
internal sealed class RegisterValues(History history, ValueId initial)
{
    /// <summary>The value of a key before the first write.</summary>
    public ValueId Initial { get; } = initial;

    /// <summary>Why an operation is not one of a register; null if it is.</summary>
    public string? Refuse(int op)
    {
        var function = history.Functions[op];
        if (function is not (Function.Read or Function.Write or Function.Cas or Function.Delete))
        {
            return $"{FunctionNames.Of(function, history.Type)} of {Where(op)} is neither a read, a write, a delete nor a cas: reads " +
                $"cannot be traced to it";
        }

        return function == Function.Cas && !IsPair(history.Input[op])
            ? $"the cas of {Where(op)} has the argument {Text(history.Input[op])}: expected [old,new]"
            : null;
    }

    public bool Reads(int op) => history.Functions[op] is Function.Read or Function.Cas;

    public bool Writes(int op) => history.Functions[op] != Function.Read;

    /// <summary>The value that an operation finds.</summary>
    public ValueId Read(int op) => history.Functions[op] == Function.Cas ? history.Values.Items(history.Input[op])[0] : history.Output[op];

    /// <summary>The value that an operation leaves.</summary>
    public ValueId Written(int op) => history.Functions[op] switch
    {
        Function.Cas => history.Values.Items(history.Input[op])[1],
        Function.Delete => ValueId.Null,
        _ => history.Input[op],
    };

    public string Text(ValueId value) => history.Values.Text(value);

    public string KeyText(int key) => history.KeyName(key).IsNull ? "the register" : $"key {history.KeyName(key)}";

    public string Where(int op) => string.Create(CultureInfo.InvariantCulture, $"line {history.Line(history.Invoke[op])}");

    private bool IsPair(ValueId value) => history.Values.Kind(value) == ValueKind.List && history.Values.Items(value).Length == 2;
}

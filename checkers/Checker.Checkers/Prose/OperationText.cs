using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Prose;

/// <summary>Operations in words: who, what, when, and on which line of the file.</summary>
internal sealed class OperationText(History history, DataType type)
{
    /// <summary>"process 3 read 5 at [120 ms, 130 ms] (line 17)".</summary>
    public string Full(int operation) =>
        $"process {history.Process[operation]} {Did(operation)} at {When(operation)} (line {Line(operation)})";

    /// <summary>"read 5 by process 3 (line 17)".</summary>
    public string Short(int operation) => $"{What(operation)} by process {history.Process[operation]} (line {Line(operation)})";

    /// <summary>The line of the invocation.</summary>
    public int Line(int operation) => history.Line(history.Invoke[operation]);

    /// <summary>The moment of the invocation: "120 ms" or "event 3".</summary>
    public string Began(int operation) => Moment.Text(history, history.InvokeTime[operation], history.Invoke[operation]);

    /// <summary>The moment of the return.</summary>
    public string Ended(int operation) => history.Types[operation] == OperationType.Info
        ? "an unknown moment"
        : Moment.Text(history, history.CompleteTime[operation], history.Complete[operation]);

    /// <summary>A value as text.</summary>
    public string Text(ValueId value) => ValueText.Of(history.Values, value);

    private string When(int operation)
    {
        var ended = history.Types[operation] == OperationType.Info ? "outcome unknown" : Ended(operation);
        return $"[{Began(operation)}, {ended}]";
    }

    private string Did(int operation)
    {
        var input = Text(history.Input[operation]);
        var output = Text(history.Output[operation]);
        return (history.Functions[operation], history.Types[operation]) switch
        {
            (Function.Read, OperationType.Ok) => $"read {output}",
            (Function.Write, OperationType.Ok) => $"wrote {input}",
            (Function.Write, OperationType.Info) => $"may have written {input}",
            (Function.Cas, OperationType.Fail) => $"failed to cas {input}",
            _ => What(operation),
        };
    }

    private string What(int operation)
    {
        var name = FunctionNames.Of(history.Functions[operation], type);
        var input = history.Input[operation];
        var output = history.Types[operation] == OperationType.Ok ? history.Output[operation] : ValueId.Null;
        var done = input.IsNull ? name : $"{name} {Text(input)}";
        if (history.Functions[operation] == Function.Read)
            return history.Types[operation] == OperationType.Ok ? $"read {Text(output)}" : "read";
        if (history.Types[operation] == OperationType.Fail) return $"{done} (failed)";
        if (history.Types[operation] == OperationType.Info) return $"{done} (outcome unknown)";
        var answers = !output.IsNull ||
            history.Functions[operation] is Function.Dequeue or Function.Pop or Function.Peek or Function.ExtractMax;
        return answers && output != input ? $"{done} → {Text(output)}" : done;
    }
}

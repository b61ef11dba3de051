using System.Globalization;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Reports.Pages;

/// <summary>Puts an operation into a few words, as the timeline's labels do.</summary>
/// <param name="history">The history.</param>
/// <param name="type">Its data type.</param>
internal sealed class OperationText(History history, DataType type)
{
    /// <summary>Such as <c>write 5</c>, <c>read → 5</c>, <c>cas [1,2]</c>; with the key where there are several.</summary>
    public string Short(int op, int limit = 60)
    {
        var name = FunctionNames.Of(history.Functions[op], type);
        var key = history.KeyName(history.Key[op]);
        var prefix = key.IsNull ? "" : (key.Kind == ValueKind.String ? key.AsString() : key.ToString()) + ": ";
        var (input, output) = (history.Input[op], history.Output[op]);
        var text = prefix + name;
        if (!input.IsNull && !(history.Types[op] == OperationType.Ok && IsResult(op))) text += " " + history.Values.Text(input);
        if (history.Types[op] == OperationType.Ok && (IsResult(op) || output != input)) text += " → " + history.Values.Text(output);
        return DisplayText.Of(text, limit);
    }

    /// <summary>Such as <c>12 ms – 15 ms</c>.</summary>
    public string Times(int op)
    {
        var start = history.InvokeTime[op];
        var end = history.CompleteTime[op];
        if (start < 0) return string.Create(CultureInfo.InvariantCulture, $"event {history.Invoke[op]}");
        return end < 0 ? $"{Milliseconds(start)} – …" : $"{Milliseconds(start)} – {Milliseconds(end)}";
    }

    private static string Milliseconds(long time) => (time / 1e6).ToString("#,0.0##", CultureInfo.InvariantCulture) + " ms";

    // Whether the completion's value is what came back, whatever the invocation's is.
    private bool IsResult(int op) =>
        history.Functions[op] is Function.Read or Function.Dequeue or Function.Pop or Function.Peek or Function.ExtractMax or Function.Generate
            or Function.Poll or Function.Transaction or Function.Snapshot;
}

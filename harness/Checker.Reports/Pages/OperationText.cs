using System.Globalization;
using Checker.Histories;
using Checker.Histories.Values;
using Checker.Histories.Words;

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
        if (!input.IsNull && !(history.Types[op] == OperationType.Ok && IsResult(op))) text += " " + Whole(input);
        if (history.Types[op] == OperationType.Ok && (IsResult(op) || output != input)) text += " → " + Whole(output);
        return DisplayText.Of(text, limit);
    }

    // Cut only once, by DisplayText, which says how long it was.
    private string Whole(ValueId value) => history.Values.Get(value).ToString();

    /// <summary>The word for an outcome.</summary>
    public static string Outcome(OperationType type) => type switch
    {
        OperationType.Ok => "ok",
        OperationType.Fail => "fail",
        _ => "info",
    };

    /// <summary>Such as <c>12.000 – 15.250 ms</c>.</summary>
    public string Times(int op)
    {
        var (start, end) = (history.InvokeTime[op], history.CompleteTime[op]);
        if (start < 0) return string.Create(CultureInfo.InvariantCulture, $"event {history.Invoke[op]}");
        if (end < 0) return $"{Time(start, 0)} – never completed";
        return TimeText.Range(start, end);
    }

    /// <summary>A time, or the position where there is none.</summary>
    public static string Time(long time, int position) =>
        time < 0 ? string.Create(CultureInfo.InvariantCulture, $"event {position}") : TimeText.Moment(time);

    // Whether the completion's value is what came back, whatever the invocation's is.
    private bool IsResult(int op) =>
        history.Functions[op] is Function.Read or Function.Dequeue or Function.Pop or Function.Peek or Function.ExtractMax or Function.Generate
            or Function.Poll or Function.Transaction or Function.Snapshot;
}

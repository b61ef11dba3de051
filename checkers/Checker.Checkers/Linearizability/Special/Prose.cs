using System.Globalization;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Prose;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>Words for the operations of one object: who did what, and when.</summary>
internal readonly struct Prose(KeyHistory history)
{
    /// <summary>A value, as JSON; long ones with their middle left out.</summary>
    public string Text(ValueId id) => ValueText.Of(history.History.Values, id);

    /// <summary>The process of a row.</summary>
    public string Who(int row) => string.Create(CultureInfo.InvariantCulture, $"process {history.History.Process[history.Operations[row]]}");

    /// <summary>What a row did and when: <c>process 3 read 5 at [120 ms, 130 ms]</c>.</summary>
    public string Did(int row)
    {
        var info = history.Returns[row] == KeyHistory.Never;
        var input = Text(history.Inputs[row]);
        var output = Text(history.Outputs[row]);
        var done = history.Functions[row] switch
        {
            Function.Read or Function.Snapshot => $"read {output}",
            Function.Write => $"wrote {input}",
            Function.Contains => $"found {output} when it looked for {input}",
            Function.Add or Function.Increment when history.Inputs[row].IsNull => "added 1",
            Function.Add or Function.Increment => $"added {input}",
            Function.Remove => $"removed {input}",
            Function.Enqueue => $"enqueued {input}",
            Function.Dequeue when info => "dequeued something unknown",
            Function.Dequeue when history.Outputs[row].IsNull => "found the queue empty",
            Function.Dequeue => $"dequeued {output}",
            Function.Push => $"pushed {input}",
            Function.Pop when info => "popped something unknown",
            Function.Pop or Function.Peek when history.Outputs[row].IsNull => "found the stack empty",
            Function.Pop => $"popped {output}",
            Function.Peek => $"found {output} on top of the stack",
            Function.Insert => $"inserted {input}",
            Function.ExtractMax when info => "extracted something unknown",
            Function.ExtractMax when history.Outputs[row].IsNull => "found the queue empty",
            Function.ExtractMax => $"extracted {output}",
            Function.Acquire when history.Type.Name == DataTypes.Semaphore.Name => $"acquired {(history.Inputs[row].IsNull ? "1" : input)}",
            Function.Release when history.Type.Name == DataTypes.Semaphore.Name => $"released {(history.Inputs[row].IsNull ? "1" : input)}",
            Function.Acquire => history.Outputs[row].IsNull || info ? "acquired the lock" : $"acquired the lock with {output}",
            Function.Release => "released the lock",
            Function.Generate => $"was given {output}",
            Function.FetchAndAdd => $"fetched {output} and added {(history.Inputs[row].IsNull ? "1" : input)}",
            Function.Append => $"appended {input}",
            Function.Send => $"sent {input}",
            Function.Poll => $"polled {output}",
            _ => $"{FunctionNames.Of(history.Functions[row], history.Type)} {input}",
        };
        return $"{Who(row)} {done} {When(row)}";
    }

    /// <summary>When a row began and ended: <c>at [120 ms, 130 ms]</c>.</summary>
    public string When(int row) =>
        history.Returns[row] == KeyHistory.Never ? $"begun at {Began(row)}, its outcome unknown" : $"at [{Began(row)}, {Ended(row)}]";

    /// <summary>When a row was invoked.</summary>
    public string Began(int row)
    {
        var operation = history.Operations[row];
        return Moment.Text(history.History, history.History.InvokeTime[operation], history.History.Invoke[operation]);
    }

    /// <summary>When a row returned.</summary>
    public string Ended(int row)
    {
        var operation = history.Operations[row];
        return Moment.Text(history.History, history.History.CompleteTime[operation], history.History.Complete[operation]);
    }

    /// <summary>The object, as the end of a phrase: <c> of "x"</c>, or nothing where there is only one without a name.</summary>
    public string OfKey()
    {
        if (history.Key < 0) return "";
        var name = history.History.KeyName(history.Key);
        return name.IsNull ? "" : $" of key {name}";
    }
}

using System.Globalization;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>Words for the operations of one object: who did what, and when.</summary>
internal readonly struct Prose(KeyHistory history)
{
    /// <summary>A value, as JSON.</summary>
    public string Text(ValueId id) => history.History.Values.Text(id);

    /// <summary>The process of a row.</summary>
    public string Who(int row) => string.Create(CultureInfo.InvariantCulture, $"process {history.History.Process[history.Operations[row]]}");

    /// <summary>When a row began and ended: <c>at [120 ms, 130 ms]</c>.</summary>
    public string When(int row) =>
        history.Returns[row] == KeyHistory.Never ? $"begun at {Began(row)}, its outcome unknown" : $"at [{Began(row)}, {Ended(row)}]";

    /// <summary>When a row was invoked.</summary>
    public string Began(int row)
    {
        var operation = history.Operations[row];
        return Moment(history.History.InvokeTime[operation], history.History.Invoke[operation]);
    }

    /// <summary>When a row returned.</summary>
    public string Ended(int row)
    {
        var operation = history.Operations[row];
        return Moment(history.History.CompleteTime[operation], history.History.Complete[operation]);
    }

    /// <summary>The object, as the end of a phrase: <c> of "x"</c>, or nothing where there is only one without a name.</summary>
    public string OfKey()
    {
        if (history.Key < 0) return "";
        var name = history.History.KeyName(history.Key);
        return name.IsNull ? "" : $" of key {name}";
    }

    private string Moment(long time, int position) =>
        time >= 0
            ? string.Create(CultureInfo.InvariantCulture, $"{time / 1e6:0.######} ms")
            : string.Create(CultureInfo.InvariantCulture, $"event {history.History.EventIndex(position)}");
}

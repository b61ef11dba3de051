using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>What each operation of a register saw and wrote.</summary>
internal readonly struct RegisterRows(KeyHistory history)
{
    /// <summary>Whether every operation reads, writes or compares and sets, and nothing was ever appended.</summary>
    public bool Simple => !history.HasAppends && history.Functions.IndexOfAnyExcept([Function.Read, Function.Write, Function.Cas, Function.Delete]) < 0;

    /// <summary>The value that an operation found for certain; null if it found none for certain.</summary>
    public ValueId? Seen(int row)
    {
        if (history.Types[row] != OperationType.Ok) return null;
        return history.Functions[row] switch
        {
            Function.Read => history.Outputs[row],
            Function.Cas => history.History.Values.Items(history.Inputs[row])[0],
            _ => null,
        };
    }

    /// <summary>
    /// The value that an operation may have found: like <see cref="Seen"/>, and the value that an unfinished compare-and-set asks for.
    /// </summary>
    public ValueId? MaySee(int row) =>
        history.Functions[row] == Function.Cas && history.Types[row] == OperationType.Info
            ? history.History.Values.Items(history.Inputs[row])[0]
            : Seen(row);

    /// <summary>The value that an operation left if it happened; null if it leaves none.</summary>
    public ValueId? Written(int row) =>
        history.Types[row] == OperationType.Fail ? null : WrittenBy(history.History.Values, history.Functions[row], history.Inputs[row]);

    /// <summary>Whether the row is a compare-and-set that happened.</summary>
    public bool IsDoneCas(int row) => history.Functions[row] == Function.Cas && history.Types[row] == OperationType.Ok;

    /// <summary>The rows that may have written a value, in the order of invocation.</summary>
    public List<int> Writers(ValueId value)
    {
        var writers = new List<int>();
        for (var row = 0; row < history.Count; row++)
        {
            if (Written(row) == value) writers.Add(row);
        }

        return writers;
    }

    /// <summary>The value that an operation would leave.</summary>
    public static ValueId? WrittenBy(ValueTable values, Function function, ValueId input) => function switch
    {
        Function.Write => input,
        Function.Delete => ValueId.Null,
        Function.Cas when values.Kind(input) == ValueKind.List && values.Items(input) is [_, var replacement] => replacement,
        _ => null,
    };
}

using System.Runtime.InteropServices;
using Checker.Checkers.Registers;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Orders;

/// <summary>
/// The operations of a history as a search over frontiers sees them: each needs a class of value in its key, and leaves a class. With the
/// reads traced a class is one write; else it is one value of one key, whoever wrote it.
/// </summary>
internal sealed class FrontierOperations
{
    /// <summary>The operation reads, or writes, nothing.</summary>
    public const int None = -1;

    private FrontierOperations(RegisterHistory history, int[] reads, int[] writes, int[] initial, int classes)
    {
        History = history;
        Reads = reads;
        Writes = writes;
        Initial = initial;
        ClassCount = classes;
        Priority = new int[history.Count];
        var due = new int[history.Count];
        for (var op = 0; op < history.Count; op++)
        {
            due[op] = history.History.Types[history.Original[op]] == OperationType.Ok
                ? history.History.Complete[history.Original[op]] : Histories.History.Never;
        }

        Array.Copy(due, Priority, due.Length);
        for (var op = 0; op < history.Count; op++)
        {
            if (history.Source[op] >= 0) Priority[history.Source[op]] = Math.Min(Priority[history.Source[op]], due[op]);
        }
    }

    /// <summary>The history.</summary>
    public RegisterHistory History { get; }

    /// <summary>The class that each operation must find; or <see cref="None"/>.</summary>
    public int[] Reads { get; }

    /// <summary>The class that each operation leaves; or <see cref="None"/>.</summary>
    public int[] Writes { get; }

    /// <summary>The class that each key holds at first.</summary>
    public int[] Initial { get; }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>When each operation must have taken effect at the latest if real time counted: the end of a write, or of the first read
    /// known to see it. A guide only: it never decides.</summary>
    public int[] Priority { get; }

    /// <summary>One class for each write: each read must see the write it is traced to.</summary>
    public static FrontierOperations ByWrite(RegisterHistory history)
    {
        var reads = new int[history.Count];
        var writes = new int[history.Count];
        for (var op = 0; op < history.Count; op++)
        {
            writes[op] = history.Writes[op] ? op : None;
            reads[op] = history.Source[op] switch
            {
                RegisterHistory.Initial => history.Count + history.Key[op],
                < 0 => None,
                var source => source,
            };
        }

        int[] initial = [.. Enumerable.Range(history.Count, history.KeyCount)];
        return new FrontierOperations(history, reads, writes, initial, history.Count + history.KeyCount);
    }

    /// <summary>One class for each value of each key: a read may see any write of its value.</summary>
    public static FrontierOperations ByValue(RegisterHistory history, RegisterValues values)
    {
        var classes = new Dictionary<(int Key, ValueId Value), int>();
        int[] initial = [.. Enumerable.Range(0, history.KeyCount).Select(key => Class(key, values.Initial))];
        var reads = new int[history.Count];
        var writes = new int[history.Count];
        for (var op = 0; op < history.Count; op++)
        {
            var original = history.Original[op];
            writes[op] = history.Writes[op] ? Class(history.Key[op], values.Written(original)) : None;
            reads[op] = values.Reads(original) ? Class(history.Key[op], values.Read(original)) : None;
        }

        return new FrontierOperations(history, reads, writes, initial, classes.Count);

        int Class(int key, ValueId value)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(classes, (key, value), out var known);
            return known ? number : number = classes.Count - 1;
        }
    }
}

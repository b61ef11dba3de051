using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>Turns small lists of operations into histories and into the rows that special algorithms read.</summary>
internal static class TestHistory
{
    public static History Of(IEnumerable<TestOperation> operations, DataType type)
    {
        var events = new SortedList<int, (TestOperation Operation, bool Begins)>();
        foreach (var operation in operations)
        {
            events.Add(operation.Invoke, (operation, true));
            if (operation.Return != int.MaxValue) events.Add(operation.Return, (operation, false));
        }

        var builder = new HistoryBuilder(type);
        foreach (var (position, (operation, begins)) in events)
        {
            var time = position * 1_000_000L;
            var problem = begins
                ? builder.Invoke(operation.Process, operation.Does, ValueId.Null, builder.Values.Intern(operation.Input), time)
                : builder.Complete(
                    operation.Process, operation.Type, operation.Does, ValueId.Null,
                    builder.Values.Intern(operation.IsInfo ? Value.Null : operation.Output), time);
            Assert.Null(problem);
        }

        return builder.Build();
    }

    /// <summary>All operations of a history as one object.</summary>
    public static KeyHistory Rows(History history, DataType type, Value initial = default, bool observeFailedCas = false, int key = -1)
    {
        var columns = new KeyColumns(history.Count);
        var rows = 0;
        for (var op = 0; op < history.Count; op++)
        {
            if (key >= 0 && history.Key[op] != key) continue;
            if (history.Types[op] == OperationType.Fail && !(observeFailedCas && history.Functions[op] == Function.Cas)) continue;
            if (history.Types[op] == OperationType.Info && IsRead(history.Functions[op])) continue;
            columns.Operations[rows] = op;
            columns.Functions[rows] = history.Functions[op];
            columns.Types[rows] = history.Types[op];
            columns.Inputs[rows] = history.Input[op];
            columns.Outputs[rows] = history.Output[op];
            columns.Invokes[rows] = history.Invoke[op];
            columns.Returns[rows] = history.Types[op] == OperationType.Info ? KeyHistory.Never : history.Complete[op];
            rows++;
        }

        return new KeyHistory(history, type, history.Values.Intern(initial), key, columns, 0, rows);
    }

    private static bool IsRead(Function function) =>
        function is Function.Read or Function.Contains or Function.Peek or Function.Poll or Function.Snapshot;
}

using Checker.Histories.Values;
using Xunit;

namespace Checker.Histories.Tests;

public sealed class HistoryBuilderTests
{
    private readonly HistoryBuilder _builder = new();

    [Fact]
    public void An_operation_without_completion_is_unknown_and_never_ends()
    {
        Assert.Null(Add(0, EventType.Invoke, "write", 1));
        var history = _builder.Build();
        Assert.Equal(OperationType.Info, history.Types[0]);
        Assert.Equal((History.Never, -1L), (history.Complete[0], history.CompleteTime[0]));
        Assert.True(history.Output[0].IsNull);
    }

    [Fact]
    public void Positions_count_the_nemesis()
    {
        Assert.Null(Add(HistoryEvent.NemesisProcess, EventType.Info, "kill", "n1"));
        Assert.Null(Add(0, EventType.Invoke, "read", default));
        Assert.Null(Add(HistoryEvent.NemesisProcess, EventType.Info, "start", "n1"));
        Assert.Null(Add(0, EventType.Ok, "read", 1));
        var history = _builder.Build();
        Assert.Equal((1, 3), (history.Invoke[0], history.Complete[0]));
        Assert.Equal([0, 2], history.Nemesis.Select(e => e.Position));
        Assert.Equal(4, history.EventCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    [InlineData(int.MaxValue)]
    public void Any_process_number_is_tracked(int process)
    {
        Assert.Contains("no open operation", Add(process, EventType.Ok, "read", default), StringComparison.Ordinal);
        Assert.Null(Add(process, EventType.Invoke, "read", default));
        Assert.Contains("still open", Add(process, EventType.Invoke, "read", default), StringComparison.Ordinal);
        Assert.Contains("the same f", Add(process, EventType.Ok, "write", default), StringComparison.Ordinal);
        Assert.Null(Add(process, EventType.Fail, "read", default));
        Assert.Null(Add(process, EventType.Invoke, "read", default));
        Assert.Null(Add(process, EventType.Info, "read", default));
        Assert.Contains("retired", Add(process, EventType.Invoke, "read", default), StringComparison.Ordinal);
        Assert.Contains("no open operation", Add(process, EventType.Ok, "read", default), StringComparison.Ordinal);
        Assert.Equal(4, _builder.EventCount);
    }

    [Fact]
    public void Refuses_unknown_functions_and_negative_processes()
    {
        Assert.Contains("unknown f \"transfer\"", Add(0, EventType.Invoke, "transfer", 1), StringComparison.Ordinal);
        Assert.Contains("process -2", Add(-2, EventType.Invoke, "read", 1), StringComparison.Ordinal);
        Assert.Contains("process -2", Add(-2, EventType.Ok, "read", 1), StringComparison.Ordinal);
        Assert.Equal(0, _builder.EventCount);
    }

    [Fact]
    public void Objects_are_numbered_by_first_use()
    {
        foreach (var (process, key) in new (int, Value)[] { (0, "b"), (1, default), (2, "a"), (3, "b") })
        {
            Assert.Null(_builder.Add(new(-1, -1, process, EventType.Invoke, "read", key, default)));
        }

        var history = _builder.Build();
        Assert.Equal([0, 1, 2, 0], history.Key.ToArray());
        Assert.Equal(["\"b\"", "null", "\"a\""], Enumerable.Range(0, history.KeyCount).Select(key => history.KeyName(key).ToString()));
        Assert.Equal(history.Values.String("a"), history.KeyId(2));
    }

    [Fact]
    public void Indexes_and_lines_default_to_positions()
    {
        Assert.Null(Add(0, EventType.Invoke, "read", default));
        Assert.Null(_builder.Complete(0, OperationType.Ok, Function.Read, default, default, index: 10, line: 20));
        var history = _builder.Build();
        Assert.Equal([0L, 10L], [history.EventIndex(0), history.EventIndex(1)]);
        Assert.Equal([1, 20], [history.Line(0), history.Line(1)]);
    }

    [Fact]
    public void An_operation_is_a_copy_of_its_columns()
    {
        Assert.Null(_builder.Add(new(0, 5, 3, EventType.Invoke, "cas", "x", Value.List(1, 2))));
        Assert.Null(_builder.Add(new(1, 9, 3, EventType.Fail, "cas", default, Value.List(1, 2), "was 3")));
        var history = _builder.Build();
        var pair = history.Values.List([history.Values.Integer(1), history.Values.Integer(2)]);
        Assert.Equal(new Operation(0, 3, OperationType.Fail, Function.Cas, 0, pair, pair, 0, 1, 5, 9), history[0]);
        Assert.Equal("was 3", history.Error(0));
    }

    private string? Add(int process, EventType type, string f, Value value) => _builder.Add(new(-1, -1, process, type, f, default, value));
}

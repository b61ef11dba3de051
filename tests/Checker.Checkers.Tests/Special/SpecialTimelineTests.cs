using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.Special;
using Checker.Histories;

namespace Checker.Checkers.Tests.Special;

/// <summary>Known cases, drawn.</summary>
public sealed class SpecialTimelineTests
{
    [Fact]
    public void Accepts_a_read_that_overlaps_the_write() => Accepts(DataTypes.Register, """
        [write 1        ]
           [read =null ]  [read =1]
        """);

    [Fact]
    public void Rejects_a_read_of_an_overwritten_value()
    {
        var anomaly = Rejects(DataTypes.Register, "stale-read", """
            [write 5] [write 6]
                                 [read =5]
            """);
        Assert.Equal([0, 1, 2], anomaly.Operations);
        Assert.Contains("process 1 read 5", anomaly.Explanation, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("overwritten by 6", anomaly.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_the_older_value_after_the_newer_was_read() => Rejects(DataTypes.Register, "stale-read", """
        [write 1] [write 2                              ]
                     [read =2]  [read =1]
        """);

    [Fact]
    public void Accepts_a_write_of_unknown_outcome_that_takes_effect_late() => Accepts(DataTypes.Register, """
        [write 1>
                   [write 2] [read =2] [read =1]
        """);

    [Fact]
    public void Rejects_a_write_of_unknown_outcome_that_takes_effect_twice() => Rejects(DataTypes.Register, "stale-read", """
        [write 1>
                   [read =1] [write 2] [read =2] [read =1]
        """);

    [Fact]
    public void Rejects_a_value_that_a_failed_write_left()
    {
        var anomaly = Rejects(DataTypes.Register, "phantom-read", """
            [write 1} [read =1]
            """);
        Assert.Contains("failed", anomaly.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Accepts_compare_and_sets_in_a_chain() => Accepts(DataTypes.CasRegister, """
        [write 1     ]   [cas 2 3 ]
           [cas 1 2     ]            [read =3]
        """);

    [Fact]
    public void Rejects_two_compare_and_sets_from_one_value() => Rejects(DataTypes.CasRegister, "lost-update", """
        [write 1] [cas 1 2 ]
                  [cas 1 3 ]
        """);

    [Fact]
    public void Rejects_compare_and_sets_that_feed_each_other() => Rejects(DataTypes.CasRegister, "cyclic-cas", """
        [cas 1 2 ]
        [cas 2 1 ]
        """);

    [Fact]
    public void Accepts_a_queue_in_order() => Accepts(DataTypes.Queue, """
        [enqueue 1] [enqueue 2]   [dequeue =2 ]
                         [dequeue =1     ]
        """);

    [Fact]
    public void Rejects_a_queue_out_of_order()
    {
        var anomaly = Rejects(DataTypes.Queue, "out-of-order", """
            [enqueue 1] [enqueue 2]
                                     [dequeue =2] [dequeue =1]
            """);
        Assert.Equal(4, anomaly.Operations.Count);
    }

    [Fact]
    public void Rejects_a_queue_that_loses_an_element() => Rejects(DataTypes.Queue, "lost-element", """
        [enqueue 1] [enqueue 2] [dequeue =2]
        """);

    [Fact]
    public void Accepts_a_lost_element_that_a_dequeue_of_unknown_outcome_may_have_taken() => Accepts(DataTypes.Queue, """
        [enqueue 1] [enqueue 2]              [dequeue =2]
                         [dequeue >
        """);

    [Fact]
    public void Rejects_a_queue_found_empty_that_was_not() => Rejects(DataTypes.Queue, "false-empty", """
        [enqueue 1] [enqueue 2]                            [dequeue =2]
                                 [dequeue =null] [dequeue =1]
        """);

    [Fact]
    public void Rejects_an_element_dequeued_twice() => Rejects(DataTypes.Queue, "duplicate-removal", """
        [enqueue 1] [dequeue =1]
                    [dequeue =1]
        """);

    [Fact]
    public void Accepts_a_stack_in_order() => Accepts(DataTypes.Stack, """
        [push 1] [push 2] [pop =2] [pop =1] [pop =null]
        """);

    [Fact]
    public void Rejects_a_stack_out_of_order() => Rejects(DataTypes.Stack, "out-of-order", """
        [push 1] [push 2] [pop =1] [pop =2]
        """);

    [Fact]
    public void Rejects_a_lesser_element_while_a_greater_is_inside() => Rejects(DataTypes.PriorityQueue, "out-of-order", """
        [insert 1] [insert 2] [extract-max =1] [extract-max =2]
        """);

    [Fact]
    public void Accepts_a_lesser_element_while_a_greater_is_coming_in() => Accepts(DataTypes.PriorityQueue, """
        [insert 1] [insert 2               ] [extract-max =2]
                   [extract-max =1 ]
        """);

    [Fact]
    public void Rejects_an_element_that_vanishes_from_a_set() => Rejects(DataTypes.Set, "lost-element", """
        [add 1] [contains 1 =true] [contains 1 =false]
        """);

    [Fact]
    public void Rejects_reads_of_a_set_that_do_not_include_each_other() => Rejects(DataTypes.Set, "incompatible-order", """
        [add 1           ]
        [add 2           ]
          [read =[1] ]
          [read =[2] ]
        """);

    [Fact]
    public void Rejects_a_counter_that_misses_an_increment()
    {
        var anomaly = Rejects(DataTypes.Counter, "lost-update", """
            [increment] [read =1]
            [increment]
            """);
        Assert.Equal(3, anomaly.Operations.Count);
    }

    [Fact]
    public void Rejects_two_holders_of_a_lock() => Rejects(DataTypes.Lock, "mutual-exclusion", """
        [acquire]              [release]
                   [acquire]               [release]
        """);

    [Fact]
    public void Rejects_a_fencing_token_that_does_not_grow() => Rejects(DataTypes.Lock, "stale-token", """
        [acquire =2] [release]
                                [acquire =1] [release]
        """);

    [Fact]
    public void Accepts_an_acquire_that_overlaps_the_release() => Accepts(DataTypes.Lock, """
        [acquire]     [release   ]
                   [acquire   ]    [release]
        """);

    [Fact]
    public void Rejects_an_identifier_given_twice() => Rejects(DataTypes.UniqueIds, "duplicate-id", """
        [generate =7] [generate =8]
                      [generate =7]
        """);

    [Fact]
    public void Rejects_a_list_read_in_two_orders() => Rejects(DataTypes.AppendList, "incompatible-order", """
        [append 1     ] [read =[1,2]]
        [append 2     ] [read =[2]]
        """);

    [Fact]
    public void Rejects_a_poll_that_misses_an_acknowledged_entry() => Rejects(DataTypes.Log, "stale-read", """
        [send 5 =0] [poll [0] =[]]
        """);

    private static void Accepts(DataType type, string drawing)
    {
        var (history, operations) = Read(type, drawing);
        var verdict = Decide(history, type);
        Assert.True(verdict.Outcome == SpecialOutcome.Valid, verdict.Reason ?? verdict.Anomaly?.Explanation);
        Assert.True(verdict.Order!.Length >= operations.Count(op => op.Type == OperationType.Ok));
    }

    private static Anomaly Rejects(DataType type, string kind, string drawing)
    {
        var (history, _) = Read(type, drawing);
        var verdict = Decide(history, type);
        Assert.True(verdict.Outcome == SpecialOutcome.Invalid, verdict.Reason ?? "valid");
        Assert.Equal(kind, verdict.Anomaly!.Kind);
        return verdict.Anomaly;
    }

    private static SpecialVerdict Decide(History history, DataType type)
    {
        foreach (var algorithm in SpecialAlgorithms.For(type, CheckOptions.Default))
        {
            var verdict = algorithm.TryDecide(TestHistory.Rows(history, type), CheckOptions.Default);
            if (verdict.Outcome != SpecialOutcome.NotApplicable) return verdict;
        }

        return default;
    }

    private static (History History, List<TestOperation> Operations) Read(DataType type, string drawing)
    {
        var operations = Timeline.Parse(drawing);
        return (TestHistory.Of(operations, type), operations);
    }
}

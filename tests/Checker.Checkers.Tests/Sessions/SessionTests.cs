using Checker.Checkers.Sessions;
using Checker.Checkers.Tests.Causal;
using Checker.Checkers.Tests.Registers;
using Checker.Histories;

namespace Checker.Checkers.Tests.Sessions;

public class SessionTests
{
    private static int Scale => int.TryParse(Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN"), out var scale) ? scale : 1;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_guarantee_alone_agrees_with_its_axioms(int guarantee)
    {
        var random = new Random(10 + guarantee);
        var model = new SessionModel((SessionGuarantee)guarantee);
        var counts = new Dictionary<VerdictKind, int>();
        for (var i = 0; i < 4000 * Scale; i++)
        {
            var small = i % 4 == 1 ? Longer.Unique(random, most: 25)
                : i % 4 == 3 ? Longer.WithRepeats(random, most: 25)
                : SmallHistory.Random(random, maxOps: 7, infoShare: i % 3 == 0 ? 0.2 : 0, values: i % 4 == 0 ? 0 : random.Next(1, 5));
            var history = small.Build();
            var verdict = model.Check(history, DataTypes.Kv, CheckOptions.Default);
            var expected = SessionReference.Keeps(small, (SessionGuarantee)guarantee) ? VerdictKind.Valid : VerdictKind.Invalid;
            Assert.True(verdict.Kind == expected, $"{model.Name}: {verdict.Kind} ({verdict.Reason}), expected {expected}:\n{small}");
            foreach (var anomaly in verdict.Anomalies) AnomalyAudit.Verify(history, anomaly);
            counts[verdict.Kind] = counts.GetValueOrDefault(verdict.Kind) + 1;
        }

        Assert.True(counts[VerdictKind.Valid] > 300 * Scale && counts[VerdictKind.Invalid] > 300 * Scale);
    }

    [Fact]
    public void The_first_three_together_are_pram() => Together(
        CausalReference.Pram, SessionGuarantee.ReadYourWrites, SessionGuarantee.MonotonicReads, SessionGuarantee.MonotonicWrites);

    [Fact]
    public void All_four_together_are_causal_memory() => Together(
        CausalReference.CausalMemory,
        SessionGuarantee.ReadYourWrites,
        SessionGuarantee.MonotonicReads,
        SessionGuarantee.MonotonicWrites,
        SessionGuarantee.WritesFollowReads);

    [Fact]
    public void Accepts_another_process_s_value_after_a_write_of_ones_own() =>
        Check(SessionGuarantee.ReadYourWrites, VerdictKind.Valid, "0 w x 1", "1 w x 2", "0 r x 2");

    [Fact]
    public void Rejects_a_read_that_misses_ones_own_write() =>
        Check(SessionGuarantee.ReadYourWrites, VerdictKind.Invalid, "0 w x 1", "0 r x null");

    [Fact]
    public void Rejects_a_read_of_ones_own_overwritten_value() =>
        Check(SessionGuarantee.ReadYourWrites, VerdictKind.Invalid, "0 w x 1", "0 w x 2", "0 r x 1");

    [Fact]
    public void Rejects_a_read_of_a_value_that_one_had_seen_and_overwritten() =>
        Check(SessionGuarantee.ReadYourWrites, VerdictKind.Invalid, "1 w x 1", "0 r x 1", "0 w x 2", "0 r x 1");

    [Fact]
    public void Accepts_concurrent_values_read_once_each() =>
        Check(SessionGuarantee.MonotonicReads, VerdictKind.Valid, "0 w x 1", "1 w x 2", "2 r x 2", "2 r x 1");

    [Fact]
    public void Rejects_going_back_to_a_value_already_left() =>
        Check(SessionGuarantee.MonotonicReads, VerdictKind.Invalid, "0 w x 1", "1 w x 2", "2 r x 1", "2 r x 2", "2 r x 1");

    [Fact]
    public void Rejects_going_back_to_a_value_that_its_own_writer_replaced() =>
        Check(SessionGuarantee.MonotonicReads, VerdictKind.Invalid, "0 w x 1", "0 w x 2", "1 r x 2", "1 r x 1");

    [Fact]
    public void Accepts_a_reader_that_forgets_because_monotonic_writes_alone_promises_no_memory() =>
        Check(SessionGuarantee.MonotonicWrites, VerdictKind.Valid, "0 w x 1", "0 w y 2", "1 r y 2", "1 r x null");

    [Fact]
    public void Rejects_a_value_that_is_read_before_its_own_process_writes_it() =>
        Check(SessionGuarantee.MonotonicWrites, VerdictKind.Invalid, "0 r x 1", "0 w x 1");

    [Fact]
    public void Accepts_a_write_after_the_read_it_depends_on() =>
        Check(SessionGuarantee.WritesFollowReads, VerdictKind.Valid, "0 w x 1", "1 r x 1", "1 w x 2", "2 r x 2");

    [Fact]
    public void Rejects_writes_that_each_depend_on_the_other() =>
        Check(SessionGuarantee.WritesFollowReads, VerdictKind.Invalid, "0 r y 2", "0 w x 1", "1 r x 1", "1 w y 2");

    private static void Check(SessionGuarantee guarantee, VerdictKind expected, params string[] lines)
    {
        var small = SmallHistory.Parse(lines);
        Assert.Equal(expected == VerdictKind.Valid, SessionReference.Keeps(small, guarantee));
        Assert.Equal(expected, new SessionModel(guarantee).Check(small.Build(), DataTypes.Kv, CheckOptions.Default).Kind);
    }

    private static void Together(Func<SmallHistory, bool> whole, params SessionGuarantee[] parts)
    {
        var random = new Random(20 + parts.Length);
        var valid = 0;
        for (var i = 0; i < 4000 * Scale; i++)
        {
            var small = SmallHistory.Random(random, maxOps: 7, infoShare: 0, values: i % 4 == 0 ? 4 : 0);
            if (small.Ops.Any(op => op.Reads && op.Written is not null)) continue;
            var expected = whole(small);
            if (expected) valid++;
            Assert.True(SessionReference.Keeps(small, parts) == expected, $"expected {expected}:\n{small}");
        }

        Assert.InRange(valid, 200 * Scale, 3000 * Scale);
    }
}

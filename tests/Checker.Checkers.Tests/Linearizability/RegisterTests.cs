using Checker.Checkers.Linearizability;
using Checker.Histories;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>What a register may and may not do, drawn.</summary>
public sealed class RegisterTests
{
    [Fact]
    public void Accepts_an_empty_history() => Accepts();

    [Fact]
    public void Accepts_a_read_that_overlaps_the_write_and_misses_it() => Accepts(
        "p0: |---w1---|",
        "p1:   |-r_-|");

    [Fact]
    public void Accepts_a_read_that_overlaps_the_write_and_sees_it() => Accepts(
        "p0: |---w1---|",
        "p1:   |-r1-|");

    [Fact]
    public void Rejects_a_read_that_misses_a_write_that_ended_before() => Rejects(
        "stale-read",
        "p0: |-w1-|",
        "p1:         |-r_-|");

    [Fact]
    public void Accepts_two_reads_that_see_a_write_one_after_the_other() => Accepts(
        "p0: |-------w1--------|",
        "p1:   |-r_-|  |-r1-|");

    [Fact]
    public void Rejects_two_reads_that_see_the_new_value_and_then_the_old() => Rejects(
        null,
        "p0: |-------w1--------|",
        "p1:   |-r1-|  |-r_-|");

    [Fact]
    public void Accepts_an_unfinished_write_that_takes_effect_late() => Accepts(
        "p0: |-w1-?",
        "p1:         |-r_-| |-r1-|");

    [Fact]
    public void Rejects_an_unfinished_write_that_takes_effect_and_is_undone() => Rejects(
        null,
        "p0: |-w1-?",
        "p1:         |-r1-| |-r_-|");

    [Fact]
    public void Rejects_a_value_that_nobody_wrote() => Rejects(
        "phantom-read",
        "p0: |-w1-|",
        "p1:         |-r7-|");

    [Fact]
    public void Rejects_a_read_of_a_write_that_begins_later() => Rejects(
        "future-read",
        "p0:          |-w1-|",
        "p1: |-r1-|");

    [Fact]
    public void Accepts_compare_and_sets_in_a_chain() => Accepts(
        "p0: |-w1-| |-c1>2-|",
        "p1:        |-c2>3-|   |-r3-|");

    [Fact]
    public void Rejects_two_compare_and_sets_from_one_write() => Rejects(
        "lost-update",
        "p0: |-w1-| |-c1>2-|",
        "p1:        |-c1>3-|");

    [Fact]
    public void Accepts_two_compare_and_sets_from_a_value_that_was_written_twice() => Accepts(
        "p0: |-w1-| |-c1>2-|         |-r3-|",
        "p1:        |-c1>3-|",
        "p2:        |--w1--|");

    [Fact]
    public void Drops_a_failed_compare_and_set() => Accepts(
        "p0: |-w1-|  |-x1>2-|");

    [Fact]
    public void Observes_a_failed_compare_and_set_on_request() => Assert.Equal(
        VerdictKind.Invalid,
        Lin.Check(Timeline.Draw(DataTypes.CasRegister, "p0: |-w1-|  |-x1>2-|"), DataTypes.CasRegister,
            new CheckOptions { ObserveFailedCas = true }).Kind);

    // The unfinished ones to 1 come first, and must not hide the one from 1 to 2.
    [Fact]
    public void Lets_an_unfinished_compare_and_set_explain_that_another_failed() => Assert.Equal(
        VerdictKind.Valid,
        Lin.Check(
            Timeline.Draw(
                DataTypes.CasRegister,
                "p0: |-w1-|  |-w1-|  |-x1>2-| |-r2-|",
                "p1: |-c3>1-?",
                "p2: |-c0>1-?",
                "p3:                 |-c1>2-?"),
            DataTypes.CasRegister,
            new CheckOptions { ObserveFailedCas = true }).Kind);

    [Fact]
    public void Says_who_read_what_and_why_it_was_stale()
    {
        var history = Timeline.Draw(DataTypes.Register, "p0: |-w5-|  |-w6-|", "p3:                     |-r5-|");
        var anomaly = Assert.Single(Lin.Check(history, DataTypes.Register, CheckOptions.Default).Anomalies);
        Assert.Equal("stale-read", anomaly.Kind);
        Assert.Equal([0, 1, 2], anomaly.Operations);
        Assert.Contains("process 3 read 5", anomaly.Explanation, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("6", anomaly.Explanation, StringComparison.Ordinal);
        Assert.NotEmpty(anomaly.Edges);
        var partial = Assert.Single(anomaly.Partials);
        Assert.Equal([0, 1], partial.Order);
        Assert.Equal([2], partial.Stuck);
    }

    private static void Accepts(params string[] lines)
    {
        var history = Timeline.Draw(DataTypes.Kv, lines);
        foreach (var type in new[] { DataTypes.CasRegister, DataTypes.Kv })
        {
            var verdict = Lin.Check(history, type, CheckOptions.Default);
            Assert.Equal(VerdictKind.Valid, verdict.Kind);
            Assert.Null(CertificateReplayer.Refute(history, type, Assert.IsType<OrderCertificate>(verdict.Certificate),
                CheckOptions.Default));
        }
    }

    private static void Rejects(string? kind, params string[] lines)
    {
        var history = Timeline.Draw(DataTypes.Kv, lines);
        foreach (var type in new[] { DataTypes.CasRegister, DataTypes.Kv })
        {
            var verdict = Lin.Check(history, type, CheckOptions.Default);
            Assert.Equal(VerdictKind.Invalid, verdict.Kind);
            if (kind is not null) Assert.Equal(kind, Assert.Single(verdict.Anomalies).Kind);
        }
    }
}

using Checker.Harness.Generators;
using Checker.Histories;
using Xunit;
using static Checker.Harness.Tests.Generators.Dry;

namespace Checker.Harness.Tests.Generators;

public sealed class RewritingTests
{
    [Fact]
    public void Map_rewrites_operations() =>
        Assert.Equal("0 10 20", Writes.Map(o => o.Template with { Value = o.Value.AsInteger() * 10 }).Perfect(max: 3).Values());

    [Fact]
    public void Filter_lets_some_pass() => Assert.Equal("0 3 6 9", Writes.Limit(12).Filter(o => o.Value.AsInteger() % 3 == 0).Perfect().Values());

    [Fact]
    public void Filter_lets_log_lines_pass() => Assert.Single(Gen.Concat(Gen.Log("hello"), Reads.Limit(2)).Filter(_ => false).Perfect().Log);

    [Fact]
    public void Filter_that_refuses_for_ever_is_an_error() => Assert.Throws<GeneratorException>(() => Reads.Filter(_ => false).Perfect());

    [Fact]
    public void On_update_may_go_on_with_another_generator()
    {
        var run = Reads.OnUpdate((g, _, e) => e is { Type: EventType.Fail } ? Gen.Operation("repair") : g).With(Ending(EventType.Fail, "r"), concurrency: 1);
        Assert.Equal("0 0 r | 10 0 repair", run.Text());
    }

    [Fact]
    public void Trace_writes_questions_answers_and_events()
    {
        var lines = new List<string>();
        Gen.Operation("r", 5, "x").Trace("t", lines.Add).Perfect(concurrency: 1);
        Assert.Equal(["t at 0 ns, free {0}: process 0 r \"x\" 5"], lines.Take(1));
    }

    [Fact]
    public void Trace_hears_of_events_until_the_end()
    {
        var lines = new List<string>();
        Gen.Concat(Reads.Limit(1), Gen.Sleep(Ns(100)), Reads.Limit(1)).Trace("t", lines.Add).Perfect(concurrency: 1);
        Assert.Contains("t at 10 ns hears: 0 Ok r null null", lines);
        Assert.Contains("t at 10 ns, free {0}: pending until 110 ns", lines);
    }
}

using Checker.Harness.Generators;
using Checker.Histories.Values;
using Xunit;
using static Checker.Harness.Tests.Generators.Dry;

namespace Checker.Harness.Tests.Generators;

public sealed class KeyTests
{
    [Fact]
    public void Independent_groups_work_on_keys_of_their_own()
    {
        var run = Gen.Independent(KeySequence.Numbers(6), threadsPerKey: 2, _ => Writes.Limit(10)).Perfect(concurrency: 4, max: 1_000, nemesis: true);
        Assert.Equal((60, SimulationEnd.Exhausted), (run.Operations.Count, run.End));
        foreach (var key in run.Operations.GroupBy(o => o.Key))
        {
            Assert.Equal(Enumerable.Range(0, 10).Select(i => (Value)i), key.Select(o => o.Value));
            Assert.Single(key.Select(o => o.Thread / 2).Distinct());
        }

        Assert.Equal(2, run.Operations.Select(o => o.Key).Distinct().Count(k => run.Operations.Where(o => o.Key == k).Min(o => o.Time) == 0));
    }

    [Fact]
    public void Independent_takes_the_next_key_wherever_one_ends_first()
    {
        var run = Gen.Independent(KeySequence.Of("a", "b", "c"), 1, k => Reads.Limit(k == "a" ? 3 : 1)).Perfect(concurrency: 2);
        Assert.Equal(
            """0 0 "a" | 0 1 "b" | 10 0 "a" | 10 1 "c" | 20 0 "a" """.Trim(),
            string.Join(" | ", run.Operations.Select(o => $"{o.Time} {o.Process} {o.Key}")));
    }

    [Fact]
    public void Independent_gives_a_last_group_the_threads_that_are_left()
    {
        var run = Gen.Independent(KeySequence.Numbers(), 3, _ => Reads.Limit(50)).Perfect(concurrency: 5, max: 40);
        Assert.Equal([0, 1, 2], run.Operations.Where(o => o.Key == 0).Select(o => o.Thread).Distinct().Order());
        Assert.Equal([3, 4], run.Operations.Where(o => o.Key == 1).Select(o => o.Thread).Distinct().Order());
    }

    [Fact]
    public void Independent_tells_a_key_of_its_own_events_only()
    {
        // The write of key 0 ends ok when its thread works on key 1 already: it must not end key 1.
        var first = true;
        var clients = SimulatedClients.From((o, _) =>
        {
            var late = first;
            first = false;
            return (late ? 1_000 : 10, o.Key == 0 ? Histories.EventType.Ok : Histories.EventType.Fail);
        });
        var run = Gen.Independent(KeySequence.Numbers(2), 2, k => k == 0 ? Reads.Limit(1) : Reads.UntilOk().Limit(200)).With(clients, max: 1_000);
        Assert.Equal(200, run.Operations.Count(o => o.Key == 1));
    }

    [Fact]
    public void Sequential_keys_come_one_after_another()
    {
        var run = Gen.SequentialKeys(KeySequence.Numbers(3), _ => Writes.Limit(2)).Perfect(concurrency: 3);
        Assert.Equal("0 0 1 1 2 2", string.Join(" ", run.Operations.Select(o => o.Key)));
    }

    [Fact]
    public void Open_keys_are_bounded_and_each_gets_its_operations()
    {
        var run = Gen.OpenKeys(KeySequence.Numbers(20), KeySkew.Zipf(4, 1), _ => Writes.Limit(5)).Perfect(concurrency: 3, max: 1_000);
        Assert.Equal((100, SimulationEnd.Exhausted), (run.Operations.Count, run.End));
        var spans = run.Operations.Select((o, i) => (o.Key, i)).GroupBy(o => o.Key).Select(g => (First: g.First().i, Last: g.Last().i)).ToArray();
        Assert.All(spans, s => Assert.InRange(spans.Count(t => t.First <= s.First && t.Last >= s.First), 1, 4));
        Assert.Equal(4, spans.Max(s => spans.Count(t => t.First <= s.First && t.Last >= s.First)));
    }

    [Fact]
    public void Open_keys_hear_of_their_own_events()
    {
        var run = Gen.OpenKeys(KeySequence.Numbers(9), KeySkew.Uniform(3), _ => Reads.UntilOk()).Perfect(concurrency: 1);
        Assert.Equal(Enumerable.Range(0, 9).Select(i => (Value)i), run.Operations.Select(o => o.Key).Order());
    }

    [Fact]
    public void Keys_that_have_no_operations_are_refused_in_the_end()
    {
        var error = Assert.Throws<GeneratorException>(() => Gen.Independent(KeySequence.Numbers(), 1, _ => Gen.Nothing).Perfect());
        Assert.Contains("keys in a row", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_key_sets_the_key() => Assert.Equal("\"x\"", Reads.WithKey("x").Perfect(max: 1).Operations[0].Key.ToString());

    [Fact]
    public void Unique_writes_never_repeat_a_value_of_a_key()
    {
        var run = Gen.UniqueWrites(KeySkew.Zipf(100, 1)).Perfect(max: 5_000);
        Assert.Equal(5_000, run.Operations.Select(o => (o.Key, o.Value)).Distinct().Count());
        Assert.All(run.Operations.GroupBy(o => o.Key), g => Assert.Equal(Enumerable.Range(1, g.Count()).Select(i => (Value)i), g.Select(o => o.Value)));
    }
}

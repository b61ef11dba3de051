using Checker.Targets.Faults;
using Xunit;

namespace Checker.Harness.Tests.Worlds;

public sealed class LinkFaultTests
{
    public static TheoryData<string> Kinds => WorldKinds.All;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Messages_arrive_in_the_order_of_their_link(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        for (var i = 0; i < 200; i++) client.Send(0, new Relay(i, 1));
        Assert.Equal(Enumerable.Range(0, 200), await run.UntilNotes(client, 1, 200));
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_cut_drops_one_direction_only_until_it_heals(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        var cut = await ((IPartitionable)run.Cluster).CutAsync([TestRun.Between(0, 1)]);
        client.Send(0, new Relay(1, 1));
        client.Send(1, new Relay(2, 0));
        await run.UntilHits(cut, 1);
        Assert.Equal([2], await run.UntilNotes(client, 0, 1));
        await cut.DisposeAsync();
        await cut.DisposeAsync();
        client.Send(0, new Relay(3, 1));
        Assert.Equal([3], await run.UntilNotes(client, 1, 1));
        Assert.Equal(new Evidence(1, "messages dropped"), cut.Evidence);
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Overlapping_cuts_heal_one_by_one(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        var network = (IPartitionable)run.Cluster;
        var first = await network.CutAsync([TestRun.Between(0, 1), TestRun.Between(0, 2)]);
        var second = await network.CutAsync([TestRun.Between(0, 1)]);
        await first.DisposeAsync();
        await first.DisposeAsync();
        client.Send(0, new Relay(1, 1));
        client.Send(0, new Relay(2, 2));
        await run.UntilHits(second, 1);
        Assert.Equal([2], await run.UntilNotes(client, 2, 1));
        Assert.Equal(0, first.Evidence.Hits);
        await second.DisposeAsync();
        client.Send(0, new Relay(3, 1));
        Assert.Equal([3], await run.UntilNotes(client, 1, 1));
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_cut_between_client_and_node_hits_that_client_only(string kind) => TestRun.Play(kind, async run =>
    {
        var (cutOff, other) = (await run.OpenAsync(0), await run.OpenAsync(1));
        var network = (IPartitionable)run.Cluster;
        var requests = await network.CutAsync([TestRun.FromClient(0, 2)]);
        cutOff.Send(2, new Ping(1));
        await run.UntilHits(requests, 1);
        await run.Ask<Pong>(other, 2, new Ping(2));
        await run.Ask<Pong>(cutOff, 1, new Ping(3));
        await requests.DisposeAsync();
        var replies = await network.CutAsync([TestRun.ToClient(2, 0)]);
        cutOff.Send(2, new Increment(4, false));
        await run.UntilHits(replies, 1);
        await replies.DisposeAsync();
        Assert.Equal(1, (await run.Ask<Count>(cutOff, 2, new GetCount(5))).Value);
        Assert.Single(cutOff.Of<Count>());
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Faults_on_idle_links_leave_no_evidence(string kind) => TestRun.Play(kind, async run =>
    {
        var cut = await ((IPartitionable)run.Cluster).CutAsync([TestRun.Between(1, 2)]);
        var slow = await ((ILinkDegradable)run.Cluster).DegradeAsync([TestRun.Between(2, 1)], new LinkQuality(DelayNanoseconds: 1));
        var client = await run.OpenAsync(0);
        await run.Ask<Pong>(client, 1, new Ping(1));
        await cut.DisposeAsync();
        await slow.DisposeAsync();
        Assert.Equal(0, cut.Evidence.Hits);
        Assert.Equal(0, slow.Evidence.Hits);
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_slow_link_delays_and_keeps_its_order(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        var slow = await ((ILinkDegradable)run.Cluster).DegradeAsync([TestRun.FromClient(0, 0)], new LinkQuality(30_000_000, 5_000_000));
        var start = run.World.Now;
        for (var i = 0; i < 20; i++) client.Send(0, new Ping(i));
        await run.Until(() => client.Of<Pong>().Count() == 20, "all replies");
        Assert.True(run.World.Now - start >= 30_000_000);
        Assert.Equal(Enumerable.Range(0, 20), client.Of<Pong>().Select(static pong => pong.Id));
        Assert.Equal(new Evidence(20, "messages delayed"), slow.Evidence);
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Loss_drops_some_messages_and_counts_each(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        var lossy = await ((ILinkDegradable)run.Cluster).DegradeAsync([TestRun.FromClient(0, 0)], new LinkQuality(Loss: 0.5));
        for (var i = 0; i < 200; i++) client.Send(0, new Ping(i));
        await run.Until(() => client.Of<Pong>().Count() + lossy.Evidence.Hits == 200, "a reply or a loss for each");
        Assert.InRange(lossy.Evidence.Hits, 50, 150);
        await lossy.DisposeAsync();
        await run.Ask<Pong>(client, 0, new Ping(200));
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Duplication_delivers_some_messages_twice(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        var doubled = await ((ILinkDegradable)run.Cluster).DegradeAsync([TestRun.Between(0, 1)], new LinkQuality(Duplication: 0.5));
        for (var i = 0; i < 100; i++) client.Send(0, new Relay(i, 1));
        var notes = await run.UntilNotes(client, 1, 101);
        await run.Until(() => doubled.Evidence.Hits > 10, "some duplicates");
        notes = await run.UntilNotes(client, 1, 100 + (int)doubled.Evidence.Hits);
        Assert.Equal(Enumerable.Range(0, 100), notes.Distinct().Order());
        Assert.InRange(doubled.Evidence.Hits, 20, 80);
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reordering_breaks_the_order_and_counts_it(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        var shuffled = await ((ILinkDegradable)run.Cluster).DegradeAsync([TestRun.Between(0, 1)], new LinkQuality(Reordering: 0.3));
        for (var i = 0; i < 100; i++) client.Send(0, new Relay(i, 1));
        var notes = await run.UntilNotes(client, 1, 100);
        Assert.Equal(100, notes.Count);
        Assert.NotEqual(notes.Order(), notes);
        Assert.True(shuffled.Evidence.Hits > 0);
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_cut_inside_a_degraded_link_adds_up(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        var slow = await ((ILinkDegradable)run.Cluster).DegradeAsync([TestRun.Between(0, 1)], new LinkQuality(DelayNanoseconds: 1_000_000));
        var cut = await ((IPartitionable)run.Cluster).CutAsync([TestRun.Between(0, 1)]);
        client.Send(0, new Relay(1, 1));
        await run.UntilHits(cut, 1);
        await cut.DisposeAsync();
        client.Send(0, new Relay(2, 1));
        Assert.Equal([2], await run.UntilNotes(client, 1, 1));
        Assert.Equal(1, slow.Evidence.Hits);
    });

    [Fact]
    public void Rejects_a_quality_that_makes_no_sense() => TestRun.Play("sim", async run =>
    {
        var network = (ILinkDegradable)run.Cluster;
        await Assert.ThrowsAsync<ArgumentException>(async () => await network.DegradeAsync([TestRun.Between(0, 1)], new LinkQuality(Loss: 1.5)));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await network.DegradeAsync([TestRun.Between(0, 1)], new LinkQuality(-1)));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await network.DegradeAsync([TestRun.Between(0, 7)], new LinkQuality(1)));
    });
}

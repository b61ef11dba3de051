using Checker.Harness.Nemeses;
using Checker.Targets.Faults;
using Checker.Targets.Nodes;
using Xunit;

namespace Checker.Harness.Tests.Nemeses;

public sealed class NemesisTests
{
    public static TheoryData<string> Names => [.. NemesisCatalogue.All.Select(nemesis => nemesis.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_nemesis_harms_and_heals(string name)
    {
        var cluster = new RecordingCluster { PrimaryNodes = [3] };
        var nemesis = NemesisCatalogue.Find(name)!;
        Assert.True(nemesis.CanHarm(cluster));
        Assert.False(nemesis.CanHarm(new SturdyCluster()));
        Assert.NotEmpty(nemesis.Requires);
        Assert.NotEmpty(nemesis.Summary);
        var injection = await nemesis.InjectAsync(cluster.Context(after: (_, _) => new NoTimer()));
        Assert.NotNull(injection);
        Assert.StartsWith(name, injection.Fault, StringComparison.Ordinal);
        Assert.False(injection.Details.IsNull);
        Assert.True(injection.InForce.Evidence.Hits > 0);
        var injected = cluster.Done.ToList();
        Assert.NotEmpty(injected);
        await injection.InForce.DisposeAsync();
        Assert.Equal(injected.Select(what => $"heal {what}"), cluster.Done.Skip(injected.Count));
    }

    [Theory]
    [InlineData("kill-one", 1)]
    [InlineData("kill-minority", 2)]
    [InlineData("kill-majority", 3)]
    [InlineData("kill-all", 5)]
    [InlineData("pause-minority", 2)]
    [InlineData("lose-unsynced-writes-majority", 3)]
    public async Task A_scope_is_so_many_different_nodes(string name, int count)
    {
        var cluster = new RecordingCluster();
        var injection = await NemesisCatalogue.Find(name)!.InjectAsync(cluster.Context());
        Assert.Equal(count, injection!.Details.AsList().Distinct().Count());
        Assert.Equal(count, cluster.Done.Distinct().Count());
    }

    [Fact]
    public async Task Primaries_are_those_that_believe_it_now()
    {
        var cluster = new RecordingCluster { PrimaryNodes = [4, 1] };
        var injection = await NemesisCatalogue.Find("kill-primaries")!.InjectAsync(cluster.Context());
        Assert.Equal("[\"b\",\"e\"]", injection!.Details.ToString());
        Assert.Equal(["kill b Process", "kill e Process"], cluster.Done);
    }

    [Theory]
    [InlineData("kill-primaries")]
    [InlineData("partition-primaries")]
    public async Task Without_primaries_there_is_nothing_to_aim_at(string name) =>
        Assert.Null(await NemesisCatalogue.Find(name)!.InjectAsync(new RecordingCluster().Context()));

    [Fact]
    public async Task A_mix_finds_something_else_where_there_are_no_primaries()
    {
        for (var seed = 0; seed < 50; seed++) Assert.NotNull(
            await NemesisCatalogue.Find("kill")!.InjectAsync(new RecordingCluster().Context(seed)));
    }

    [Fact]
    public async Task A_mix_draws_every_kind()
    {
        var seen = new HashSet<string>();
        for (var seed = 0; seed < 300; seed++)
        {
            var injection = await NemesisCatalogue.Find(
                "partition")!.InjectAsync(new RecordingCluster { PrimaryNodes = [0] }.Context(seed));
            seen.Add(injection!.Fault);
        }

        Assert.Equal(Enum.GetValues<PartitionKind>().Length, seen.Count);
    }

    [Fact]
    public async Task A_power_loss_is_told_from_a_kill()
    {
        var cluster = new RecordingCluster();
        await NemesisCatalogue.Find("lose-unsynced-writes-one")!.InjectAsync(cluster.Context());
        Assert.EndsWith("PowerLoss", Assert.Single(cluster.Done), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partition_names_who_reaches_whom_no_more()
    {
        var cluster = new RecordingCluster { PrimaryNodes = [2] };
        var injection = await NemesisCatalogue.Find("partition-primaries")!.InjectAsync(cluster.Context());
        Assert.Equal(
            "{\"a\":[\"c\"],\"b\":[\"c\"],\"c\":[\"a\",\"b\",\"d\",\"e\"],\"d\":[\"c\"],\"e\":[\"c\"]}", injection!.Details.ToString());
    }

    [Fact]
    public async Task Bad_links_reach_the_clients_and_none_twice()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var cluster = new RecordingCluster();
            await NemesisCatalogue.Find("packet-loss")!.InjectAsync(cluster.Context(seed));
            var links = Assert.Single(cluster.Links);
            Assert.Equal(links.Count, links.Distinct().Count());
            Assert.Contains(links, link => !link.From.IsNode);
            Assert.Contains(links, link => !link.To.IsNode);
            Assert.All(links, link => Assert.NotEqual(link.From, link.To));
        }
    }

    [Fact]
    public async Task A_group_that_cannot_be_harmed_whole_is_left_unharmed()
    {
        var cluster = new RecordingCluster { Refuses = 4 };
        await Assert.ThrowsAsync<IOException>(async () => await NemesisCatalogue.Find("pause-all")!.InjectAsync(cluster.Context()));
        Assert.Equal(
            ["pause a", "pause b", "pause c", "pause d", "heal pause a", "heal pause b", "heal pause c", "heal pause d"], cluster.Done);
    }

    [Fact]
    public async Task A_strobe_jumps_there_and_back_and_adds_up_its_evidence()
    {
        var due = new Queue<Action>();
        var cluster = new RecordingCluster { HitsEach = 10 };
        var strobe = await ClockStrobe.StartAsync(cluster, 0, 5, 7, (_, callback) =>
        {
            due.Enqueue(callback);
            return new NoTimer();
        });
        for (var i = 0; i < 4; i++) due.Dequeue()();
        await strobe.DisposeAsync();
        await strobe.DisposeAsync();
        Assert.Equal(["jump a", "heal jump a", "jump a", "heal jump a", "jump a", "heal jump a"], cluster.Done);
        Assert.Equal(new Evidence(30, "hits"), strobe.Evidence);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("none", "")]
    [InlineData("partition,kill,pause", "partition kill pause")]
    [InlineData(" partition-one , clock-skew ", "partition-one clock-skew")]
    public void Lists_of_names_are_read(string list, string expected) =>
        Assert.Equal(expected, string.Join(' ', NemesisCatalogue.Parse(list).Select(nemesis => nemesis.Name)));

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        var message = Assert.Throws<ArgumentException>(() => NemesisCatalogue.Parse("kill,meteor")).Message;
        Assert.StartsWith(
            "unknown nemesis \"meteor\": expected none, or one or more of partition, partition-one,", message, StringComparison.Ordinal);
        Assert.All(NemesisCatalogue.All, nemesis => Assert.Contains(nemesis.Name, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kill,kill", "given twice")]
    [InlineData("none,kill", "stands alone")]
    public void Lists_that_make_no_sense_are_refused(string list, string because) =>
        Assert.Contains(because, Assert.Throws<ArgumentException>(() => NemesisCatalogue.Parse(list)).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_are_unique() =>
        Assert.Equal(NemesisCatalogue.All.Count, NemesisCatalogue.All.Select(nemesis => nemesis.Name).Distinct().Count());

    private sealed class NoTimer : ITimerHandle
    {
        public bool IsPending => false;

        public void Cancel()
        {
        }
    }
}

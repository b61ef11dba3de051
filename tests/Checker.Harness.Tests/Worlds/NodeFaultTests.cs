using Checker.Harness.Worlds;
using Checker.Targets.Faults;
using Xunit;

namespace Checker.Harness.Tests.Worlds;

public sealed class NodeFaultTests
{
    private const long Millisecond = 1_000_000;

    public static TheoryData<string> Kinds => WorldKinds.All;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_killed_process_keeps_what_it_wrote(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        await run.Ask<Count>(client, 1, new Increment(1, Sync: true));
        await run.Ask<Count>(client, 1, new Increment(2, Sync: false));
        var kill = await ((IKillable)run.Cluster).KillAsync(1, CrashKind.Process);
        await kill.DisposeAsync();
        Assert.Equal(new Count(3, 2, 2), await run.Ask<Count>(client, 1, new GetCount(3)));
        Assert.Contains(((ILogged)run.Cluster).LogOf(1), static line => line.Text == "starts with 2");
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_power_loss_takes_what_was_not_synced(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        await run.Ask<Count>(client, 1, new Increment(1, Sync: true));
        await run.Ask<Count>(client, 1, new Increment(2, Sync: false));
        var kill = await ((IKillable)run.Cluster).KillAsync(1, CrashKind.PowerLoss);
        Assert.Equal(2, kill.Evidence.Hits); // the cell and the log entry
        await kill.DisposeAsync();
        Assert.Equal(new Count(3, 1, 1), await run.Ask<Count>(client, 1, new GetCount(3)));
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_dead_node_loses_messages_and_a_restarted_one_starts_afresh(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        client.Send(0, new Relay(1, 1));
        await run.UntilNotes(client, 1, 1);
        var kill = await ((IKillable)run.Cluster).KillAsync(1, CrashKind.Process);
        var again = await ((IKillable)run.Cluster).KillAsync(1, CrashKind.Process);
        Assert.Equal(0, kill.Evidence.Hits);
        client.Send(1, new Ping(2));
        await run.UntilHits(kill, 1);
        await again.DisposeAsync();
        Assert.Equal(0, again.Evidence.Hits);
        await kill.DisposeAsync();
        await kill.DisposeAsync();
        await run.Ask<Pong>(client, 1, new Ping(3));
        Assert.Equal([3], client.Of<Pong>().Select(static pong => pong.Id));
        Assert.Empty(await run.NotesOf(client, 1));
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Killing_a_primary_is_evidence(string kind) => TestRun.Play(kind, async run =>
    {
        Assert.Equal([0], run.Cluster.Primaries());
        var kill = await ((IKillable)run.Cluster).KillAsync(0, CrashKind.Process);
        Assert.Equal(1, kill.Evidence.Hits);
        Assert.Empty(run.Cluster.Primaries());
        await kill.DisposeAsync();
        Assert.Equal([0], run.Cluster.Primaries());
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Timers_of_a_killed_node_never_fire(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        for (var wait = 20 * Millisecond; ; wait *= 2)
        {
            var start = run.World.Now;
            client.Send(1, new SetAlarm(1, wait));
            await run.Ask<Pong>(client, 1, new Ping(2));
            var kill = await ((IKillable)run.Cluster).KillAsync(1, CrashKind.Process);
            await kill.DisposeAsync();
            if (run.World.Now - start >= wait) continue; // a slow machine: the alarm may have gone off before
            await run.Ask<Alarm>(client, 1, new SetAlarm(3, 2 * wait));
            Assert.DoesNotContain(client.Of<Alarm>(), alarm => alarm.Id == 1 && alarm.Asked == wait);
            break;
        }
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_paused_node_answers_after_it_resumes_in_order(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        var wait = 10 * Millisecond;
        IFault pause;
        while (true)
        {
            var start = run.World.Now;
            client.Send(1, new SetAlarm(0, wait));
            await run.Ask<Pong>(client, 1, new Ping(0));
            pause = await ((IPausable)run.Cluster).PauseAsync(1);
            if (run.World.Now - start < wait) break;
            await pause.DisposeAsync(); // a slow machine: the alarm may have gone off before
            await run.Until(() => client.Of<Alarm>().Any(), "the early alarm");
            client.Received.Clear();
            wait *= 2;
        }

        var second = await ((IPausable)run.Cluster).PauseAsync(1);
        for (var i = 1; i <= 20; i++) client.Send(1, new Ping(i));
        await run.UntilHits(pause, 21); // and the alarm
        await pause.DisposeAsync();
        await pause.DisposeAsync();
        await run.Ask<Pong>(client, 2, new Ping(100));
        Assert.Empty(client.Of<Alarm>());
        Assert.Equal(2, client.Of<Pong>().Count());
        await second.DisposeAsync();
        for (var i = 21; i <= 40; i++) client.Send(1, new Ping(i));
        await run.Until(() => client.Of<Pong>().Count() == 42 && client.Of<Alarm>().Any(), "all replies");
        Assert.Equal(
            Enumerable.Range(0, 41), client.Received.Where(static r => r.From == 1).Select(static r => r.Message).OfType<Pong>().Select(static p => p.Id));
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Killing_a_paused_node_ends_the_pause(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        var pause = await ((IPausable)run.Cluster).PauseAsync(1);
        client.Send(1, new Ping(1));
        await run.UntilHits(pause, 1);
        var kill = await ((IKillable)run.Cluster).KillAsync(1, CrashKind.Process);
        Assert.Equal(1, kill.Evidence.Hits); // the message that waited
        await kill.DisposeAsync();
        await run.Ask<Pong>(client, 1, new Ping(2));
        await pause.DisposeAsync();
        await run.Ask<Pong>(client, 1, new Ping(3));
        Assert.Equal([2, 3], client.Of<Pong>().Select(static pong => pong.Id));
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_idle_pause_leaves_no_evidence(string kind) => TestRun.Play(kind, async run =>
    {
        var pause = await ((IPausable)run.Cluster).PauseAsync(1);
        await pause.DisposeAsync();
        Assert.Equal(0, pause.Evidence.Hits);
        var client = await run.OpenAsync(0);
        await run.Ask<Pong>(client, 1, new Ping(1));
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_clock_jump_moves_the_wall_clock_only_and_heals(string kind) => TestRun.Play(kind, async run =>
    {
        const long Hour = 3_600_000_000_000;
        var client = await run.OpenAsync(0);
        var clocks = (IClockSkewable)run.Cluster;
        var ahead = await clocks.JumpClockAsync(1, Hour);
        var further = await clocks.JumpClockAsync(1, Hour);
        Assert.Equal(0, ahead.Evidence.Hits);
        var pong = await run.Ask<Pong>(client, 1, new Ping(1));
        Assert.InRange(pong.Wall, 2 * Hour, (2 * Hour) + run.World.Now);
        Assert.InRange(pong.Monotonic, 0, run.World.Now);
        Assert.Equal(1, ahead.Evidence.Hits);
        await ahead.DisposeAsync();
        pong = await run.Ask<Pong>(client, 1, new Ping(2));
        Assert.InRange(pong.Wall, Hour, Hour + run.World.Now);
        await further.DisposeAsync();
        await further.DisposeAsync();
        pong = await run.Ask<Pong>(client, 1, new Ping(3));
        Assert.InRange(pong.Wall, 0, run.World.Now);
        Assert.Equal(2, further.Evidence.Hits);
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_drifting_clock_speeds_timers_up_and_heals(string kind) => TestRun.Play(kind, async run =>
    {
        var client = await run.OpenAsync(0);
        client.Send(1, new SetAlarm(1, 20_000 * Millisecond)); // set before the drift, and due long before its time
        await run.Ask<Pong>(client, 1, new Ping(1));
        var drift = await ((IClockSkewable)run.Cluster).DriftClockAsync(1, 100);
        var start = run.World.Now;
        await run.Ask<Alarm>(client, 1, new SetAlarm(2, 500 * Millisecond));
        await run.Until(() => client.Of<Alarm>().Count() == 2, "both alarms");
        Assert.Contains(client.Of<Alarm>(), static alarm => alarm.Id == 1 && alarm.Waited >= 20_000 * Millisecond);
        Assert.Contains(client.Of<Alarm>(), static alarm => alarm.Id == 2 && alarm.Waited >= 500 * Millisecond);
        Assert.True(run.World.Now - start < 20_000 * Millisecond);
        var pong = await run.Ask<Pong>(client, 1, new Ping(2));
        Assert.True(pong.Wall > run.World.Now);
        Assert.True(drift.Evidence.Hits > 0);
        await drift.DisposeAsync();
        var after = await run.Ask<Pong>(client, 1, new Ping(3));
        Assert.InRange(after.Wall, 0, run.World.Now);
        Assert.True(after.Monotonic >= pong.Monotonic);
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_node_that_throws_ends_the_run(string kind)
    {
        var failure = Assert.Throws<NodeFailedException>(() => TestRun.Play(kind, async run =>
        {
            var client = await run.OpenAsync(0);
            await run.Ask<Pong>(client, 1, new Fail());
        }));
        Assert.Contains("n2", failure.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidDataException>(failure.InnerException);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reopening_a_client_leaves_the_old_one_behind(string kind) => TestRun.Play(kind, async run =>
    {
        var old = await run.OpenAsync(0);
        await run.Ask<Pong>(old, 1, new Ping(1));
        old.Send(1, new Ping(2));
        var fresh = await run.OpenAsync(0);
        await run.Ask<Pong>(fresh, 1, new Ping(3));
        await run.Until(() => fresh.Of<Pong>().Any(static pong => pong.Id == 3), "the reply to the new client");
        Assert.Equal([1], old.Of<Pong>().Select(static pong => pong.Id));
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Unknown_nodes_are_refused(string kind) => TestRun.Play(kind, async run =>
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await ((IKillable)run.Cluster).KillAsync(3, CrashKind.Process));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await ((IPausable)run.Cluster).PauseAsync(-1));
        var client = await run.OpenAsync(0);
        Assert.ThrowsAny<ArgumentException>(() => client.Send(3, new Ping(1)));
    });
}

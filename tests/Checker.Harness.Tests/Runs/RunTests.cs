using Checker.Harness.Generators;
using Checker.Harness.Nemeses;
using Checker.Harness.Runs;
using Checker.Harness.Workloads;
using Checker.Histories;
using Checker.Targets;
using Xunit;

namespace Checker.Harness.Tests.Runs;

public sealed class RunTests
{
    [Fact]
    public void A_run_ends_with_reads_of_every_client_after_all_faults_are_healed()
    {
        var events = new EventList();
        var plan = new ToyTarget().Plan("kill");
        var result = ((ToyTarget)plan.Target).Run(plan, new RunObservers { Events = [events] });

        Assert.Equal(RunEnd.Completed, result.End);
        Assert.Empty(result.Liveness);
        var lastHealed = events.Items.FindLastIndex(e => e.IsNemesis);
        Assert.StartsWith("stop-", events.Items[lastHealed].F, StringComparison.Ordinal);
        var readers = events.Items.Skip(lastHealed).Where(e => e is { Type: EventType.Ok, F: "read" }).Select(e => e.Process % plan.Concurrency);
        Assert.Equal([0, 1, 2], readers.Distinct().Order());
    }

    [Fact]
    public void Every_fault_that_starts_stops_with_its_evidence()
    {
        var plan = new ToyTarget().Plan("kill,pause,partition");
        var result = ((ToyTarget)plan.Target).Run(plan);
        var starts = result.History.Nemesis.Where(e => e.F.StartsWith("start-", StringComparison.Ordinal)).ToList();
        var stops = result.History.Nemesis.Where(e => e.F.StartsWith("stop-", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(starts);
        Assert.Equal(result.Faults.Count, starts.Count);
        Assert.Equal(starts.Select(e => e.F[6..]).Order(), stops.Select(e => e.F[5..]).Order());
        Assert.All(starts, e => Assert.False(e.Value.IsNull));
        Assert.All(stops, e => Assert.Equal(["\"hits\"", "\"what\""], e.Value.AsMap().Select(entry => entry.Key.ToString())));
    }

    [Fact]
    public void An_exception_becomes_info_and_retires_the_process()
    {
        var target = new ToyTarget(call => call.Number % 10 == 0 ? throw new InvalidOperationException("boom") : null);
        var history = target.Run().History;
        var infos = Operations(history).Where(o => o.Type == OperationType.Info).ToList();
        Assert.NotEmpty(infos);
        foreach (var info in infos)
        {
            Assert.Equal("InvalidOperationException: boom", history.Error(info.Index));
            Assert.DoesNotContain(Operations(history), o => o.Process == info.Process && o.Index > info.Index);
        }

        Assert.Contains(Operations(history), o => o.Process == infos[0].Process + 3);
    }

    [Fact]
    public void A_client_that_threw_is_opened_anew()
    {
        var target = new ToyTarget(call => call.Number == 10 ? throw new InvalidOperationException("boom") : null);
        Assert.Equal(RunEnd.Completed, target.Run().End);
        Assert.Equal(3 + 1, target.Opened);
    }

    [Fact]
    public void An_operation_that_finds_no_connection_certainly_did_not_happen()
    {
        var target = new ToyTarget(call => call.Number == 10 ? throw new InvalidOperationException("boom") : null)
        {
            RefusesToOpen = attempt => attempt is 4 or 5,
        };
        var history = target.Run().History;
        var failed = Operations(history).Where(o => o.Type == OperationType.Fail).ToList();
        Assert.Equal(2, failed.Count);
        Assert.Equal("could not connect: IOException: connection refused", history.Error(failed[0].Index));
    }

    [Fact]
    public void A_target_that_cannot_be_reached_is_a_result()
    {
        var result = new ToyTarget { RefusesToOpen = _ => true }.Run();
        Assert.Equal(RunEnd.Failed, result.End);
        Assert.Equal("the target \"toy\" could not be reached: connection refused", result.Error);
    }

    [Fact]
    public void A_client_that_never_answers_is_abandoned()
    {
        var target = new ToyTarget(call => call.Number == 10 ? new ValueTask<Completion>(new TaskCompletionSource<Completion>().Task) : null);
        var result = target.Run();
        Assert.Equal(RunEnd.Completed, result.End);
        var abandoned = Assert.Single(Operations(result.History), o => o.Type == OperationType.Info);
        Assert.Equal("abandoned: the client did not end it", result.History.Error(abandoned.Index));
        Assert.Empty(result.Liveness);
    }

    [Fact]
    public void A_client_is_asked_to_hurry_before_it_is_abandoned()
    {
        var target = new ToyTarget(call =>
        {
            if (call.Number != 10) return null;
            var done = new TaskCompletionSource<Completion>();
            call.Cancellation.Register(() => done.SetResult(Completion.Info("hurried")));
            return new ValueTask<Completion>(done.Task);
        });
        var history = target.Run().History;
        Assert.Equal("hurried", history.Error(Assert.Single(Operations(history), o => o.Type == OperationType.Info).Index));
    }

    [Fact]
    public void A_client_that_answers_at_once_does_not_stop_time()
    {
        var target = new ToyTarget(call => new ValueTask<Completion>(Completion.Ok(default)));
        var plan = target.Plan();
        plan = plan with { TimeLimit = Intervals.Millisecond, WorkloadOptions = plan.WorkloadOptions with { Rate = 1e9 } };
        Assert.InRange(target.Run(plan).Counts.Ok, 1_000, 10_000);
    }

    [Fact]
    public void A_completion_without_a_value_repeats_the_argument()
    {
        var events = new EventList();
        new ToyTarget().Run(observers: new RunObservers { Events = [events] });
        Assert.All(events.Items.Where(e => e is { F: "write", Type: EventType.Ok }), e => Assert.False(e.Value.IsNull));
    }

    [Fact]
    public void A_store_that_does_not_recover_is_found_out()
    {
        var target = new ToyTarget(HangsAfterFourSeconds);
        var result = target.Run();
        Assert.Equal(RunEnd.Completed, result.End);
        Assert.Equal(3, result.Liveness.Count(finding => finding.Kind == "no-recovery"));
        Assert.Equal(
            "client 0 had no operation succeed within 20s after all faults were healed; the last error was: gone", result.Liveness[0].Explanation);
        Assert.Equal(3, result.Liveness.Count(finding => finding.Kind == "no-final-reads"));
    }

    [Fact]
    public void A_node_that_throws_ends_the_run_and_leaves_the_history()
    {
        var target = new ToyTarget(onStart: node => node.After(Intervals.Second, () => throw new InvalidDataException("torn page")));
        var result = target.Run();
        Assert.Equal(RunEnd.Failed, result.End);
        Assert.Contains("node n1 threw InvalidDataException", result.Error, StringComparison.Ordinal);
        Assert.True(result.History.Count > 100);
        Assert.DoesNotContain(Operations(result.History), o => o.Complete == History.Never);
    }

    [Fact]
    public void An_observer_that_throws_ends_the_run_and_the_others_hear_the_rest()
    {
        var events = new EventList();
        var failing = new EventList { OnEvent = e => { if (e.Index == 100) throw new IOException("disk full"); } };
        var result = new ToyTarget().Run(observers: new RunObservers { Events = [failing, events] });
        Assert.Equal(RunEnd.Failed, result.End);
        Assert.Equal("an observer of the history failed: disk full", result.Error);
        Assert.Equal(result.History.EventCount, events.Items.Count);
        Assert.True(events.IsCompleted);
        Assert.Equal(101, failing.Items.Count);
    }

    [Fact]
    public void A_generator_that_throws_is_thrown_to_the_caller()
    {
        var target = new ToyTarget();
        var plan = target.Plan();
        plan = plan with { Workload = plan.Workload with { Main = _ => Gen.Operations(_ => throw new NotSupportedException("bug")) } };
        Assert.Throws<NotSupportedException>(() => target.Run(plan));
    }

    [Fact]
    public void Refuses_a_function_that_the_data_type_does_not_know()
    {
        var target = new ToyTarget();
        var plan = target.Plan();
        plan = plan with { Workload = plan.Workload with { Main = _ => Gen.Operation("enqueue") } };
        Assert.Contains("\"enqueue\"", Assert.Throws<ArgumentException>(() => target.Run(plan)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_workload_whose_data_type_the_target_does_not_offer()
    {
        var plan = new ToyTarget().Plan() with { Workload = WorkloadCatalogue.Kv };
        var refused = Assert.Throws<ArgumentException>(() => ((ToyTarget)plan.Target).Run(plan));
        Assert.Equal("workload \"kv\" needs the data type kv, but the target \"toy\" offers only register", refused.Message);
    }

    [Fact]
    public void A_workload_that_ends_before_the_time_limit_ends_the_main_phase()
    {
        var target = new ToyTarget();
        var plan = target.Plan();
        plan = plan with { Workload = plan.Workload with { Main = _ => WorkloadCatalogue.Register.Main(plan.WorkloadOptions).Limit(50) } };
        var result = target.Run(plan);
        Assert.Equal(50 + 3 + 3, result.Counts.Total);
        Assert.True(result.RunTime < 3 * Intervals.Second);
    }

    [Fact]
    public void The_result_says_how_to_run_it_again_and_what_was_run()
    {
        var plan = new ToyTarget().Plan("partition,kill", seed: 42);
        plan = plan with
        {
            WorkloadOptions = plan.WorkloadOptions with { Keys = 3, CasFraction = 0.25 },
            Bugs = ["a b"],
            NemesisOptions = NemesisOptions.Every(2 * Intervals.Second),
        };
        var result = ((ToyTarget)plan.Target).Run(plan);
        Assert.Equal(
            "checker run toy --workload register --nemesis partition,kill --nemesis-interval 2s --time-limit 5s --rate 200 --concurrency 3 " +
            "--nodes 3 --cas-fraction 0.25 --keys 3 --bug 'a b' --world sim --seed 42",
            result.ReplayCommand);
        var header = result.History.Header;
        Assert.Equal(("register", "toy", "register", 42L, 3), (header.Type, header.Target, header.Workload, header.Seed, header.Concurrency));
        Assert.Equal(["n1", "n2", "n3"], header.Nodes);
        Assert.Equal("[\"partition\",\"kill\"]", header.Other.Single(field => field.Key == "nemesis").Value.ToString());
        Assert.Equal(["linearizable"], result.Models);
    }

    private static ValueTask<Completion>? HangsAfterFourSeconds(ToyCall call)
    {
        if (call.Now < 4 * Intervals.Second) return null;
        var done = new TaskCompletionSource<Completion>();
        call.Endpoint.After(Intervals.Second, () => done.SetResult(Completion.Info("gone")));
        return new ValueTask<Completion>(done.Task);
    }

    private static List<Operation> Operations(History history) => [.. Enumerable.Range(0, history.Count).Select(i => history[i])];
}

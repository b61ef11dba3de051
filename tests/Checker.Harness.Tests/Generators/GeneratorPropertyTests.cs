using System.Globalization;
using Checker.Harness.Generators;
using Checker.Histories;
using Checker.Targets;
using Xunit;

namespace Checker.Harness.Tests.Generators;

public sealed class GeneratorPropertyTests
{
    private const int MostOperations = 250;
    private const long MostTime = 3_000;

    private static readonly int Campaign =
        int.TryParse(Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN"), CultureInfo.InvariantCulture, out var campaign) ? campaign : 1;

    public static TheoryData<string> Clients => ["perfect", "instant", "imperfect", "info-only"];

    [Theory]
    [MemberData(nameof(Clients))]
    public void Random_trees_end_and_keep_to_the_rules(string clients)
    {
        var operations = 0;
        for (var seed = 0; seed < 1_000 * Campaign; seed++)
        {
            var concurrency = 1 + (seed % 5);
            var tree = RandomTree.Of(seed).Limit(MostOperations).TimeLimit(TimeSpan.FromTicks(MostTime / 100));
            var run = tree.With(Named(clients), concurrency, max: MostOperations + 1, nemesis: seed % 3 != 0, seed: seed);
            Assert.True(run.End == SimulationEnd.Exhausted, $"tree {seed}: {run.End}");
            Assert.True(run.Operations.Count <= MostOperations, $"tree {seed}: too many operations");
            Assert.True(run.Operations.All(o => o.Time < MostTime), $"tree {seed}: an operation after its time");
            AssertWellFormed(seed, run.Events, concurrency);
            operations += run.Operations.Count;
        }

        Assert.True(operations > 20_000 * Campaign, $"only {operations} operations");
    }

    [Fact]
    public void Random_trees_are_the_same_for_the_same_seed()
    {
        for (var seed = 0; seed < 200 * Campaign; seed++)
        {
            var first = RandomTree.Of(seed).Limit(50).TimeLimit(TimeSpan.FromTicks(20)).With(SimulatedClients.Imperfect, 3, nemesis: true, seed: seed);
            var second = RandomTree.Of(seed).Limit(50).TimeLimit(TimeSpan.FromTicks(20)).With(SimulatedClients.Imperfect, 3, nemesis: true, seed: seed);
            Assert.Equal(first.Events, second.Events);
        }
    }

    [Fact]
    public void Random_trees_keep_to_their_process_limit()
    {
        for (var seed = 0; seed < 500 * Campaign; seed++)
        {
            var limit = 1 + (seed % 9);
            var run = RandomTree.Of(seed).ProcessLimit(limit).TimeLimit(TimeSpan.FromTicks(20)).With(SimulatedClients.Imperfect, 3, nemesis: true, seed: seed);
            Assert.True(run.Operations.Select(o => o.Process).Distinct().Count() <= limit, $"tree {seed}");
        }
    }

    [Fact]
    public void Random_trees_answer_the_same_when_asked_twice()
    {
        for (var seed = 0; seed < 500 * Campaign; seed++) AssertPure(seed);
    }

    // Two generators that came to be from the same answers: the first answer of each question, and a second answer to the same question.
    private static void AssertPure(int seed)
    {
        var context = GeneratorContext.Start(3, new SeededRandom(seed));
        var first = RandomTree.Of(seed);
        var second = first;
        var outcomes = new SeededRandom(seed);
        var open = new Queue<GeneratedOperation>();
        for (var question = 0; question < 120; question++)
        {
            GeneratorContext Asked() => context.WithRandom(new SeededRandom((1000L * seed) + question));
            var step = first.Next(Asked());
            var again = first.Next(Asked());
            var twin = second.Next(Asked());
            Assert.Equal((step.Kind, step.Operation, step.WakeTime), (again.Kind, again.Operation, again.WakeTime));
            Assert.Equal((step.Kind, step.Operation, step.WakeTime), (twin.Kind, twin.Operation, twin.WakeTime));
            if (step.IsExhausted) return;
            (first, second) = (step.Next, again.Next);
            if (step.IsOperation && step.Operation.IsInvocation)
            {
                open.Enqueue(step.Operation);
                Tell(step.Operation.ToEvent(0), invokes: true);
            }
            else if (step.IsPending && open.TryDequeue(out var operation))
            {
                var type = operation.IsNemesis ? EventType.Info : (EventType)(outcomes.Next(3) switch { 0 => 0, var t => t + 1 });
                context = context.At(context.Time + 10);
                Tell(operation.ToEvent(0) with { Time = context.Time, Type = type }, invokes: false);
            }
            else if (step.IsPending)
            {
                Assert.NotEqual(Step.Never, step.WakeTime);
                context = context.At(step.WakeTime);
            }
        }

        void Tell(HistoryEvent e, bool invokes)
        {
            var thread = context.ThreadOf(e.Process);
            context = invokes ? context.Busy(thread) : context.Release(thread);
            (first, second) = (first.Update(context, e), second.Update(context, e));
            if (!invokes && e.Type == EventType.Info) context = context.Retire(thread);
        }
    }

    private static SimulatedClients Named(string clients) => clients switch
    {
        "perfect" => SimulatedClients.Perfect,
        "instant" => SimulatedClients.Instant,
        "imperfect" => SimulatedClients.Imperfect,
        _ => SimulatedClients.InfoOnly,
    };

    // Says the rules again, from the events alone.
    private static void AssertWellFormed(int seed, IReadOnlyList<HistoryEvent> events, int concurrency)
    {
        var busy = new Dictionary<int, int>();
        var retired = new HashSet<int>();
        var time = 0L;
        foreach (var e in events)
        {
            Assert.True(e.Time >= time, $"tree {seed}: time goes back at {e}");
            time = e.Time;
            var thread = e.Process < 0 ? e.Process : e.Process % concurrency;
            if (busy.Remove(thread, out var process))
            {
                Assert.True(process == e.Process, $"tree {seed}: thread {thread} is busy as {process} at {e}");
                if (e is { Type: EventType.Info, IsNemesis: false }) retired.Add(process);
            }
            else
            {
                Assert.True(e.IsNemesis || e.Type == EventType.Invoke, $"tree {seed}: nothing to complete at {e}");
                Assert.False(retired.Contains(e.Process), $"tree {seed}: a retired process at {e}");
                busy[thread] = e.Process;
            }
        }

        Assert.Empty(busy);
    }
}

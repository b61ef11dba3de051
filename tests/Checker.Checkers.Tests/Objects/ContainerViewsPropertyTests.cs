using Checker.Checkers.Lattice;
using Checker.Checkers.Objects;
using Checker.Checkers.Specs;
using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Objects;

/// <summary>
/// What is said without a search of processes that use one queue, unordered queue, stack or priority queue, each element inserted once:
/// what is proved must be so by the definition.
/// </summary>
public sealed class ContainerViewsPropertyTests(ITestOutputHelper output)
{
    private const int Histories = 1500;

    private static readonly string[] Models = [ModelNames.ReadYourWrites, ModelNames.MonotonicReads, ModelNames.MonotonicWrites];

    public static TheoryData<string> Types =>
        [.. Campaign.Types.Select(static type => type.Name).Where(static name => name is "queue" or "unordered-queue" or "stack" or "priority-queue")];

    [Theory]
    [MemberData(nameof(Types))]
    public void What_is_proved_of_a_process_holds_by_the_definition(string name)
    {
        var type = DataTypes.Find(name)!;
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var histories = 0;
        Campaign.InBatches(Histories * Campaign.Multiplier, (batch, random) =>
        {
            for (var i = 0; i < Campaign.Batch; i++)
            {
                var small = ContainerHistory.Random(type, random);
                Judge(small, withViews: i % 8 == 0, $"batch {batch}, history {i}");
            }
        });
        output.WriteLine($"{name}: {histories} histories; {string.Join(", ", counts.Select(static pair => $"{pair.Key} {pair.Value}"))}");
        Assert.All(
            Models.Where(model => model != ModelNames.MonotonicReads || name == "unordered-queue"),
            model => Assert.True(counts[$"{model} by type"] > 100, $"{model}: only {counts[$"{model} by type"]} proved"));
        Assert.All(Models, model => Assert.True(counts[$"{model} by order"] > 100, $"{model}: only {counts[$"{model} by order"]} proved by one order"));
        Assert.True(name == "unordered-queue" || counts[$"{ModelNames.MonotonicReads} by growth"] > 100, "too little was proved by growth");

        void Judge(SmallHistory small, bool withViews, string where)
        {
            Interlocked.Increment(ref histories);
            var options = new CheckOptions { MaxSteps = 100_000 };
            var answering = small.Judged.Where(static o => o.Type == OperationType.Ok && o.Input.IsNull).Select(static o => o.Process).ToHashSet();
            var proved = BundledSpecs.Accept(type, new Prover(small.Build(), type, options, withViews))!;
            var reference = new SessionOfOne(type, small.Judged);
            foreach (var (model, process, way) in proved.Where(part => answering.Contains(part.Process)))
            {
                var kept = reference.Keeps(model, process);
                Assert.True(kept, $"{where}: {model} of process {process} was proved by {way}, but is broken\n{small}");
                var counted = $"{model} by {way}";
                lock (counts) counts[counted] = counts.GetValueOrDefault(counted) + 1;
            }
        }
    }

    // The reference that is fast enough for these histories, against the one that writes everything out.
    [Theory]
    [MemberData(nameof(Types))]
    public void The_reference_of_one_process_agrees_with_the_definitions(string name)
    {
        var type = DataTypes.Find(name)!;
        var (kept, broken) = (0, 0);
        Campaign.InBatches(4 * Campaign.Batch * Campaign.Multiplier, (_, random) =>
        {
            for (var i = 0; i < Campaign.Batch; i++)
            {
                var small = ContainerHistory.Random(type, random, most: 5);
                var one = new SessionOfOne(type, small.Judged);
                var all = new ObjectReference(type, Value.Null, small.Judged);
                var processes = small.Judged.Select(static o => o.Process).Distinct().ToArray();
                foreach (var model in Models)
                {
                    var expected = all.Satisfies(model);
                    if (expected) Interlocked.Increment(ref kept);
                    else Interlocked.Increment(ref broken);
                    Assert.True(expected == processes.All(process => one.Keeps(model, process)), $"{model}: {expected} expected\n{small}");
                }
            }
        });
        Assert.True(kept > 100 && broken > 8, $"{kept} kept, {broken} broken");
    }

    // Each process of which a model is proved, and by what.
    private sealed record Prover(History History, DataType Type, CheckOptions Options, bool WithViews) : ISpecVisitor<List<(string Model, int Process, string Way)>>
    {
        public List<(string Model, int Process, string Way)> Visit<TSpec, TState>(SpecFactory<TSpec> make)
            where TSpec : struct, ISequentialSpec<TState>
            where TState : notnull, IEquatable<TState>
        {
            var (rows, states) = SpecStates<TSpec, TState>.Build(History, Type, make, bundled: true, Options, out _)!.Value;
            var observed = Observed.Of(rows, Options);
            var typed = TypeViews.Of(rows, observed, Options);
            var containers = Assert.IsType<ContainerViews>(typed);
            var shuffled = Shuffled(rows);
            var proved = new List<(string, int, string)>();
            var order = MainOrder.Of(rows, states, Lin.Check(History, Type, Options), new Allowance(Options.MaxSteps, Options.MaxBytes, default), Options);
            foreach (var model in Models)
            {
                var quick = new QuickJudge(model, rows, states, new Findings(rows, observed, static () => null), new Allowance(Options.MaxSteps, Options.MaxBytes, default), Options);
                var all = WithViews && quick.Prove(main: null) is not null;
                for (var process = 0; process < rows.ProcessCount; process++)
                {
                    var name = History.Process[rows.Original[rows.Start[process]]];
                    if (typed.Proves(model, process, new Allowance(Options.MaxSteps, Options.MaxBytes, default))) proved.Add((model, name, "type"));
                    else if (all || !quick.Open.Contains(process)) proved.Add((model, name, "views"));
                    if (order?.ExplainsAllOf(process) == true) proved.Add((model, name, "order"));
                    if (model != ModelNames.MonotonicReads || Type == DataTypes.UnorderedQueue) continue;
                    foreach (var any in order is null ? [shuffled] : new[] { shuffled, order.Order })
                    {
                        if (containers.GrowsIn(any, process, new Allowance(Options.MaxSteps, Options.MaxBytes, default))) proved.Add((model, name, "growth"));
                    }
                }
            }

            return proved;
        }

        // Some order of all that happened that keeps each process's order.
        private static List<int> Shuffled(ObjectHistory rows)
        {
            var random = new Random(rows.Original.Aggregate(17, (hash, op) => unchecked((hash * 31) + (int)rows.History.Output[op].Bits)));
            var (next, order) = (rows.Start[..^1], new List<int>());
            while (Enumerable.Range(0, rows.ProcessCount).Where(process => next[process] < rows.Start[process + 1]).ToArray() is { Length: > 0 } left)
            {
                var row = next[left[random.Next(left.Length)]]++;
                if (!rows.Optional[row]) order.Add(row);
            }

            return order;
        }
    }
}

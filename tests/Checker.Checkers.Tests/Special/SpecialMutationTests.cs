using Checker.Benchmarks.Special;
using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;
using Xunit.Abstractions;

namespace Checker.Checkers.Tests.Special;

/// <summary>
/// One changed operation in a valid history of ten thousand: the special algorithm and the general search must say the same. Three processes
/// at once and brief objects, so that the search can be waited for.
/// </summary>
public sealed class SpecialMutationTests(ITestOutputHelper output)
{
    private const int Operations = 10_000;
    private const int Processes = 3;
    private const int Mutations = 6;
    private const long MostSteps = 1_000_000;
    private const long MostLeaseSteps = 50_000_000; // lapses stay open for ever

    public static TheoryData<string> Kinds => [.. SimulatedObject.Kinds.Where(kind => SpecialOf(kind) is not null)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Says_what_the_general_search_says_after_one_mutation(string kind)
    {
        var algorithm = SpecialOf(kind)!;
        var (agreed, invalid, undecided) = (0, 0, 0);
        for (var seed = 0; seed < Campaign.Multiplier; seed++)
        {
            var large = new LargeHistory(kind, Operations, Processes, unknown: 0, seed + Linearizability.Campaign.Seed, brief: true);
            Assert.Equal(SpecialOutcome.Valid, Decide(large.Build(), algorithm).Outcome);
            var random = new Random(seed);
            for (var mutation = 0; mutation < Mutations; mutation++)
            {
                var changed = Mutate(large, random, out var before);
                var history = large.Build();
                large.Operations[changed] = before;
                var special = Decide(history, algorithm);
                var search = Search(history);
                if (special.Outcome == SpecialOutcome.NotApplicable || search == VerdictKind.Unknown)
                {
                    undecided++;
                    continue;
                }

                Assert.True(
                    (search == VerdictKind.Valid) == (special.Outcome == SpecialOutcome.Valid),
                    $"seed {seed}, mutation {mutation} of operation {changed}: {algorithm.Name} says {special.Outcome} ({special.Anomaly?.Explanation}), the search {search}");
                agreed++;
                if (special.Outcome == SpecialOutcome.Invalid) invalid++;
            }
        }

        output.WriteLine($"{kind}: {agreed} compared, {invalid} invalid, {undecided} not decided by both");
        Assert.True(agreed > 0, $"{agreed} compared, {undecided} not decided by both");
        Assert.True(invalid > 0, "no mutation made it invalid");
    }

    // Another result: that of an operation of the same function nearby, the opposite, one more or less, or one item fewer.
    private static int Mutate(LargeHistory large, Random random, out LargeOperation before)
    {
        while (true)
        {
            var at = random.Next(Operations);
            ref var operation = ref large.Operations[at];
            before = operation;
            var other = large.Operations[Math.Clamp(at + random.Next(-40, 40), 0, Operations - 1)];
            var values = large.Values;
            if (operation.Function == Function.Release) operation.Type = OperationType.Fail;
            else if (operation.Type != OperationType.Ok) continue;
            else if (operation.Output.Bits == ValueId.Boolean(true).Bits) operation.Output = ValueId.Boolean(false);
            else if (operation.Output.Bits == ValueId.Boolean(false).Bits) operation.Output = ValueId.Boolean(true);
            else if (values.Kind(operation.Output) == ValueKind.List && random.Next(2) == 0 && operation.Function is Function.Read or Function.Poll && !values.Items(operation.Output).IsEmpty)
                operation.Output = values.List([.. values.Items(operation.Output)[..^1]]);
            else if (values.TryGetInteger(operation.Output, out var number) && random.Next(2) == 0) operation.Output = values.Integer(number + random.Next(3) - 1);
            else if (other.Function == operation.Function && other.Type == OperationType.Ok) operation.Output = other.Output;
            if (operation.Output != before.Output || operation.Type != before.Type) return at;
        }
    }

    private static SpecialVerdict Decide(History history, ISpecialAlgorithm algorithm) =>
        algorithm.TryDecide(KeyPartition.Of(history, history.Type!, default, CheckOptions.Default)[0], CheckOptions.Default);

    // Of leases the general search knows nothing: their reference is the search in which they lapse by steps.
    private static VerdictKind Search(History history)
    {
        var rows = KeyPartition.Of(history, history.Type!, default, CheckOptions.Default)[0];
        var budget = new SearchBudget(MostSteps, 1L << 29, default);
        var leases = new LockLeases().Supports(history.Type!, CheckOptions.Default)
            ? new LockLeases().TryDecide(rows, CheckOptions.Default with { MaxSteps = MostLeaseSteps }).Outcome
            : SpecialOutcome.NotApplicable;
        if (leases != SpecialOutcome.NotApplicable) return leases == SpecialOutcome.Valid ? VerdictKind.Valid : VerdictKind.Invalid;
        return BundledSpecs.Accept(history.Type!, new Judging())!.Judge(rows, budget).Kind;
    }

    private static ISpecialAlgorithm? SpecialOf(string kind) => kind switch
    {
        "register" => new RegisterZones(),
        "queue" => new UniqueQueue(),
        "unordered-queue" => new UniqueBag(),
        "unordered-queue with equal elements" => new BagCounts(),
        "stack" => new UniqueStack(),
        "priority-queue" => new UniquePriorityQueue(),
        "set" => new UniqueSet(),
        "grow-only set" => new GrowOnlySet(),
        "append-list" => new UniqueAppendList(),
        "log" => new UniqueLog(),
        "counter" => new UnitCounter(),
        "unique-ids" => new DistinctIds(),
        "lock" or "lock with leases" => new LockHolds(),
        _ => null,
    };

    private readonly struct Judging : ISpecVisitor<IObjectJudge>
    {
        public IObjectJudge Visit<TSpec, TState>(SpecFactory<TSpec> make)
            where TSpec : struct, ISequentialSpec<TState>
            where TState : notnull, IEquatable<TState> => new SearchJudge<TSpec, TState>(make, bundled: true);
    }
}

using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Checkers.Specs;
using Checker.Histories;
using Xunit.Abstractions;

namespace Checker.Checkers.Tests.Special;

/// <summary>One changed operation in a longer valid history: the special algorithm and the general search must say the same.</summary>
public sealed class SpecialMutationTests(ITestOutputHelper output)
{
    private const int Operations = 300;

    public static TheoryData<string> Kinds => ["register", "queue", "stack", "priority-queue", "set", "grow-only set", "counter", "append-list", "log", "unique-ids"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Says_what_the_general_search_says_after_one_mutation(string kind)
    {
        var (model, algorithm) = Of(kind);
        var (agreed, invalid) = (0, 0);
        for (var seed = 0; seed < 12 * Campaign.Multiplier; seed++)
        {
            var random = new Random(seed);
            var operations = RandomHistories.Next(model, random, Operations, 3, 0, 0);
            model.Corrupt(operations[random.Next(operations.Count)], random, operations);
            var history = TestHistory.Of(operations, model.Type);
            var rows = TestHistory.Rows(history, model.Type);
            var special = algorithm.TryDecide(rows, CheckOptions.Default);
            if (special.Outcome == SpecialOutcome.NotApplicable) continue;
            var search = BundledSpecs.Accept(model.Type, new Judging())!.Judge(rows, new SearchBudget(200_000, 1L << 28, default));
            if (search.Kind == VerdictKind.Unknown) continue;
            Assert.True(
                (search.Kind == VerdictKind.Valid) == (special.Outcome == SpecialOutcome.Valid),
                $"seed {seed}: {algorithm.Name} says {special.Outcome} ({special.Anomaly?.Explanation}), the search {search.Kind}");
            agreed++;
            if (special.Outcome == SpecialOutcome.Invalid) invalid++;
        }

        output.WriteLine($"{kind}: {agreed} compared, {invalid} invalid");
        Assert.True(agreed > 0, "nothing was compared");
    }

    private static (Model Model, ISpecialAlgorithm Algorithm) Of(string kind) => kind switch
    {
        "register" => (new RegisterModel(repeats: 0), new RegisterZones()),
        "queue" => (new ContainerModel(DataTypes.Queue, Function.Enqueue, Function.Dequeue), new UniqueQueue()),
        "stack" => (new ContainerModel(DataTypes.Stack, Function.Push, Function.Pop), new UniqueStack()),
        "priority-queue" => (new ContainerModel(DataTypes.PriorityQueue, Function.Insert, Function.ExtractMax), new UniquePriorityQueue()),
        "set" => (new SetModel(wholeReads: false, elements: 100, repeatOneIn: 1), new UniqueSet()),
        "grow-only set" => (new SetModel(wholeReads: true), new GrowOnlySet()),
        "counter" => (new CounterModel(), new UnitCounter()),
        "append-list" => (new AppendListModel(), new UniqueAppendList()),
        "log" => (new LogModel(), new UniqueLog()),
        _ => (new UniqueIdsModel(), new DistinctIds()),
    };

    private readonly struct Judging : ISpecVisitor<IObjectJudge>
    {
        public IObjectJudge Visit<TSpec, TState>(SpecFactory<TSpec> make)
            where TSpec : struct, ISequentialSpec<TState>
            where TState : notnull, IEquatable<TState> => new SearchJudge<TSpec, TState>(make, bundled: true);
    }
}

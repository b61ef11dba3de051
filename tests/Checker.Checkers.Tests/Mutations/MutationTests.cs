using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Checkers.Tests.Linearizability;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Mutations;

/// <summary>
/// One mutation of a valid history of thousands of operations: the verdict must become invalid exactly when the definition says so, and the special
/// algorithms, the general search and the whole portfolio must all say the same. About half of the mutants are invalid.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Mutants = 24;
    private const int Tries = 12;
    private const int TriesOfTheRarer = 40;
    private const long MostSteps = 1_000_000;

    public static TheoryData<string> Bases => [.. MutationBases.Names];

    [Theory]
    [MemberData(nameof(Bases))]
    public void Flips_the_verdict_exactly_when_the_definition_says_so(string name)
    {
        var counts = new MutationCounts();
        Parallel.For(0, Campaign.Multiplier, seed => Judge(name, seed, counts));
        output.WriteLine($"{name}: {counts}");
        counts.AssertMeaningful(
            special: !name.EndsWith("random values", StringComparison.Ordinal)
                && name is not ("set with re-added elements" or "counter with deltas" or "queue with equal elements"));
    }

    private static void Judge(string name, int seed, MutationCounts counts)
    {
        var count = (seed % 4) switch { 3 => 10_000, 1 => 5_000, _ => 2_000 };
        var (original, walk) = Original(name, count, seed + Campaign.Seed);
        Assert.True(walk.IsLinearizable, $"{name}, seed {seed}: the original is not valid, or there is none that can be walked through");
        Assert.True(original.Operations.Count > count / 2, $"{name}, seed {seed}: only {original.Operations.Count} operations");
        var mutator = new Mutator(original.Type, original.Operations, new Random(seed));
        for (var mutant = 0; mutant < Mutants; mutant++)
        {
            var (operations, expected, mutation) = Find(mutator, walk, invalid: mutant % 2 == 0);
            var changed = new SmallHistory(original.Type, original.Initial, observeFailedCas: false, [.. operations.OrderBy(o => o.Invoke)]);
            Judge(changed, expected, mutation, counts, $"{name}, seed {seed}, mutant {mutant} ({mutation})");
        }
    }

    // Where much is in a queue for long, in an order that nobody knows, there are too many states to walk through: then another.
    private static (SmallHistory History, EventWalk Walk) Original(string name, int count, int seed)
    {
        for (var attempt = 1; ; attempt++, seed += 1_000_003)
        {
            var original = MutationBases.Of(name, count, seed);
            var walk = new EventWalk(original.Type, original.Initial, original.Operations);
            if (walk.IsLinearizable is not null || attempt == Tries) return (original, walk);
        }
    }

    // One that is valid or invalid as wished, if there is one among a few.
    private static (List<ReferenceOperation> Operations, bool IsValid, Mutation Mutation) Find(Mutator mutator, EventWalk walk, bool invalid)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (operations, first, last, mutation) = mutator.Next();
            if (walk.IsLinearizableAfter(operations, first, last) is not { } valid) continue;
            if (valid != invalid || attempt >= (invalid ? TriesOfTheRarer : Tries)) return (operations, valid, mutation);
        }
    }

    private static void Judge(SmallHistory changed, bool valid, Mutation mutation, MutationCounts counts, string where)
    {
        var history = changed.Build();
        var options = new CheckOptions { Initial = changed.Initial };
        var expected = valid ? VerdictKind.Valid : VerdictKind.Invalid;
        var verdict = Lin.Check(history, changed.Type, options);
        Assert.True(verdict.Kind == expected, $"{where}: expected {expected}, {verdict.Algorithm} says {verdict.Kind} {verdict.Reason}{(verdict.Anomalies is [var anomaly, ..] ? anomaly.Explanation : "")}");
        if (verdict.Certificate is OrderCertificate order) Assert.Null(CertificateReplayer.Refute(history, changed.Type, order, options));
        Assert.Equal(valid, verdict.Certificate is OrderCertificate);

        var rows = KeyPartition.Of(history, changed.Type, history.Values.Intern(changed.Initial), options)[0];
        var special = 0;
        foreach (var algorithm in SpecialAlgorithms.For(changed.Type, options))
        {
            var outcome = algorithm.TryDecide(rows, options).Outcome;
            if (outcome == SpecialOutcome.NotApplicable) continue;
            special++;
            Assert.True((outcome == SpecialOutcome.Valid) == valid, $"{where}: expected {expected}, {algorithm.Name} says {outcome}");
        }

        var search = Lin.JudgeOf(changed.Type).Judge(rows, new SearchBudget(MostSteps, 1L << 29, default)).Kind;
        if (search != VerdictKind.Unknown) Assert.True(search == expected, $"{where}: expected {expected}, the general search says {search}");
        counts.Add(mutation, valid, special > 0, search != VerdictKind.Unknown);
    }
}

using Checker.Benchmarks.Special;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Histories;
using Xunit.Abstractions;

namespace Checker.Checkers.Tests.Special;

/// <summary>
/// One changed operation in a valid history of four thousand of a lock with leases: the near-linear algorithm and the search through time must say
/// the same.
/// </summary>
public sealed class LeaseMutationTests(ITestOutputHelper output)
{
    private const int Operations = 4_000;
    private const int Processes = 3;
    private const int Mutations = 6;
    private const long MostSteps = 50_000_000; // lapses stay open for ever

    [Fact]
    public void Says_what_the_search_through_time_says_after_one_mutation()
    {
        var (valid, invalid, undecided) = (0, 0, 0);
        for (var seed = 0; seed < Campaign.Multiplier; seed++)
        {
            var large = new LargeHistory("lock with leases", Operations, Processes, unknown: 0, seed + Linearizability.Campaign.Seed, brief: true);
            Assert.Equal(SpecialOutcome.Valid, Decide(large.Build()));
            var random = new Random(seed);
            for (var mutation = 0; mutation < Mutations; mutation++)
            {
                var changed = Mutate(large, random, out var before);
                var history = large.Build();
                large.Operations[changed] = before;
                var (special, search) = (Decide(history), Search(history));
                if (special == SpecialOutcome.NotApplicable || search == SpecialOutcome.NotApplicable)
                {
                    undecided++;
                    continue;
                }

                Assert.True(search == special, $"seed {seed}, mutation {mutation} of operation {changed}: the search through time says {search}");
                if (special == SpecialOutcome.Invalid) invalid++;
                else valid++;
            }
        }

        output.WriteLine($"{valid} valid, {invalid} invalid, {undecided} not decided by both");
        Assert.True(invalid > 0 && invalid + valid > undecided, $"{valid} valid, {invalid} invalid, {undecided} not decided by both");
    }

    // One that failed, or the fencing token of another acquire.
    private static int Mutate(LargeHistory large, Random random, out LargeOperation before)
    {
        while (true)
        {
            var at = random.Next(Operations);
            ref var operation = ref large.Operations[at];
            before = operation;
            if (operation.Type != OperationType.Ok) continue;
            var other = large.Operations[Math.Clamp(at + random.Next(-40, 40), 0, Operations - 1)];
            if (operation.Function == Function.Release || random.Next(2) == 0) operation.Type = OperationType.Fail;
            else if (other.Function == operation.Function && other.Type == OperationType.Ok) operation.Output = other.Output;
            if (operation.Output != before.Output || operation.Type != before.Type) return at;
        }
    }

    // Of leases the general search knows nothing: the reference is the search in which they lapse by steps.
    private static SpecialOutcome Search(History history) => new LockLeases().TryDecide(Rows(history), CheckOptions.Default with { MaxSteps = MostSteps }).Outcome;

    private static SpecialOutcome Decide(History history) => new LockHolds().TryDecide(Rows(history), CheckOptions.Default).Outcome;

    private static KeyHistory Rows(History history) => KeyPartition.Of(history, history.Type!, default, CheckOptions.Default)[0];
}

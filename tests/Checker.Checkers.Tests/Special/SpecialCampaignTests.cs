using Checker.Checkers.Linearizability.Special;
using Checker.Checkers.Linearizability.Special.Counters;
using Checker.Checkers.Linearizability.Special.Logs;
using Checker.Checkers.Linearizability.Special.Sets;
using Checker.Histories;
using Xunit.Abstractions;

namespace Checker.Checkers.Tests.Special;

/// <summary>Every special algorithm against the definition: verdict, order and evidence.</summary>
public sealed class SpecialCampaignTests(ITestOutputHelper output)
{
    [Fact]
    public void Registers_agree_with_the_definition() => Run(() => new RegisterModel(), new RegisterZones(), 1, undecided: 0.1);

    [Fact]
    public void Registers_agree_with_the_definition_where_values_repeat() =>
        Run(() => new RegisterModel(repeats: 0.3), new RegisterZones(), 2, undecided: 0.7);

    [Fact]
    public void Registers_agree_with_the_definition_where_failed_compare_and_sets_are_observations() =>
        Run(() => new RegisterModel(failedSwaps: true), new RegisterZones(), 3, undecided: 0.15, observeFailedCas: true);

    [Fact]
    public void Queues_agree_with_the_definition_and_are_always_decided() =>
        Run(() => new ContainerModel(DataTypes.Queue, Function.Enqueue, Function.Dequeue), new UniqueQueue(), 4, undecided: 0);

    [Fact]
    public void Bags_agree_with_the_definition() =>
        Run(() => new ContainerModel(DataTypes.UnorderedQueue, Function.Enqueue, Function.Dequeue), new UniqueBag(), 5, undecided: 0.1);

    [Fact]
    public void Bags_agree_with_the_definition_where_values_repeat() =>
        Run(() => new ContainerModel(DataTypes.UnorderedQueue, Function.Enqueue, Function.Dequeue, values: 3), new BagCounts(), 17, undecided: 0.02);

    [Fact]
    public void Stacks_agree_with_the_definition() =>
        Run(() => new ContainerModel(DataTypes.Stack, Function.Push, Function.Pop), new UniqueStack(), 6, undecided: 0.02);

    [Fact]
    public void Priority_queues_agree_with_the_definition() =>
        Run(() => new ContainerModel(DataTypes.PriorityQueue, Function.Insert, Function.ExtractMax), new UniquePriorityQueue(), 7, undecided: 0.05);

    [Fact]
    public void Sets_agree_with_the_definition() => Run(() => new SetModel(wholeReads: false), new SetElements(), 8, undecided: 0);

    [Fact]
    public void Sets_with_re_added_elements_agree_with_the_definition_and_are_always_decided() =>
        Run(() => new SetModel(wholeReads: false, elements: 2, repeatOneIn: 2), new SetElements(), 17, undecided: 0, mostOperations: 11);

    [Fact]
    public void One_element_that_is_added_again_and_again_agrees_with_the_definition_and_is_always_decided() =>
        Run(() => new SetModel(wholeReads: false, elements: 1, repeatOneIn: 2), new SetElements(), 18, undecided: 0, mostOperations: 12);

    [Fact]
    public void Sets_with_all_operations_agree_with_the_definition() =>
        Run(() => new SetModel(wholeReads: false, elements: 2, repeatOneIn: 2, mixed: true), new SetReads(), 23, undecided: 0.2, mostOperations: 10);

    [Fact]
    public void Semaphores_agree_with_the_definition_and_are_always_decided() =>
        Run(() => new SemaphoreModel(permits: 2), new SemaphorePermits(), 19, undecided: 0);

    [Fact]
    public void Grow_only_sets_agree_with_the_definition_and_are_always_decided() => Run(() => new SetModel(wholeReads: true), new GrowOnlySet(), 9, undecided: 0);

    [Fact]
    public void Counters_agree_with_the_definition_and_are_always_decided() => Run(() => new CounterModel(initial: 3), new UnitCounter(), 10, undecided: 0);

    [Fact]
    public void Counters_with_any_increments_agree_with_the_definition_and_are_always_decided() =>
        Run(() => new CounterModel(initial: 3, most: 4), new DeltaCounter(), 20, undecided: 0, mostOperations: 11);

    [Fact]
    public void Counters_of_ones_and_twos_agree_with_the_definition_and_are_always_decided() =>
        Run(() => new CounterModel(most: 2), new DeltaCounter(), 21, undecided: 0, mostOperations: 12);

    [Fact]
    public void Counters_that_go_up_and_down_agree_with_the_definition_and_are_always_decided() =>
        Run(() => new CounterModel(most: 3, sign: -1, both: true), new SumCounter(), 24, undecided: 0);

    [Fact]
    public void Counters_that_shrink_agree_with_the_definition_and_are_always_decided() =>
        Run(() => new CounterModel(most: 2, sign: -1), new DeltaCounter(), 22, undecided: 0);

    [Fact]
    public void Append_lists_agree_with_the_definition_and_are_always_decided() => Run(() => new AppendListModel(), new UniqueAppendList(), 11, undecided: 0);

    [Fact]
    public void Logs_agree_with_the_definition_and_are_always_decided() => Run(() => new LogModel(), new UniqueLog(), 12, undecided: 0);

    [Fact]
    public void Unique_ids_agree_with_the_definition_and_are_always_decided() => Run(() => new UniqueIdsModel(), new DistinctIds(), 13, undecided: 0);

    [Fact]
    public void Locks_agree_with_the_definition_and_are_always_decided() => Run(() => new LockModel(tokens: false), new LockHolds(), 14, undecided: 0);

    [Fact]
    public void Locks_with_fencing_tokens_agree_with_the_definition_and_are_always_decided() =>
        Run(() => new LockModel(tokens: true), new LockHolds(), 15, undecided: 0);

    [Fact]
    public void Locks_with_named_owners_agree_with_the_definition() => Run(() => new LockModel(tokens: true, named: true), new LockHolds(), 16, undecided: 0.8);

    private void Run(Func<Model> model, ISpecialAlgorithm algorithm, int seed, double undecided, bool observeFailedCas = false, int mostOperations = 9)
    {
        var campaign = new Campaign(model, algorithm, output) { ObserveFailedCas = observeFailedCas, MostOperations = mostOperations };
        campaign.Run(2_500, seed);
        Assert.True(campaign.Undecided <= campaign.Total * undecided, $"{campaign.Undecided} of {campaign.Total} undecided");
        Assert.InRange((double)campaign.Wrong / campaign.Total, 0.44, 0.56);
        Assert.True(campaign.WithInfo > 0.27 * campaign.Total, $"only {campaign.WithInfo} with operations of unknown outcome");
        Assert.True(campaign.Invalid > campaign.Total / 12, $"only {campaign.Invalid} invalid");
        Assert.True(campaign.Valid > campaign.Total / 12, $"only {campaign.Valid} valid");
    }
}

using Checker.Checkers.Linearizability.Special;
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
    public void Sets_agree_with_the_definition() => Run(() => new SetModel(wholeReads: false), new UniqueSet(), 8, undecided: 0.05);

    [Fact]
    public void Grow_only_sets_agree_with_the_definition_and_are_always_decided() => Run(() => new SetModel(wholeReads: true), new GrowOnlySet(), 9, undecided: 0);

    [Fact]
    public void Counters_agree_with_the_definition_and_are_always_decided() => Run(() => new CounterModel(initial: 3), new UnitCounter(), 10, undecided: 0);

    [Fact]
    public void Append_lists_agree_with_the_definition_and_are_always_decided() => Run(() => new AppendListModel(), new UniqueAppendList(), 11, undecided: 0);

    [Fact]
    public void Logs_agree_with_the_definition() => Run(() => new LogModel(), new UniqueLog(), 12, undecided: 0.2);

    [Fact]
    public void Unique_ids_agree_with_the_definition() => Run(() => new UniqueIdsModel(), new DistinctIds(), 13, undecided: 0.2);

    [Fact]
    public void Locks_agree_with_the_definition_and_are_always_decided() => Run(() => new LockModel(tokens: false), new LockHolds(), 14, undecided: 0);

    [Fact]
    public void Locks_with_fencing_tokens_agree_with_the_definition_and_are_always_decided() =>
        Run(() => new LockModel(tokens: true), new LockHolds(), 15, undecided: 0);

    [Fact]
    public void Locks_with_named_owners_agree_with_the_definition() => Run(() => new LockModel(tokens: true, named: true), new LockHolds(), 16, undecided: 0.8);

    private void Run(Func<Model> model, ISpecialAlgorithm algorithm, int seed, double undecided, bool observeFailedCas = false)
    {
        var campaign = new Campaign(model, algorithm, output) { ObserveFailedCas = observeFailedCas };
        campaign.Run(2_500, seed);
        Assert.True(campaign.Undecided <= campaign.Total * undecided, $"{campaign.Undecided} of {campaign.Total} undecided");
        Assert.InRange((double)campaign.Wrong / campaign.Total, 0.44, 0.56);
        Assert.True(campaign.WithInfo > 0.27 * campaign.Total, $"only {campaign.WithInfo} with operations of unknown outcome");
        Assert.True(campaign.Invalid > campaign.Total / 12, $"only {campaign.Invalid} invalid");
        Assert.True(campaign.Valid > campaign.Total / 12, $"only {campaign.Valid} valid");
    }
}

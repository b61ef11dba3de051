using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Checkers.Tests.RealTime;
using Checker.Checkers.Tests.Registers;
using Checker.Histories;

namespace Checker.Checkers.Tests.Lattice;

public class LatticeTests
{
    private static int Scale => int.TryParse(Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN"), out var scale) ? scale : 1;

    [Fact]
    public void Every_model_can_be_judged() => Assert.All(ModelLattice.Models, name => Assert.NotNull(Models.Find(name)));

    [Fact]
    public void Models_stand_before_those_they_imply()
    {
        var order = ModelLattice.Models.ToList();
        Assert.All(ModelLattice.Implications, edge => Assert.True(order.IndexOf(edge.Stronger) < order.IndexOf(edge.Weaker)));
    }

    [Fact]
    public void Contradicting_verdicts_are_refused() => Assert.Throws<ArgumentException>(() => ModelLattice.Propagate(
        new Dictionary<string, VerdictKind> { [ModelNames.Sequential] = VerdictKind.Valid, [ModelNames.Pram] = VerdictKind.Invalid }));

    // Histories that read anything, and histories of one true order with at most one read changed.
    [Fact]
    public void No_verdict_contradicts_an_implication_and_classification_agrees_with_judging_all()
    {
        var random = new Random(30);
        var seen = new HashSet<string>();
        for (var i = 0; i < 6000 * Scale; i++)
        {
            var (history, small) = Next(random, i);
            var kinds = ModelLattice.Models.ToDictionary(
                name => name, name => Models.Find(name)!.Check(history, DataTypes.Kv, CheckOptions.Default).Kind);

            // With values written again and again, real time is not judged below causal convergence; nor convergence without final reads.
            Assert.All(kinds, kind => Assert.True(kind.Value != VerdictKind.Unknown || kind.Key is ModelNames.RealTimeCausal or ModelNames.Eventual, $"{kind.Key}:\n{small}"));
            foreach (var (stronger, weaker) in ModelLattice.Implications)
            {
                Assert.False(kinds[stronger] == VerdictKind.Valid && kinds[weaker] == VerdictKind.Invalid, $"{stronger} but not " +
                    $"{weaker}:\n{small}");
            }

            var classified = Classification.Of(Models.All, history, DataTypes.Kv, CheckOptions.Default);
            Assert.All(
                classified.Placements.Where(placement => kinds[placement.Model] != VerdictKind.Unknown),
                placement => Assert.Equal(kinds[placement.Model], placement.Kind));
            Assert.All(classified.WeakestViolated, placement => Assert.NotEmpty(placement.Verdict!.Anomalies));
            Assert.All(classified.StrongestSatisfied, placement => Assert.Equal(VerdictKind.Valid, placement.Verdict!.Kind));
            seen.Add(string.Join(",", classified.StrongestSatisfied.Select(p => p.Model)));
        }

        Assert.True(seen.Count >= 24, $"only {seen.Count} places were met: {string.Join(" | ", seen)}");
    }

    // One operation after another, reading anything or from one true order; or overlapping ones.
    private static (History History, object Text) Next(Random random, int i)
    {
        if (i % 3 == 2)
        {
            var timed = TimedHistory.Random(random, maxOps: 10, infoShare: i % 4 == 0 ? 0.2 : 0, keys: 2);
            return (timed.Build(), timed);
        }

        var small = i % 3 == 0
            ? SmallHistory.Random(random, maxOps: 10, infoShare: i % 4 == 0 ? 0.2 : 0, values: i % 2 == 0 ? 0 : random.Next(1, 6))
            : SmallHistory.InOrder(random, count: 10, processes: 3, keys: 2, broken: i % 4 == 1, values: i % 8 == 4 ? 4 : 0);
        return (small.Build(), small);
    }

    [Fact]
    public void A_linearizable_history_is_judged_by_nothing_else()
    {
        var history = SmallHistory.Parse("0 w x 1", "1 r x 1").Build();
        var classified = Classification.Of(Models.All, history, DataTypes.Kv, CheckOptions.Default);
        Assert.All(classified.Placements, placement => Assert.Equal(VerdictKind.Valid, placement.Kind));
        Assert.Equal(ModelNames.Linearizable, Assert.Single(classified.StrongestSatisfied).Model);
        Assert.Equal(ModelNames.Linearizable, Assert.Single(classified.Placements, placement => placement.Verdict is not null).Model);
    }

    [Fact]
    public void A_value_written_twice_leaves_nothing_open()
    {
        var history = SmallHistory.Parse("0 w x 1", "0 w x 1", "0 r x 1", "0 w x 2", "0 r x 1").Build();
        var classified = Classification.Of(Models.All, history, DataTypes.Kv, CheckOptions.Default);
        Assert.Equal([ModelNames.ReadYourWrites, ModelNames.Safe], classified.WeakestViolated.Select(placement => placement.Model));
        Assert.Empty(classified.Undecided);
    }

    [Fact]
    public void A_queue_is_placed_by_the_models_that_it_has()
    {
        var builder = new HistoryBuilder(DataTypes.Queue);
        var one = builder.Values.Integer(1);
        builder.Invoke(0, Function.Dequeue, Histories.Values.ValueId.Null, Histories.Values.ValueId.Null);
        builder.Complete(0, OperationType.Ok, Function.Dequeue, Histories.Values.ValueId.Null, one);
        var classified = Classification.Of(Models.All, builder.Build(), DataTypes.Queue, CheckOptions.Default);
        Assert.Equal(
            [ModelNames.ReadYourWrites, ModelNames.MonotonicReads, ModelNames.WritesFollowReads, ModelNames.MonotonicWrites],
            classified.WeakestViolated.Select(placement => placement.Model));
        Assert.Empty(classified.Undecided);
        Assert.Equal(
            [ModelNames.RealTimeCausal, ModelNames.TwoAtomic, ModelNames.Regular, ModelNames.Safe, ModelNames.Eventual],
            classified.NotJudged.Select(placement => placement.Model));
    }
}

using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Xunit.Abstractions;

namespace Checker.Checkers.Tests.Lattice;

/// <summary>No verdict contradicts an implication of the lattice, and classification agrees with judging by every model: every data type.</summary>
public sealed class EveryTypeLatticeTests(ITestOutputHelper output)
{
    private const int Histories = 250;

    public static TheoryData<string> Types => [.. Campaign.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void No_verdict_contradicts_an_implication(string name)
    {
        var type = DataTypes.Find(name)!;
        var places = new HashSet<string>();
        var (unknown, verdicts) = (0, 0);
        Campaign.InBatches(Histories * Campaign.Multiplier, (_, random) =>
        {
            for (var i = 0; i < Campaign.Batch; i++)
            {
                var small = SmallHistory.Random(type, random, most: 7);
                var history = small.Build();
                var options = new CheckOptions { Initial = small.Initial, ObserveFailedCas = small.ObserveFailedCas, MaxSteps = 300_000 };
                var kinds = ModelLattice.Models.Where(model => Models.Find(model)!.Supports(type))
                    .ToDictionary(model => model, model => Models.Find(model)!.Check(history, type, options).Kind);
                Interlocked.Add(ref verdicts, kinds.Count);
                Interlocked.Add(ref unknown, kinds.Count(kind => kind.Value == VerdictKind.Unknown && kind.Key != ModelNames.Eventual));
                foreach (var stronger in kinds.Keys)
                {
                    foreach (var weaker in kinds.Keys.Where(weaker => ModelLattice.Implies(stronger, weaker)))
                    {
                        Assert.False(
                            kinds[stronger] == VerdictKind.Valid && kinds[weaker] == VerdictKind.Invalid, $"{stronger} but not {weaker}:\n{small}");
                    }
                }

                var classified = Classification.Of(Models.All, history, type, options);
                foreach (var placement in classified.Placements)
                {
                    if (kinds.GetValueOrDefault(placement.Model, VerdictKind.Unknown) is not VerdictKind.Unknown and var kind)
                        Assert.True(kind == placement.Kind, $"{placement.Model}: {kind} alone, {placement.Kind} among all:\n{small}");
                }

                lock (places) places.Add(string.Join(",", classified.StrongestSatisfied.Select(placement => placement.Model)));
            }
        });
        output.WriteLine($"{name}: {places.Count} places, {unknown} verdicts unknown");
        Assert.True(places.Count >= 2, $"only {places.Count} places were met");
        Assert.True(unknown <= verdicts * 0.15, $"{unknown} of {verdicts} verdicts were unknown");
    }
}

using Checker.Benchmarks.Models;
using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Histories;

namespace Checker.Checkers.Tests.Objects;

/// <summary>Histories of thousands of operations, which no search would get through, are decided; a contradiction among them by few operations.</summary>
public sealed class LargeObjectTests
{
    private const int Operations = 2000;

    private static readonly string[] Weak =
    [
        ModelNames.CausalConvergence, ModelNames.CausalMemory, ModelNames.Causal, ModelNames.Pram,
        ModelNames.ReadYourWrites, ModelNames.MonotonicReads, ModelNames.WritesFollowReads, ModelNames.MonotonicWrites,
    ];

    public static TheoryData<string> Types => [.. ReplicatedObjects.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Replicas_behind_a_primary_satisfy_every_weak_model(string name)
    {
        var type = DataTypes.Find(name)!;
        var history = ReplicatedObjects.Make(type, Operations, processes: 5, keys: 20, primary: true, spoiled: false);
        Assert.All(Weak, model => Assert.Equal(VerdictKind.Valid, Check(model, history, type).Kind));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Replicas_that_update_at_once_converge(string name)
    {
        var type = DataTypes.Find(name)!;
        var history = ReplicatedObjects.Make(type, Operations, processes: 5, keys: 20, primary: false, spoiled: false);
        foreach (var model in new[] { ModelNames.CausalConvergence, ModelNames.Causal, ModelNames.ReadYourWrites, ModelNames.MonotonicReads })
            Assert.Equal(VerdictKind.Valid, Check(model, history, type).Kind);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void What_contradicts_causality_is_named_by_few_operations(string name)
    {
        var type = DataTypes.Find(name)!;
        foreach (var primary in new[] { true, false })
        {
            var history = ReplicatedObjects.Make(type, Operations, processes: 5, keys: 20, primary, spoiled: true);
            foreach (var model in new[] { ModelNames.Sequential, ModelNames.CausalConvergence, ModelNames.CausalMemory, ModelNames.Causal })
            {
                var verdict = Check(model, history, type);
                Assert.True(verdict.Kind == VerdictKind.Invalid, $"{model}: {verdict.Kind} {verdict.Reason}");
                Assert.InRange(verdict.Anomalies[0].Operations.Count, 1, 6);
            }
        }
    }

    // A log's polls of old states break nothing: what they do not list may be kept back.
    [Theory]
    [InlineData("append-list", VerdictKind.Invalid)]
    [InlineData("log", VerdictKind.Valid)]
    [InlineData("set", VerdictKind.Invalid)]
    [InlineData("g-set", VerdictKind.Invalid)]
    [InlineData("counter", VerdictKind.Invalid)]
    [InlineData("g-counter", VerdictKind.Invalid)]
    public void Sessions_that_roam_keep_what_is_about_updates_and_lose_what_is_about_their_own_past(string name, VerdictKind past)
    {
        var type = DataTypes.Find(name)!;
        var history = ReplicatedObjects.Make(type, Operations, processes: 5, keys: 20, primary: true, spoiled: false, roaming: true);
        Assert.All(Weak, model => Assert.Equal(
            model is ModelNames.WritesFollowReads or ModelNames.MonotonicWrites ? VerdictKind.Valid : past, Check(model, history, type).Kind));
    }

    private static Verdict Check(string model, History history, DataType type) =>
        Models.Find(model)!.Check(history, type, new CheckOptions { MaxSteps = 10_000_000 });
}

using Checker.Checkers.RealTime;
using Checker.Histories;

namespace Checker.Checkers.KAtomicity;

/// <summary>The least k for which a history is k-atomic, see <see cref="KAtomicModel"/>: by how many versions its reads lag at worst.</summary>
/// <remarks>
/// Exact where the least k is 1 or 2, and where a lower bound (the writes that certainly lie between a value and its read) meets an upper
/// one (a greedy order), or the general search closes the gap within <see cref="CheckOptions.MaxSteps"/>; bounds otherwise.
/// </remarks>
public sealed class SmallestK
{
    private SmallestK(IReadOnlyList<KeyBound> keys, string? reason)
    {
        Keys = keys;
        Reason = reason;
    }

    /// <summary>What is known of each object, by number.</summary>
    public IReadOnlyList<KeyBound> Keys { get; }

    /// <summary>Why nothing could be measured; null if it could.</summary>
    public string? Reason { get; }

    /// <summary>The least k of the whole history is no smaller.</summary>
    public int Lower => Keys.Select(key => key.Lower).DefaultIfEmpty(1).Max();

    /// <summary>The least k of the whole history is no greater; null if no k is known.</summary>
    public int? Upper => Reason is not null || Keys.Any(key => key.Upper is null) ? null : Keys.Select(key => key.Upper).DefaultIfEmpty(1).Max();

    /// <summary>Whether the least k is defined for a data type: registers, with or without compare-and-set, single or by key.</summary>
    public static bool Supports(DataType type) => RegisterTimes.Supports(type);

    /// <summary>Finds it. Never throws for a history that the readers accept.</summary>
    /// <param name="history">The history.</param>
    /// <param name="type">The data type; <see cref="Supports"/> must hold.</param>
    /// <param name="options">Budgets (for all objects together) and the initial value.</param>
    public static SmallestK Of(History history, DataType type, CheckOptions options)
    {
        if (KeyJudge.TryBuild(history, type, options with { Certify = false }, out var judge) is { } reason) return new SmallestK([], reason);
        var bounds = new List<KeyBound>();
        var left = options.MaxSteps;
        for (var key = 0; key < history.KeyCount; key++)
        {
            bounds.Add(OfKey(judge!, key, left / (history.KeyCount - key), out var spent));
            left -= spent;
        }

        return new SmallestK(bounds, null);
    }

    private static KeyBound OfKey(KeyJudge judge, int key, long steps, out long spent)
    {
        spent = 0;
        if (judge.IsImpossible(key) || judge.VersionsBehind(key) == int.MaxValue) return new KeyBound(key, 1, null, Impossible: true);
        var lower = judge.VersionsBehind(key) + 1;
        int? upper = null;
        if (!judge.Clusters.NeedsSearch(key))
        {
            var clusters = judge.Clusters.Of(key);
            lower = Math.Max(lower, GreedyOrder.LowerBound(clusters));
            if (GreedyOrder.Find(clusters) is { } order) upper = new ClusterOrder(clusters, order).K(clusters);
        }

        // With as many values as there are writes, reads may return anything that was written before.
        var most = judge.Clusters.Of(key).Length;
        for (; upper is null || lower < upper; lower++)
        {
            var verdict = judge.Judge(key, lower, Math.Max(1, steps - spent));
            spent += verdict.Steps;
            if (verdict.Kind == VerdictKind.Valid) upper = lower;
            if (verdict.Kind != VerdictKind.Invalid) break;
            if (lower >= most) return new KeyBound(key, lower, null, Impossible: true);
        }

        return new KeyBound(key, lower, upper);
    }
}

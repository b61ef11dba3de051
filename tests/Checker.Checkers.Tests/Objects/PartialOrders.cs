using System.Collections.Concurrent;

namespace Checker.Checkers.Tests.Objects;

/// <summary>Every total and every partial order of a handful of things that contains a given one, each made once.</summary>
internal static class PartialOrders
{
    private static readonly ConcurrentDictionary<string, int[][]> Extensions = new();
    private static readonly ConcurrentDictionary<string, int[][]> Pasts = new();

    /// <summary>The linear extensions.</summary>
    /// <param name="before">Of each thing the set, as bits, of those before it.</param>
    public static int[][] Linear(int[] before) =>
        Extensions.GetOrAdd(string.Join(',', before), static (_, before) => [.. Extend([], 0, before)], before);

    /// <summary>The partial orders, as the set of those before each thing.</summary>
    /// <param name="before">Of each thing the set, as bits, of those before it.</param>
    public static int[][] Containing(int[] before) => Pasts.GetOrAdd(
        string.Join(',', before),
        static (_, before) =>
        [
            .. Linear(before).SelectMany(order => Extend(order, 0, new int[before.Length], before)).DistinctBy(static past => string.Join(',', past)),
        ],
        before);

    private static IEnumerable<int[]> Extend(int[] prefix, int done, int[] before)
    {
        if (prefix.Length == before.Length) return [prefix];
        return Enumerable.Range(0, before.Length).Where(e => (done >> e & 1) == 0 && (before[e] & ~done) == 0)
            .SelectMany(e => Extend([.. prefix, e], done | (1 << e), before));
    }

    private static IEnumerable<int[]> Extend(int[] order, int at, int[] past, int[] before)
    {
        if (at == order.Length)
        {
            yield return past;
            yield break;
        }

        var earlier = order.Take(at).Sum(static e => 1 << e);
        for (var set = earlier; ; set = (set - 1) & earlier)
        {
            var closed = (before[order[at]] & ~set) == 0 && order.Take(at).All(e => (set >> e & 1) == 0 || (past[e] & ~set) == 0);
            if (closed)
            {
                var copy = (int[])past.Clone();
                copy[order[at]] = set;
                foreach (var complete in Extend(order, at + 1, copy, before)) yield return complete;
            }

            if (set == 0) yield break;
        }
    }
}

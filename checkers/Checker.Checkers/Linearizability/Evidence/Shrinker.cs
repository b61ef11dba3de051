using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>Makes an invalid history small by leaving out parts such that a valid history would stay valid.</summary>
/// <param name="judge">Says which candidates are still invalid.</param>
internal sealed class Shrinker(SubhistoryJudge judge)
{
    // Writes that nobody can have seen, what only looks, and what changes something with everything that depends on it; in the order in which they are worth trying.
    private static readonly Func<KeyHistory, Dependence, List<int>>[] Kinds =
    [
        static (history, _) => UnseenWrites.Of(history), static (_, dependence) => dependence.Looks(), static (_, dependence) => dependence.Changes(),
    ];

    /// <summary>
    /// Leaves out parts, many at once at first, until none can be left out or the budget is spent. The result is invalid; it is minimal unless
    /// the judge gave up (<see cref="SubhistoryJudge.GaveUp"/>): no operation can go, with what depends on it.
    /// </summary>
    public KeyHistory Shrink(KeyHistory history)
    {
        for (var before = -1; before != history.Count && !judge.Spent;)
        {
            before = history.Count;
            history = CutPrefix(history);
            foreach (var kind in Kinds) history = Shrink(history, kind);
        }

        return history;
    }

    // The latest cut that leaves a violation.
    private KeyHistory CutPrefix(KeyHistory history)
    {
        foreach (var gone in Prefixes.Of(history))
        {
            if (judge.Spent) break;
            var rest = Without(history, gone);
            if (judge.IsInvalid(rest)) return rest;
        }

        return history;
    }

    private KeyHistory Shrink(KeyHistory history, Func<KeyHistory, Dependence, List<int>> kind)
    {
        // What may be left out depends on what is there, so the parts are found anew whenever the pieces become smaller.
        for (var size = int.MaxValue; ; size = Math.Max(1, size / 2))
        {
            var dependence = new Dependence(history);
            var rows = kind(history, dependence);
            size = Math.Clamp(size, 1, Math.Max(1, rows.Count));
            var gone = new bool[history.Count];
            for (var start = 0; start < rows.Count && !judge.Spent; start += size)
            {
                var candidate = (bool[])gone.Clone();
                for (var i = start; i < Math.Min(rows.Count, start + size); i++) candidate[rows[i]] = true;
                if (candidate.AsSpan().SequenceEqual(gone)) continue;
                if (!ReferenceEquals(kind, Kinds[0]) && !dependence.AddDependants(candidate)) continue;
                if (judge.IsInvalid(Without(history, candidate))) gone = candidate;
            }

            history = Without(history, gone);
            if (size == 1) return history;
        }
    }

    private static KeyHistory Without(KeyHistory history, bool[] gone)
    {
        var rows = new List<int>(gone.Length);
        for (var row = 0; row < gone.Length; row++)
        {
            if (!gone[row]) rows.Add(row);
        }

        return history.Only(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
    }
}

using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>Makes an invalid history small by leaving out parts such that a valid history would stay valid.</summary>
/// <param name="judge">Says which candidates are still invalid.</param>
/// <remarks>
/// An operation without which the rest is valid has to stay, and so has everything that it needs, since whoever leaves that out leaves out the operation as
/// well. So the support of a violation is not tried one by one.
/// </remarks>
internal sealed class Shrinker(SubhistoryJudge judge)
{
    private const int MostNamed = 32;

    // Writes that nobody can have seen, what only looks, and what changes something with everything that depends on it; in the order in which they are worth trying.
    private static readonly Func<KeyHistory, Dependence, List<int>>[] Kinds =
    [
        static (history, _) => UnseenWrites.Of(history), static (_, dependence) => dependence.Looks(), static (_, dependence) => dependence.Changes(),
    ];

    private readonly HashSet<int> _stays = []; // operations, by number, that cannot go

    /// <summary>
    /// Leaves out parts, many at once at first, until none can be left out or the budget is spent. The result is invalid; it is minimal unless
    /// the judge gave up (<see cref="SubhistoryJudge.GaveUp"/>): no operation can go, with what depends on it.
    /// </summary>
    /// <param name="history">What is invalid.</param>
    /// <param name="named">The operations that are thought to be at the heart of it, by number.</param>
    public KeyHistory Shrink(KeyHistory history, IEnumerable<int> named)
    {
        var heart = named.Take(MostNamed).ToArray();
        for (var before = -1; before != history.Count && !judge.Spent;)
        {
            before = history.Count;
            _stays.Clear(); // what depended on what was cut off, or on a write that nobody saw, may depend on it no longer
            history = Shrink(CutPrefix(history), Kinds[0]);
            history = TryEach(history, heart);
            foreach (var kind in Kinds.AsSpan(1)) history = Shrink(history, kind);
        }

        return history;
    }

    private KeyHistory TryEach(KeyHistory history, int[] operations)
    {
        foreach (var operation in operations)
        {
            if (judge.Spent || history.Operations.IndexOf(operation) is var row && row < 0) continue;
            var gone = new bool[history.Count];
            gone[row] = true;
            var dependence = new Dependence(history);
            if (!dependence.AddDependants(gone)) continue;
            if (judge.IsInvalid(Without(history, gone))) history = Without(history, gone);
            else if (!judge.GaveUp) Keep(history, dependence, row);
        }

        return history;
    }

    private void Keep(KeyHistory history, Dependence dependence, int row)
    {
        var kept = new bool[history.Count];
        kept[row] = true;
        dependence.AddNeeds(kept, staying: false);
        for (var i = 0; i < kept.Length; i++)
        {
            if (kept[i]) _stays.Add(history.Operations[i]);
        }
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
        var alone = ReferenceEquals(kind, Kinds[0]);
        // What may be left out depends on what is there, so the parts are found anew whenever the pieces become smaller.
        for (var size = int.MaxValue; ; size = Math.Max(1, size / 2))
        {
            var dependence = new Dependence(history);
            var rows = kind(history, dependence);
            if (!alone) rows.RemoveAll(row => _stays.Contains(history.Operations[row]));
            size = Math.Clamp(size, 1, Math.Max(1, rows.Count));
            var gone = new bool[history.Count];
            for (var start = 0; start < rows.Count && !judge.Spent; start += size)
            {
                var candidate = (bool[])gone.Clone();
                for (var i = start; i < Math.Min(rows.Count, start + size); i++) candidate[rows[i]] |= alone || !_stays.Contains(history.Operations[rows[i]]);
                if (candidate.AsSpan().SequenceEqual(gone) || (!alone && !dependence.AddDependants(candidate))) continue;
                if (judge.IsInvalid(Without(history, candidate))) gone = candidate;
                else if (size == 1 && !alone && !judge.GaveUp) Keep(history, dependence, rows[start]);
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

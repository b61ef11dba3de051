using System.Collections;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>Makes an invalid history small by leaving out parts such that a valid history would stay valid.</summary>
/// <param name="judge">Says which candidates are still invalid.</param>
/// <param name="repeated">Knows what else can be left out where elements come again.</param>
/// <remarks>
/// An operation without which the rest is valid has to stay, and so has everything that it needs, since whoever leaves that out leaves out the operation as
/// well. So the support of a violation is not tried one by one: where what was named needs all that is there, as many candidates are judged as were named.
/// What takes long to judge is left until what does not has gone: of fewer operations it takes less.
/// </remarks>
internal sealed class Shrinker(SubhistoryJudge judge, RepeatedElements repeated)
{
    private const int MostNamed = 32;
    private const int MostNeedless = 2;

    // Writes that nobody can have seen, what only looks, and what changes something with everything that depends on it; in the order in which they are worth trying.
    private static readonly Func<KeyHistory, Dependence, List<int>>[] Kinds =
    [
        static (history, _) => UnseenWrites.Of(history), static (_, dependence) => dependence.Looks(), static (_, dependence) => dependence.Changes(),
    ];

    private BitArray _stays = new(0); // operations, by number, that cannot go
    private int _staying;
    private bool _outdated; // whether something went after the first of these was found: what depended on that may depend on it no longer
    private KeyHistory _of; // the history of the last dependence
    private Dependence? _dependence;

    /// <summary>
    /// Leaves out parts, many at once at first, until none can be left out or the budget is spent. The result is invalid; it is minimal unless
    /// it gave up (<see cref="GaveUp"/>): no operation can go, with what depends on it.
    /// </summary>
    /// <param name="history">What is invalid.</param>
    /// <param name="named">The operations that are thought to be at the heart of it, by number.</param>
    public KeyHistory Shrink(KeyHistory history, IEnumerable<int> named)
    {
        int[] heart = [.. named];
        var whole = history;
        foreach (var steps in SubhistoryJudge.Efforts)
        {
            judge.Begin(steps);
            history = Rounds(history, heart);
            if (RepeatedElements.Has(history)) history = WithRepeated(history, heart);
            if (!GaveUp && !judge.Spent) break;
        }

        return Answered(history, whole);
    }

    // What no element can go from may still be too much where elements come again; what has gone then may let others go.
    private KeyHistory WithRepeated(KeyHistory history, int[] heart)
    {
        for (var before = -1; before != history.Count && !judge.Spent;)
        {
            before = history.Count;
            history = repeated.Shrink(history);
            if (history.Count == before) break;
            (Attempt, Missing) = ([], -1);
            history = Rounds(history, heart);
        }

        GaveUp |= repeated.GaveUp;
        return history;
    }

    private KeyHistory Answered(KeyHistory history, KeyHistory whole)
    {
        if (history.Types.IndexOf(OperationType.Info) < 0) return history;
        var answered = Truncation.Answered(history, whole);
        if (answered.Count < history.Count) (Attempt, Missing) = ([], -1);
        return answered;
    }

    private KeyHistory Rounds(KeyHistory history, int[] heart)
    {
        for (var before = -1; before != history.Count && !judge.Spent;)
        {
            before = history.Count;
            GaveUp = false;
            (_stays, _staying, _outdated) = (new BitArray(history.History.Count), 0, false);
            history = Shrink(CutPrefix(history), Kinds[0]);
            history = TryEach(history, heart);
            foreach (var kind in Kinds.AsSpan(1))
            {
                if (_staying < history.Count) history = Shrink(history, kind);
                else if (!_outdated) return history;
            }
        }

        return history;
    }

    /// <summary>An order of everything but <see cref="Missing"/>, and perhaps of more than was kept, as numbers of operations; empty if none was found.</summary>
    public int[] Attempt { get; private set; } = [];

    /// <summary>Whether something that is left may be too much: it could not be said within the budget.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>The operation that is not in <see cref="Attempt"/>: it only looks.</summary>
    public int Missing { get; private set; } = -1;

    /// <summary>What depends on what in a history.</summary>
    public Dependence DependenceOf(in KeyHistory history)
    {
        if (_dependence is null || _of.Operations != history.Operations) (_of, _dependence) = (history, new Dependence(history));
        return _dependence;
    }

    // One by one, what only looks first, since it needs the others; so many at most. Where some of them may go, they were not at the heart of it.
    private KeyHistory TryEach(KeyHistory history, int[] operations)
    {
        var (tried, needless) = (0, 0);
        foreach (var looks in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var operation in operations)
            {
                if (tried >= MostNamed || judge.Spent || _stays[operation] || history.Operations.BinarySearch(operation) is var row && row < 0) continue;
                var dependence = DependenceOf(history);
                if (dependence.IsLook(row) != looks) continue;
                tried++;
                var gone = new bool[history.Count];
                gone[row] = true;
                if (!dependence.AddDependants(gone)) continue;
                if (!IsInvalidWithout(history, gone, row)) continue;
                (history, _outdated) = (Without(history, gone), _staying > 0);
                if (++needless == MostNeedless) return history;
            }
        }

        return history;
    }

    // Whether a history is invalid without a row, and what goes with it or has gone before.
    private bool IsInvalidWithout(KeyHistory history, bool[] gone, int row)
    {
        var alone = gone.AsSpan().Count(true) == 1;
        var kind = VerdictKind.Valid;
        if (SubhistoryJudge.ShowsNothing(history, gone))
        {
            if (alone) (Attempt, Missing) = (history.Operations.ToArray(), history.Operations[row]);
        }
        else
        {
            kind = judge.Judge(Without(history, gone), out var order);
            if (alone && order is not null) (Attempt, Missing) = (order, history.Operations[row]);
        }

        if (kind == VerdictKind.Valid) Keep(history, DependenceOf(history), row);
        GaveUp |= kind == VerdictKind.Unknown;
        return kind == VerdictKind.Invalid;
    }

    private void Keep(KeyHistory history, Dependence dependence, int row)
    {
        var kept = new bool[history.Count];
        kept[row] = true;
        dependence.AddNeeds(kept, staying: false);
        for (var i = 0; i < kept.Length; i++)
        {
            if (!kept[i] || _stays[history.Operations[i]]) continue;
            _stays[history.Operations[i]] = true;
            _staying++;
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
            var dependence = DependenceOf(history);
            var rows = kind(history, dependence);
            if (!alone) rows.RemoveAll(row => _stays[history.Operations[row]]);
            if (rows.Count == 0) return history;
            size = Math.Clamp(size, 1, rows.Count);
            var (gone, any) = (new bool[history.Count], false);
            for (var start = 0; start < rows.Count && !judge.Spent; start += size)
            {
                var candidate = (bool[])gone.Clone();
                for (var i = start; i < Math.Min(rows.Count, start + size); i++) candidate[rows[i]] |= alone || !_stays[history.Operations[rows[i]]];
                if (candidate.AsSpan().SequenceEqual(gone) || (!alone && !dependence.AddDependants(candidate))) continue;
                var invalid = size == 1 && !alone
                    ? IsInvalidWithout(history, candidate, rows[start])
                    : !SubhistoryJudge.ShowsNothing(history, candidate) && judge.IsInvalid(Without(history, candidate));
                if (invalid) (gone, any) = (candidate, true);
            }

            if (any) (history, _outdated) = (Without(history, gone), _staying > 0);
            if (size == 1) return history;
        }
    }

    private static KeyHistory Without(KeyHistory history, bool[] gone) => history.Marked(gone, kept: false);
}

using Checker.Checkers.Lattice;
using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;

namespace Checker.Checkers.Tests.Objects;

/// <summary>
/// The session guarantees on one object straight from their definition, for a handful of operations that all happened: every set of
/// updates that an operation may see and every order of all updates is tried. Operations without a result see what they must, no more.
/// Shares nothing with the checkers.
/// </summary>
/// <param name="ops">The operations, those of each process in its order.</param>
/// <param name="step">The states that one of them leads to, its result shown or not; 0 is the state at first.</param>
/// <param name="appends">Whether appending is always possible; to a value that is no string it is not.</param>
internal sealed class SessionReferences(ReferenceOperation[] ops, Func<int[], int, bool, int[]> step, bool appends)
{
    private readonly int _updates = Enumerable.Range(0, ops.Length).Where(i => IsUpdate(ops[i])).Sum(i => 1 << i);
    private readonly Dictionary<(int, int, int), bool> _explained = [];
    private List<int[]> _orders = [];

    /// <summary>Whether a guarantee is kept.</summary>
    public bool Keeps(string guarantee)
    {
        _orders = [.. Orders([], 0)];
        if (guarantee == ModelNames.WritesFollowReads) return Follows(0, new int[ops.Length]);
        return ops.Select(o => o.Process).Distinct().All(process =>
        {
            int[] session = [.. Enumerable.Range(0, ops.Length).Where(i => ops[i].Process == process)];
            return guarantee == ModelNames.MonotonicReads
                ? Enumerable.Range(0, _orders.Count).Any(order => Grows(session, 0, new int[ops.Length], order))
                : Sees(session, 0, new int[ops.Length], guarantee);
        });
    }

    private static bool IsUpdate(ReferenceOperation o) =>
        o.Function is not (Function.Read or Function.Contains or Function.Poll or Function.Peek or Function.Snapshot);

    // Whether it tells nothing about what it saw.
    private bool IsSilent(ReferenceOperation o) => o.Type == OperationType.Info || (o.Output.IsNull
        && (o.Function is Function.Enqueue or Function.Push or Function.Insert or Function.Write || (o.Function == Function.Append && appends)));

    // The updates of its own process before it.
    private int Earlier(int e) => Enumerable.Range(0, e).Where(i => ops[i].Process == ops[e].Process).Sum(i => 1 << i) & _updates;

    private int OwnLater(int e) => Enumerable.Range(e, ops.Length - e).Where(i => ops[i].Process == ops[e].Process).Sum(i => 1 << i);

    private IEnumerable<int> Choices(int e, int least)
    {
        var free = _updates & ~OwnLater(e) & ~least;
        if (IsSilent(ops[e])) return [least];
        return Subsets(free).Select(set => set | least);
    }

    private static IEnumerable<int> Subsets(int of)
    {
        for (var set = of; ; set = (set - 1) & of)
        {
            yield return set;
            if (set == 0) yield break;
        }
    }

    // Read-your-writes and monotonic writes: one operation of the session after another.
    private bool Sees(int[] session, int at, int[] seen, string guarantee)
    {
        if (at == session.Length) return true;
        var e = session[at];
        foreach (var set in Choices(e, guarantee == ModelNames.ReadYourWrites ? Earlier(e) : 0))
        {
            if (guarantee == ModelNames.MonotonicWrites && Each(set).Any(u => (Earlier(u) & ~set) != 0)) continue;
            if (!Enumerable.Range(0, _orders.Count).Any(order => KeepsSeen(order, seen, ops[e].Process) && Explains(order, set, e))) continue;
            var with = (int[])seen.Clone();
            with[e] = set;
            if (Sees(session, at + 1, with, guarantee)) return true;
        }

        return false;
    }

    // Monotonic reads in one order for the session.
    private bool Grows(int[] session, int at, int[] seen, int order)
    {
        if (at == session.Length) return KeepsSeen(order, seen, ops[session[0]].Process);
        var e = session[at];
        var least = at == 0 ? 0 : seen[session[at - 1]];
        foreach (var set in Choices(e, least & ~OwnLater(e)))
        {
            if ((least & ~set) != 0 || !Explains(order, set, e)) continue;
            var with = (int[])seen.Clone();
            with[e] = set;
            if (Grows(session, at + 1, with, order)) return true;
        }

        return false;
    }

    private bool Follows(int e, int[] seen)
    {
        if (e == ops.Length)
        {
            return Enumerable.Range(0, ops.Length).All(i =>
                Each(seen[i]).All(u => (SeenUpTo(u, seen) & ~seen[i]) == 0)
                && Enumerable.Range(0, _orders.Count).Any(order => KeepsSeen(order, seen, null) && Explains(order, seen[i], i)));
        }

        foreach (var set in Choices(e, 0))
        {
            if (!Enumerable.Range(0, _orders.Count).Any(order => Explains(order, set, e))) continue;
            var with = (int[])seen.Clone();
            with[e] = set;
            if (Follows(e + 1, with)) return true;
        }

        return false;
    }

    // Whether each update, of one process or of all, stands after what its process had seen by then.
    private bool KeepsSeen(int order, int[] seen, int? process)
    {
        var before = 0;
        foreach (var update in _orders[order])
        {
            if ((process is null || ops[update].Process == process) && (SeenUpTo(update, seen) & ~before) != 0) return false;
            before |= 1 << update;
        }

        return true;
    }

    private int SeenUpTo(int update, int[] seen) =>
        Enumerable.Range(0, update + 1).Where(i => ops[i].Process == ops[update].Process).Aggregate(0, (mask, i) => mask | seen[i]);

    private bool Explains(int order, int set, int e)
    {
        if (_explained.TryGetValue((order, set, e), out var known)) return known;
        if (ops[e].Type == OperationType.Info) return true;
        int[] states = [0];
        foreach (var update in _orders[order].Where(update => (set >> update & 1) != 0)) states = step(states, update, false);
        return _explained[(order, set, e)] = step(states, e, true).Length > 0;
    }

    private static IEnumerable<int> Each(int set) => Enumerable.Range(0, 31).Where(i => (set >> i & 1) != 0);

    private IEnumerable<int[]> Orders(int[] prefix, int done)
    {
        if (done == _updates)
        {
            yield return prefix;
            yield break;
        }

        foreach (var e in Each(_updates & ~done).Where(e => (Earlier(e) & ~done) == 0))
        {
            foreach (var order in Orders([.. prefix, e], done | (1 << e))) yield return order;
        }
    }
}

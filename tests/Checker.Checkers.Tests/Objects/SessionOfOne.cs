using System.Numerics;
using Checker.Checkers.Lattice;
using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Objects;

/// <summary>
/// What one process sees of one object, from the definition of three session guarantees as <see cref="SessionReferences"/> has it, for
/// some more operations: not every order of all updates is written out, but every choice of what is next in one. Operations of unknown
/// outcome are taken to have happened, which nobody has to see. Shares nothing with the checkers.
/// </summary>
internal sealed class SessionOfOne
{
    private readonly ReferenceStates _states;
    private readonly ReferenceOperation[] _ops;
    private readonly int[] _numbers;
    private readonly int[] _earlier; // of each operation: the updates of its own process before it
    private readonly int _updates;

    public SessionOfOne(DataType type, IEnumerable<ReferenceOperation> operations)
    {
        _states = new ReferenceStates(type, Value.Null);
        _ops = [.. operations.OrderBy(static o => o.Invoke)];
        _numbers = [.. _ops.Select(_states.Number)];
        _updates = Mask(static o => o.Function != Function.Peek);
        _earlier = [.. _ops.Select((o, e) => Mask(other => other.Process == o.Process) & ((1 << e) - 1) & _updates)];
    }

    /// <summary>Whether a process's part of a guarantee is kept: read-your-writes, monotonic reads or monotonic writes.</summary>
    public bool Keeps(string guarantee, int process)
    {
        int[] session = [.. Enumerable.Range(0, _ops.Length).Where(e => _ops[e].Process == process)];
        return guarantee == ModelNames.MonotonicReads ? Grows(session) : Sees(guarantee, session, 0, new int[_ops.Length]);
    }

    private int Mask(Func<ReferenceOperation, bool> holds) => Enumerable.Range(0, _ops.Length).Where(e => holds(_ops[e])).Sum(static e => 1 << e);

    private bool IsSilent(int e) => _ops[e].Type == OperationType.Info || _ops[e].Function is Function.Enqueue or Function.Push or Function.Insert;

    private bool Sees(string guarantee, int[] session, int at, int[] seen)
    {
        if (at == session.Length) return true;
        var e = session[at];
        var least = guarantee == ModelNames.ReadYourWrites ? _earlier[e] : 0;
        var free = IsSilent(e) ? 0 : _updates & ~least & ~Mask(o => o.Process == _ops[e].Process && o.Invoke >= _ops[e].Invoke);
        var before = Before(session, seen);
        foreach (var set in Subsets(free).Select(some => some | least).OrderBy(static set => BitOperations.PopCount((uint)set)))
        {
            if (guarantee == ModelNames.MonotonicWrites && Each(set).Any(u => (_earlier[u] & ~set) != 0)) continue;
            if (!IsSilent(e) && !Explains(e, set, before)) continue;
            int[] with = [.. seen];
            with[e] = set;
            if (Sees(guarantee, session, at + 1, with)) return true;
        }

        return false;
    }

    // What stands before each update: what its process updated before; for the session's own also what was seen by then; and so on.
    private int[] Before(int[] session, int[] seen)
    {
        int[] before = [.. _earlier];
        foreach (var own in session)
        {
            foreach (var e in session.Where(e => e <= own)) before[own] |= seen[e];
        }

        for (var round = 0; round < before.Length; round++)
        {
            before = [.. before.Select(mask => Each(mask).Aggregate(mask, (all, u) => all | before[u]))];
        }

        return before;
    }

    // Whether some order of the set explains an operation.
    private bool Explains(int e, int set, int[] before)
    {
        var tried = new HashSet<(int, int)>();
        return Try(0, 0);

        bool Try(int done, int state)
        {
            if (done == set) return _states.Step(state, _numbers[e], shown: true).Length > 0;
            return tried.Add((done, state)) && Each(set & ~done).Where(u => (before[u] & set & ~done) == 0)
                .Any(u => _states.Step(state, _numbers[u], shown: false).Any(next => Try(done | (1 << u), next)));
        }
    }

    // Monotonic reads: one order of all updates, each of which is seen from some operation on, or never.
    private bool Grows(int[] session)
    {
        int[] readers = [.. session.Where(e => !IsSilent(e))];
        var tried = new HashSet<string>();
        return Try(0, [.. readers.Select(static _ => new[] { 0 })]);

        bool Try(int done, int[][] found)
        {
            if (!tried.Add($"{done}:{string.Join(';', found.Select(static states => string.Join(',', states)))}")) return false;
            if (done == _updates) return readers.Select((e, r) => _states.Step(found[r], _numbers[e], shown: true).Length > 0).All(static explained => explained);
            foreach (var update in Each(_updates & ~done).Where(u => (_earlier[u] & ~done) == 0))
            {
                // An own update stands after all that its process had seen.
                var last = session.Where(own => (((done | (1 << update)) >> own) & 1) != 0).DefaultIfEmpty(-1).Max();
                for (var first = readers.Count(e => e <= last); first <= readers.Length; first++)
                {
                    int[][] next = [.. found.Select((states, r) =>
                        r < first ? states : [.. _states.Step(states, _numbers[update], shown: false).Order()])];
                    if (Try(done | (1 << update), next)) return true;
                }
            }

            return false;
        }
    }

    private static IEnumerable<int> Each(int set) => Enumerable.Range(0, 31).Where(i => ((set >> i) & 1) != 0);

    private static IEnumerable<int> Subsets(int of)
    {
        for (var set = of; ; set = (set - 1) & of)
        {
            yield return set;
            if (set == 0) yield break;
        }
    }
}

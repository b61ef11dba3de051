using Checker.Checkers.Lattice;
using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Objects;

/// <summary>
/// The models without real time straight from their definitions, for a handful of operations: every set of operations of unknown outcome,
/// every causal order and every linear extension is tried. Shares nothing with the checkers.
/// </summary>
internal sealed class ObjectReference
{
    private readonly DataType _type;
    private readonly Value _initial;
    private readonly ReferenceOperation[] _ops;
    private readonly int[] _program;

    private ObjectReference(DataType type, Value initial, IEnumerable<ReferenceOperation> operations)
    {
        _type = type;
        _initial = ReferenceModel.Initial(type, initial);
        _ops = [.. operations.OrderBy(o => o.Invoke)];
        _program = new int[_ops.Length];
        for (var later = 0; later < _ops.Length; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (_ops[earlier].Process == _ops[later].Process) _program[later] |= 1 << earlier;
            }
        }
    }

    /// <summary>Whether a history satisfies a model.</summary>
    public static bool Satisfies(string model, DataType type, Value initial, IReadOnlyList<ReferenceOperation> operations)
    {
        var open = operations.Where(o => o.Type == OperationType.Info).ToList();
        for (var mask = 0; mask < 1 << open.Count; mask++)
        {
            var happened = operations.Where(o => o.Type != OperationType.Info || (mask >> open.IndexOf(o) & 1) != 0);
            if (new ObjectReference(type, initial, happened).Satisfies(model)) return true;
        }

        return false;
    }

    /// <summary>Whether a history satisfies a model if only the results of some operations are known.</summary>
    /// <param name="model">The model.</param>
    /// <param name="type">The data type.</param>
    /// <param name="initial">The value at first.</param>
    /// <param name="operations">The operations.</param>
    /// <param name="known">Those whose results are known.</param>
    /// <param name="happened">Whether the others that were not of unknown outcome did happen.</param>
    public static bool Satisfies(
        string model, DataType type, Value initial, IReadOnlyList<ReferenceOperation> operations, IReadOnlySet<ReferenceOperation> known, bool happened)
    {
        // A failed compare-and-set that nobody looks at did nothing.
        var rest = operations.Where(o => o.Type != OperationType.Fail || known.Contains(o)).ToList();
        var open = rest.Where(o => !known.Contains(o) && (!happened || o.Type == OperationType.Info)).ToList();
        for (var mask = 0; mask < 1 << open.Count; mask++)
        {
            var chosen = rest.Where(o => !open.Contains(o) || (mask >> open.IndexOf(o) & 1) != 0)
                .Select(o => known.Contains(o) ? o : o with { Type = OperationType.Info, Output = Value.Null });
            if (new ObjectReference(type, initial, chosen).Satisfies(model)) return true;
        }

        return false;
    }

    private bool Satisfies(string model)
    {
        var all = (1 << _ops.Length) - 1;
        return model switch
        {
            ModelNames.Sequential => Explains(all, all, _program),
            ModelNames.Pram => _ops.Select(o => o.Process).Distinct().All(process => Explains(all, Of(process), _program)),
            ModelNames.ReadYourWrites or ModelNames.MonotonicReads or ModelNames.MonotonicWrites or ModelNames.WritesFollowReads =>
                new SessionReferences(_ops, Step, _initial, appends: _type != DataTypes.Kv).Keeps(model),
            ModelNames.CausalConvergence => Orders(_program).Any(order => CausalOrders().Any(past => Converges(order, past))),
            _ => CausalOrders().Any(past => Enumerable.Range(0, _ops.Length).All(e =>
                Explains(past[e] | (1 << e), model == ModelNames.Causal ? 1 << e : Of(_ops[e].Process), past))),
        };
    }

    private int Of(int process) => Enumerable.Range(0, _ops.Length).Where(i => _ops[i].Process == process).Sum(i => 1 << i);

    private bool Converges(int[] order, int[] past)
    {
        for (var i = 0; i < order.Length; i++)
        {
            // The order contains the causal order.
            var before = order.Take(i).Sum(e => 1 << e);
            if ((past[order[i]] & ~before) != 0) return false;
            var states = new List<Value> { _initial };
            foreach (var e in order.Take(i).Where(e => (past[order[i]] >> e & 1) != 0)) states = Step(states, e, shown: false);
            if (Step(states, order[i], shown: true).Count == 0) return false;
        }

        return true;
    }

    // Whether some order of the set, keeping what must come before, explains the shown ones.
    private bool Explains(int set, int shown, int[] before)
    {
        var tried = new HashSet<(int, Value)>();
        return Try(0, _initial);

        bool Try(int done, Value state)
        {
            if (done == set) return true;
            if (!tried.Add((done, state))) return false;
            for (var e = 0; e < _ops.Length; e++)
            {
                if ((set >> e & 1) == 0 || (done >> e & 1) != 0 || (before[e] & set & ~done) != 0) continue;
                foreach (var next in Step([state], e, (shown >> e & 1) != 0))
                {
                    if (Try(done | (1 << e), next)) return true;
                }
            }

            return false;
        }
    }

    private List<Value> Step(List<Value> states, int e, bool shown)
    {
        var operation = _ops[e];
        if (!shown && operation.Type == OperationType.Ok) operation = operation with { Type = OperationType.Info, Output = Value.Null };
        var next = new List<Value>();
        foreach (var state in states)
        {
            var reached = ReferenceModel.Step(_type, state, operation);
            next.AddRange(reached.Length == 0 && (!shown || operation.Type == OperationType.Info) ? [state] : reached);
        }

        return [.. next.Distinct()];
    }

    // Every partial order that contains program order, as the past of each operation.
    private IEnumerable<int[]> CausalOrders()
    {
        var pasts = new HashSet<string>();
        foreach (var order in Orders(_program))
        {
            foreach (var past in Extend(order, 0, new int[_ops.Length]))
            {
                if (pasts.Add(string.Join(',', past))) yield return past;
            }
        }
    }

    private IEnumerable<int[]> Extend(int[] order, int at, int[] past)
    {
        if (at == order.Length)
        {
            yield return past;
            yield break;
        }

        var before = order.Take(at).Sum(e => 1 << e);
        for (var set = before; ; set = (set - 1) & before)
        {
            var closed = (_program[order[at]] & ~set) == 0 && order.Take(at).All(e => (set >> e & 1) == 0 || (past[e] & ~set) == 0);
            if (closed)
            {
                var copy = (int[])past.Clone();
                copy[order[at]] = set;
                foreach (var complete in Extend(order, at + 1, copy)) yield return complete;
            }

            if (set == 0) yield break;
        }
    }

    private IEnumerable<int[]> Orders(int[] before) => Orders(before, [], 0);

    private IEnumerable<int[]> Orders(int[] before, int[] prefix, int done)
    {
        if (prefix.Length == _ops.Length)
        {
            yield return prefix;
            yield break;
        }

        for (var e = 0; e < _ops.Length; e++)
        {
            if ((done >> e & 1) != 0 || (before[e] & ~done) != 0) continue;
            foreach (var order in Orders(before, [.. prefix, e], done | (1 << e))) yield return order;
        }
    }
}

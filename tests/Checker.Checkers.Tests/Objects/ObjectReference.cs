using Checker.Checkers.Lattice;
using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Objects;

/// <summary>
/// The models without real time straight from their definitions, for a handful of operations: every set of operations of unknown outcome,
/// every causal order and every linear extension is tried. Shares nothing with the checkers.
/// </summary>
internal sealed class ObjectReference(DataType type, Value initial, IReadOnlyList<ReferenceOperation> operations)
{
    private readonly ReferenceStates _states = new(type, initial);

    /// <summary>Whether the history satisfies a model.</summary>
    public bool Satisfies(string model) =>
        SomeHappened(model, operations, [.. operations.Where(static o => o.Type == OperationType.Info)]);

    /// <summary>Whether the history satisfies a model if only the results of some operations are known.</summary>
    /// <param name="model">The model.</param>
    /// <param name="known">Those whose results are known.</param>
    /// <param name="happened">Whether the others that were not of unknown outcome did happen.</param>
    public bool Satisfies(string model, IReadOnlySet<ReferenceOperation> known, bool happened)
    {
        var (rest, open) = (new List<ReferenceOperation>(), new List<ReferenceOperation>());
        foreach (var operation in operations)
        {
            // A failed compare-and-set that nobody looks at did nothing.
            if (operation.Type == OperationType.Fail && !known.Contains(operation)) continue;
            rest.Add(known.Contains(operation) ? operation : operation with { Type = OperationType.Info, Output = Value.Null });
            if (!known.Contains(operation) && (!happened || operation.Type == OperationType.Info)) open.Add(rest[^1]);
        }

        return SomeHappened(model, rest, open);
    }

    private bool SomeHappened(string model, IReadOnlyList<ReferenceOperation> all, List<ReferenceOperation> open)
    {
        var places = open.Select((operation, place) => (operation, place)).ToDictionary(
            pair => pair.operation, pair => pair.place, (IEqualityComparer<ReferenceOperation>)ReferenceEqualityComparer.Instance);
        return Enumerable.Range(0, 1 << open.Count).Any(mask =>
            new Happened(type, _states, all.Where(o => !places.TryGetValue(o, out var place) || (mask >> place & 1) != 0)).Satisfies(model));
    }

    // Operations that all happened.
    private sealed class Happened
    {
        private readonly DataType _type;
        private readonly ReferenceStates _states;
        private readonly ReferenceOperation[] _ops;
        private readonly int[] _numbers;
        private readonly int[] _program;
        private readonly Dictionary<(int Set, int Shown, long Before), bool> _explained = [];

        public Happened(DataType type, ReferenceStates states, IEnumerable<ReferenceOperation> operations)
        {
            _type = type;
            _states = states;
            _ops = [.. operations.OrderBy(static o => o.Invoke)];
            _numbers = [.. _ops.Select(states.Number)];
            _program = new int[_ops.Length];
            for (var later = 0; later < _ops.Length; later++)
            {
                for (var earlier = 0; earlier < later; earlier++)
                {
                    if (_ops[earlier].Process == _ops[later].Process) _program[later] |= 1 << earlier;
                }
            }
        }

        public bool Satisfies(string model)
        {
            var all = (1 << _ops.Length) - 1;
            return model switch
            {
                ModelNames.Sequential => Explains(all, all, _program),
                ModelNames.Pram => _ops.Select(static o => o.Process).Distinct().All(process => Explains(all, Of(process), _program)),
                ModelNames.ReadYourWrites or ModelNames.MonotonicReads or ModelNames.MonotonicWrites or ModelNames.WritesFollowReads =>
                    new SessionReferences(_ops, (states, e, shown) => _states.Step(states, _numbers[e], shown), appends: _type != DataTypes.Kv).Keeps(model),
                ModelNames.CausalConvergence => PartialOrders.Linear(_program).Any(Converges),
                _ => PartialOrders.Containing(_program).Any(past => Enumerable.Range(0, _ops.Length).All(e =>
                    Explains(past[e] | (1 << e), model == ModelNames.Causal ? 1 << e : Of(_ops[e].Process), past))),
            };
        }

        private int Of(int process) => Enumerable.Range(0, _ops.Length).Where(i => _ops[i].Process == process).Sum(static i => 1 << i);

        // Whether some causal order that the total order contains lets each operation, on what is before it there, return what it did.
        private bool Converges(int[] order)
        {
            var explained = new bool?[_ops.Length, 1 << _ops.Length];
            return PartialOrders.Containing(_program).Any(past =>
            {
                var before = 0;
                foreach (var e in order)
                {
                    if ((past[e] & ~before) != 0 || !(explained[e, past[e]] ??= Explained(order, past[e], e))) return false;
                    before |= 1 << e;
                }

                return true;
            });
        }

        private bool Explained(int[] order, int past, int e)
        {
            int[] states = [0];
            foreach (var earlier in order.Where(earlier => (past >> earlier & 1) != 0)) states = _states.Step(states, _numbers[earlier], shown: false);
            return _states.Step(states, _numbers[e], shown: true).Length > 0;
        }

        // Whether some order of the set, keeping what must come before, explains the shown ones.
        private bool Explains(int set, int shown, int[] before)
        {
            var within = 0L;
            for (var e = 0; e < _ops.Length; e++) within = (within << _ops.Length) | ((set >> e & 1) != 0 ? (uint)(before[e] & set) : 0);
            if (_explained.TryGetValue((set, shown & set, within), out var known)) return known;
            var tried = new HashSet<(int, int)>();
            return _explained[(set, shown & set, within)] = Try(0, 0);

            bool Try(int done, int state)
            {
                if (done == set) return true;
                if (!tried.Add((done, state))) return false;
                for (var e = 0; e < _ops.Length; e++)
                {
                    if ((set >> e & 1) == 0 || (done >> e & 1) != 0 || (before[e] & set & ~done) != 0) continue;
                    foreach (var next in _states.Step(state, _numbers[e], (shown >> e & 1) != 0))
                    {
                        if (Try(done | (1 << e), next)) return true;
                    }
                }

                return false;
            }
        }
    }
}

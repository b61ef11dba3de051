using System.Runtime.InteropServices;
using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Objects;

/// <summary>The states of objects that share one kind of specification; each object has its own instance and table.</summary>
internal sealed class SpecStates<TSpec, TState> : ObjectStates
    where TSpec : struct, ISequentialSpec<TState>
    where TState : notnull, IEquatable<TState>
{
    private readonly TSpec[] _specs;
    private readonly StateTable<TState>[] _states;
    private readonly NextStates<TState> _next = new();
    private readonly NextStates<TState> _one = new() { OneIsEnough = true };
    private int[] _object = [];
    private SpecOperation[] _shown = [];

    private SpecStates(int objects, SpecFactory<TSpec> make, ValueTable values, ValueId initial)
    {
        _specs = new TSpec[objects];
        _states = new StateTable<TState>[objects];
        for (var i = 0; i < objects; i++)
        {
            _specs[i] = make(values, initial);
            _states[i] = new StateTable<TState>();
        }
    }

    /// <inheritdoc/>
    public override long Bytes => _states.Sum(static table => table.Bytes) + _specs.Sum(static spec => spec.Bytes);

    /// <summary>Reads a history into rows; says what is wrong if an operation is malformed. O(n).</summary>
    /// <param name="history">The history.</param>
    /// <param name="type">Its data type.</param>
    /// <param name="make">Makes the specification.</param>
    /// <param name="bundled">Whether the functions mean what they mean in the bundled types.</param>
    /// <param name="options">The initial value, and the reading of failed compare-and-sets.</param>
    /// <param name="malformed">What is wrong, or null.</param>
    public static (ObjectHistory Rows, ObjectStates States)? Build(
        History history, DataType type, SpecFactory<TSpec> make, bool bundled, CheckOptions options, out string? malformed)
    {
        var spans = bundled && BundledSpecs.SpansKeys(type);
        var objects = spans ? 1 : history.KeyCount;
        var initial = Linearizability.Linearizability.InitialOf(history, options);
        var states = new SpecStates<TSpec, TState>(objects, make, history.Values, initial);
        var filter = new OperationFilter(bundled, options.ObserveFailedCas);
        var rows = Rows(history, filter);
        var original = CollectionsMarshal.AsSpan(rows);
        var shown = new SpecOperation[rows.Count];
        var target = new int[rows.Count];
        var seen = new HashSet<SpecOperation>[objects];
        malformed = null;
        for (var row = 0; row < shown.Length; row++)
        {
            var op = original[row];
            target[row] = spans ? 0 : history.Key[op];
            ref readonly var spec = ref states._specs[target[row]];
            shown[row] = new SpecOperation(
                history.Functions[op],
                history.Types[op],
                history.KeyId(history.Key[op]),
                history.Input[op],
                history.Types[op] == OperationType.Ok ? history.Output[op] : ValueId.Null,
                spec.UsesProcess ? history.Process[op] : 0);
            var known = seen[target[row]] ??= [];
            if (known.Add(shown[row]) && spec.Malformed(shown[row]) is { } problem)
            {
                malformed = $"{problem} (line {history.Line(history.Invoke[op])})";
                return null;
            }

            known.Add(Hidden(shown[row]));
        }

        for (var i = 0; i < objects; i++)
        {
            states._specs[i].Prepare(seen[i] is null ? [] : [.. seen[i]]);
            states._states[i].Number(states._specs[i].Initial);
        }

        return (states.Number(history, type, rows, shown, target), states);
    }

    /// <inheritdoc/>
    public override void Step(int state, int row, bool hidden, List<int> next) => Step(state, row, hidden, _next, next);

    /// <inheritdoc/>
    public override void StepToOne(int state, int row, bool hidden, List<int> next) => Step(state, row, hidden, _one, next);

    /// <inheritdoc/>
    public override string Describe(int target, int state) => _specs[target].Describe(_states[target][state]);

    private void Step(int state, int row, bool hidden, NextStates<TState> found, List<int> next)
    {
        var target = _object[row];
        var table = _states[target];
        found.Clear();
        _specs[target].Step(table[state], hidden ? Hidden(_shown[row]) : _shown[row], found);
        for (var i = 0; i < (found.OneIsEnough ? Math.Min(1, found.Count) : found.Count); i++)
        {
            var number = table.Number(found[i]);
            if (!next.Contains(number)) next.Add(number);
        }

        if (found.Count == 0 && hidden) next.Add(state);
    }

    // A failed compare-and-set changes nothing whatever it found; it stays what it was.
    private static SpecOperation Hidden(in SpecOperation operation) =>
        operation.Type == OperationType.Fail ? operation : operation with { Type = OperationType.Info, Output = ValueId.Null };

    private static List<int> Rows(History history, OperationFilter filter)
    {
        var kept = new List<int>(history.Count);
        for (var op = 0; op < history.Count; op++)
        {
            if (filter.Keeps(history.Types[op], history.Functions[op])) kept.Add(op);
        }

        var processes = new Dictionary<int, int>();
        foreach (var op in kept) processes.TryAdd(history.Process[op], processes.Count);
        return [.. kept.OrderBy(op => processes[history.Process[op]])];
    }

    private ObjectHistory Number(History history, DataType type, List<int> rows, SpecOperation[] shown, int[] target)
    {
        var keep = new List<int>(rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            if (shown[row].Type != OperationType.Info || !_specs[target[row]].IsReadOnly(shown[row])) keep.Add(row);
        }

        var (start, process) = (new List<int>(), new int[keep.Count]);
        for (var i = 0; i < keep.Count; i++)
        {
            if (i == 0 || history.Process[rows[keep[i]]] != history.Process[rows[keep[i - 1]]]) start.Add(i);
            process[i] = start.Count - 1;
        }

        start.Add(keep.Count);
        _object = [.. keep.Select(row => target[row])];
        _shown = [.. keep.Select(row => shown[row])];
        return new ObjectHistory
        {
            History = history,
            Type = type,
            Start = [.. start],
            Original = [.. keep.Select(row => rows[row])],
            Object = _object,
            ObjectCount = _specs.Length,
            Process = process,
            Optional = [.. _shown.Select(static operation => operation.IsInfo)],
            ReadOnly = [.. _shown.Select((operation, i) => operation.Type == OperationType.Fail || _specs[_object[i]].IsReadOnly(operation))],
            Update = [.. _shown.Select((operation, i) =>
                operation.Type != OperationType.Fail && !_specs[_object[i]].IsReadOnly(Hidden(operation)))],
        };
    }
}

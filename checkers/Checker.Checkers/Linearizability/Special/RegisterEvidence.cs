using System.Diagnostics;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Says why a register is not linearizable: the few operations that contradict each other, with the writes they need. Runs once for an
/// invalid
/// register, in a few passes over its rows.
/// </summary>
internal readonly ref struct RegisterEvidence
{
    private readonly KeyHistory _history;
    private readonly RegisterProblem _problem;
    private readonly Prose _prose;
    private readonly EvidenceBuilder _evidence;

    public RegisterEvidence(in KeyHistory history, in RegisterProblem problem)
    {
        _history = history;
        _problem = problem;
        _prose = new Prose(history);
        _evidence = new EvidenceBuilder(history);
    }

    /// <summary>The anomaly that a conflict means.</summary>
    public Anomaly Explain(RegisterConflict conflict) => conflict.Rule switch
    {
        RegisterRule.Phantom => Phantom(conflict.First),
        RegisterRule.TwoSwaps => TwoSwaps(conflict.First, conflict.Second),
        RegisterRule.LateReader => Late(EarliestReader(conflict.First), conflict.First),
        RegisterRule.LateWriter => Late(_problem.Values[conflict.First].Writer, conflict.First),
        RegisterRule.Cycle => Cycle(conflict.First),
        RegisterRule.Overlap => Overlap(conflict.First, conflict.Second),
        _ => throw new UnreachableException("there is no conflict to explain"),
    };

    private Anomaly Phantom(int value)
    {
        var row = Observers(value)[0];
        Prove(value, row);
        var text = Text(value);
        var reason = FailedWriter(value) is { } failed
            ? $"the only attempt to write it, by process {_history.History.Process[failed]}, failed"
            : _history.HasAppends ? "nobody had written it by then, and nothing that had been appended by then can have made it" : "nobody ever wrote it";
        return _evidence.Build("phantom-read", $"{Did(row)}, so the register held {text}{_prose.OfKey()}; but {reason}.");
    }

    private Anomaly TwoSwaps(int first, int second)
    {
        var values = _problem.Values;
        var shared = values[first].Previous;
        var (one, other) = (values[first].Writer, values[second].Writer);
        Need(shared);
        Prove(first);
        Prove(second);
        var origin = shared == 0 ? "it is the initial value and was never written again" : $"it was written only once ({Did(values[shared].Writer)})";
        var why = $"once {Text(shared)} was replaced it never came back";
        _evidence.Step(one, other, "forced", why);
        _evidence.Step(other, one, "forced", why);
        return _evidence.Build(
            "lost-update",
            $"{Did(one)}, and {Did(other)}; both took effect{Taking(first, second)}, so both found {Text(shared)}{_prose.OfKey()}, but " +
            $"{origin}, so only one of them can have found it.");
    }

    // Something of the value returned before something that must precede it was invoked.
    private Anomaly Late(int early, int value)
    {
        var values = _problem.Values;
        var limit = _history.Returns[early];
        var (layer, late) = (value, values[value].Writer);
        if (early == late || late < 0 || _history.Invokes[late] < limit)
        {
            do
            {
                layer = values[layer].Previous;
                late = Latest(layer);
            }
            while (late < 0 || _history.Invokes[late] < limit);
        }

        Need(value);
        Prove(value, early);
        if (late == values[layer].Writer) Prove(layer);
        _evidence.RealTime(early, late);
        var chain = layer == value ? "" : Chain(layer, value);
        if (late == values[layer].Writer)
        {
            _evidence.Step(late, early, layer == value ? "reads-from" : "forced", $"the value {Text(value)} depends on this write");
            return _evidence.Build(
                "future-read",
                $"{Did(early)}, but {Text(layer)} was not even invoked to be written before {_prose.Began(late)} ({Did(late)}){chain}: " +
                $"the value came from the future.");
        }

        _evidence.Step(late, early, "forced", $"{Text(layer)} was replaced before {Text(value)} was there, and never written again");
        var kind = IsSwap(late) ? "lost-update" : "stale-read";
        return _evidence.Build(
            kind,
            $"{Did(late)}, but {Text(layer)}{_prose.OfKey()} had been replaced{chain}: {Did(early)}, and that ended at " +
            $"{_prose.Ended(early)}, before the former began at {_prose.Began(late)}.");
    }

    private Anomaly Cycle(int value)
    {
        var values = _problem.Values;
        var at = value;
        var parts = new List<string>();
        do
        {
            Prove(at);
            var before = values[at].Previous;
            if (parts.Count < 4) parts.Add(Did(values[at].Writer));
            _evidence.Step(values[before].Writer, values[at].Writer, "reads-from", $"it found {Text(before)}, which only the other wrote");
            at = before;
        }
        while (at != value);
        return _evidence.Build(
            "cyclic-cas",
            $"{string.Join("; ", parts)}: each found a value that only another of them wrote, in a circle, and none of these values was " +
            $"written otherwise.");
    }

    private Anomaly Overlap(int first, int second)
    {
        var values = _problem.Values;
        var stale = first == 0 || (second != 0 && values[first].MaxInvoke > values[second].MaxInvoke) ? first : second;
        var fresh = stale == first ? second : first;
        var late = LatestOf(stale);                                       // began after something of the fresh block had ended
        var freshEarly = EarliestOf(fresh, LayerOf(LatestOf(fresh)), _history.Invokes[late]);
        var freshLate = LatestOf(fresh);
        var staleEarly = stale == 0 && values[0].MinReturn < 0 ? RegisterValue.None : EarliestOf(stale, LayerOf(late), _history.Invokes[freshLate]);
        foreach (var row in (ReadOnlySpan<int>)[late, freshEarly, freshLate, staleEarly])
        {
            if (row < 0) continue;
            Need(LayerOf(row));
            Prove(LayerOf(row), row);
        }

        _evidence.RealTime(freshEarly, late);
        if (staleEarly >= 0) _evidence.RealTime(staleEarly, freshLate);
        var (old, replaced) = (Text(LayerOf(late)), Text(LayerOf(freshLate)));
        if (freshEarly != freshLate) _evidence.Step(freshLate, freshEarly, "forced", $"both belong to the one stretch in which the register held {Text(LayerOf(freshEarly))} and what was swapped for it");
        if (staleEarly >= 0 && staleEarly != late) _evidence.Step(late, staleEarly, "forced", $"both belong to the one stretch that began when {Text(stale)} was written");
        return _evidence.Build(IsSwap(late) ? "lost-update" : "stale-read", Overtaken(late, freshEarly, freshLate, staleEarly));
    }

    // Why an operation that found a value came too late for it.
    private string Overtaken(int late, int freshEarly, int freshLate, int staleEarly)
    {
        var (old, replaced) = (Text(LayerOf(late)), Text(LayerOf(freshLate)));
        var noun = _history.Functions[late] switch
        {
            Function.Read => "the read",
            Function.Cas => "the swap",
            _ => "the other",
        };
        if (staleEarly < 0)
        {
            var found = IsSwap(late) && _problem.Values[LayerOf(late)].IsSwapped ? _problem.Values[LayerOf(late)].Previous : LayerOf(late);
            return (found == 0
                ? $"{Did(late)}, the value{_prose.OfKey()} before any write. By then {replaced} had been written, and {Text(0)} never again: "
                : $"{Did(late)}. By then {Text(found)}{_prose.OfKey()} had been overwritten by {replaced}: ") +
                $"{Did(freshEarly)}, which ended before {noun} began.";
        }

        if (freshEarly == freshLate && LayerOf(staleEarly) == LayerOf(late))
        {
            return $"{Did(late)}. By then {old}{_prose.OfKey()} had been overwritten by {replaced}: {Did(staleEarly)}; after that had ended, {Did(freshLate)}, " +
                $"which in turn ended before {noun} began.";
        }

        return $"{Did(late)}. By then {old}{_prose.OfKey()} had been overwritten by {replaced}: {Did(staleEarly)}, which ended at {_prose.Ended(staleEarly)}, " +
            $"before this began: {Did(freshLate)}; and {Did(freshEarly)}, which ended at {_prose.Ended(freshEarly)}, before {noun} began at {_prose.Began(late)}.";
    }

    // The writers of a value and of all it was swapped from; in a broken register these may go round in a circle.
    private void Need(int value)
    {
        var seen = new HashSet<int>();
        for (var at = value; at > 0 && seen.Add(at) && _problem.Values[at].Writer >= 0; at = _problem.Values[at].Previous)
        {
            _evidence.Add(_problem.Values[at].Writer);
        }
    }

    // What makes it certain that the value was there: its writer, or an operation that needs it. The row given is there anyway.
    private void Prove(int value, int row = RegisterValue.None)
    {
        if (row >= 0) _evidence.Add(row);
        if (value == 0 || (row >= 0 && _history.Returns[row] != KeyHistory.Never && row != _problem.Values[value].Writer))
        {
            if (_problem.Values[value].Writer >= 0) _evidence.Add(_problem.Values[value].Writer);
            return;
        }

        ProveWriter(value, []);
    }

    private bool ProveWriter(int value, HashSet<int> seen)
    {
        var writer = _problem.Values[value].Writer;
        if (writer >= 0) _evidence.Add(writer);
        if (writer >= 0 && _history.Returns[writer] != KeyHistory.Never) return true;
        if (!seen.Add(value)) return false;
        foreach (var observer in Observers(value))
        {
            if (_history.Returns[observer] == KeyHistory.Never && !ProveWriter(~_problem.ValueOf[observer], seen)) continue;
            _evidence.Add(observer);
            return true;
        }

        return false;
    }

    // The reads of the value and the compare-and-sets from it that took effect; those with a known outcome first.
    private List<int> Observers(int value)
    {
        var valueOf = _problem.ValueOf;
        var known = new List<int>();
        var unknown = new List<int>();
        for (var row = 0; row < valueOf.Length; row++)
        {
            var swapped = valueOf[row] < 0 && valueOf[row] != RegisterProblem.Nothing && _problem.Values[~valueOf[row]] is var written
                && written.Previous == value && written.IsKept;
            if (!swapped && valueOf[row] != value) continue;
            (_history.Returns[row] != KeyHistory.Never ? known : unknown).Add(row);
        }

        known.AddRange(unknown);
        return known;
    }

    private int EarliestReader(int value)
    {
        var best = RegisterValue.None;
        for (var row = 0; row < _history.Count; row++)
        {
            if (_problem.ValueOf[row] == value && (best < 0 || _history.Returns[row] < _history.Returns[best])) best = row;
        }

        return best;
    }

    // The row invoked last among the writer and the readers of a value.
    private int Latest(int value)
    {
        var best = RegisterValue.None;
        for (var row = _history.Count - 1; row >= 0 && best < 0; row--)
        {
            if (_problem.ValueOf[row] == value || _problem.Values[value].Writer == row) best = row;
        }

        return best;
    }

    private int LatestOf(int head)
    {
        for (var row = _history.Count - 1; row >= 0; row--)
        {
            if (BelongsTo(row, head)) return row;
        }

        throw new UnreachableException("a block that collides has operations");
    }

    // A row of the block that returned before a position: the writer of a layer if it did, else the earliest of all.
    private int EarliestOf(int head, int layer, int before)
    {
        var writer = _problem.Values[layer].Writer;
        if (writer >= 0 && _history.Returns[writer] < before) return writer;
        var best = RegisterValue.None;
        for (var row = 0; row < _history.Count; row++)
        {
            if (BelongsTo(row, head) && (best < 0 || _history.Returns[row] < _history.Returns[best])) best = row;
        }

        return best;
    }

    private bool BelongsTo(int row, int head)
    {
        var layer = LayerOf(row);
        return layer >= 0 && (layer == 0 || _problem.ValueOf[row] >= 0 || _problem.Values[layer].IsKept) && _problem.HeadOf(layer) == head;
    }

    private int LayerOf(int row)
    {
        var value = _problem.ValueOf[row];
        return value == RegisterProblem.Nothing ? RegisterValue.None : value < 0 ? ~value : value;
    }

    private bool IsSwap(int row) => _history.Functions[row] == Function.Cas;

    private string Text(int value) => _prose.Text(new ValueId(_problem.Values[value].Bits));

    private string Chain(int from, int to) =>
        _problem.Values[to].Previous == from ? $" by {Text(to)}" : $", and what replaced it was in turn replaced by {Text(to)}";

    private string Taking(int first, int second)
    {
        var values = _problem.Values;
        var unknown = values[first].WriterReturn == KeyHistory.Never ? first : values[second].WriterReturn == KeyHistory.Never ? second : RegisterValue.None;
        return unknown < 0 ? "" : $" ({Text(unknown)} was observed)";
    }

    private string Did(int row) => _history.Functions[row] switch
    {
        Function.Read => $"{_prose.Who(row)} read {_prose.Text(_history.Outputs[row])} {_prose.When(row)}",
        Function.Cas => $"{_prose.Who(row)} swapped {Argument(row, 0)} for {Argument(row, 1)} (cas, {_prose.When(row)})",
        Function.Delete => $"{_prose.Who(row)} deleted the value ({_prose.When(row)})",
        _ => $"{_prose.Who(row)} wrote {_prose.Text(_history.Inputs[row])} {_prose.When(row)}",
    };

    private string Argument(int row, int index) => _prose.Text(_history.History.Values.Items(_history.Inputs[row])[index]);

    // An operation of the whole history that failed to write the value to this object.
    private int? FailedWriter(int value)
    {
        var all = _history.History;
        var bits = _problem.Values[value].Bits;
        for (var operation = 0; operation < all.Count; operation++)
        {
            if (all.Types[operation] != OperationType.Fail || (_history.Key >= 0 && all.Key[operation] != _history.Key)) continue;
            var written = all.Functions[operation] switch
            {
                Function.Write => all.Input[operation].Bits,
                Function.Cas when all.Values.Kind(all.Input[operation]) == ValueKind.List && all.Values.Items(all.Input[operation]) is [_, var item] => item.Bits,
                _ => bits + 1,
            };
            if (written == bits) return operation;
        }

        return null;
    }
}

using System.Runtime.InteropServices;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Convergence;

/// <summary>
/// Sets, element by element: all final reads agree on whether it is there, but for adds and removes of unknown outcome, and the updates
/// that happened allow it. O(operations and elements read). See <see cref="EventualModel"/>.
/// </summary>
internal sealed class SetConvergence
{
    private readonly Judgement _judgement;
    private readonly History _history;
    private readonly bool _addsWin;
    private readonly List<SetElement> _elements = [];
    private readonly Dictionary<(int Key, ValueId Value), int> _elementOf = [];
    private readonly Dictionary<int, List<int>> _wholeReads = [];
    private readonly HashSet<int> _judged = [];
    private readonly HashSet<(int Process, int Key, ValueId Value)> _looked = [];
    private readonly HashSet<(int Process, int Key)> _lookers = [];

    public SetConvergence(Judgement judgement)
    {
        _judgement = judgement;
        _history = judgement.History;
        _addsWin = judgement.Type == DataTypes.OrSet;
    }

    /// <summary>Judges every set that has a final read.</summary>
    public void Run()
    {
        FindFinalReads();
        if (_judged.Count == 0) return;
        foreach (var key in _judged)
        {
            foreach (var value in Malformations.ItemsOf(_history.Values, _judgement.Initial)) Element(key, value).IsInitial = true;
        }

        FindUpdates();
        FindEvidence();
        CountWholeReads();
        foreach (var element in _elements.OrderBy(element => element.Key))
        {
            if (_judgement.Findings.AreEnough) return;
            Judge(element);
        }
    }

    // Of each process and element the last read that tells of it: lookups that no later read of the whole set supersedes, and the last read
    // of the whole set.
    private void FindFinalReads()
    {
        var whole = new Dictionary<(int Process, int Key), int>();
        var lookups = new List<int>();
        for (var op = _history.Count - 1; op >= 0 && _history.Invoke[op] > _judgement.Quiet.Start; op--)
        {
            if (!_judgement.IsQuietRead(op)) continue;
            var reader = (_history.Process[op], _history.Key[op]);
            if (whole.ContainsKey(reader)) continue;
            _judgement.Findings.FinalReads++;
            _judged.Add(_history.Key[op]);
            if (_history.Functions[op] == Function.Read) whole.Add(reader, op);
            else if (_looked.Add((reader.Item1, reader.Item2, _history.Input[op]))) lookups.Add(op);
        }

        foreach (var ((_, key), op) in whole) (CollectionsMarshal.GetValueRefOrAddDefault(_wholeReads, key, out _) ??= []).Add(op);
        foreach (var op in lookups)
        {
            var element = Element(_history.Key[op], _history.Input[op]);
            element.Lookups++;
            _lookers.Add((_history.Process[op], _history.Key[op]));
            if (whole.ContainsKey((_history.Process[op], _history.Key[op]))) element.LookupsAfterWholeRead++;
            if (!Found(op))
            {
                element.Misser = op;
                continue;
            }

            element.Present++;
            element.Finder = op;
        }
    }

    private void FindUpdates()
    {
        for (var op = 0; op < _history.Count; op++)
        {
            if (!_judgement.IsUpdate(op) || !_judged.Contains(_history.Key[op])) continue;
            var element = Element(_history.Key[op], _history.Input[op]);
            switch (_history.Functions[op], _history.Types[op])
            {
                case (Function.Add, OperationType.Ok):
                    (element.Add, element.LastAddBegan) = (op, _history.Invoke[op]);
                    break;
                case (Function.Remove, OperationType.Ok) when _history.Complete[op] > element.LastRemoveEnded:
                    (element.Remove, element.LastRemoveEnded) = (op, _history.Complete[op]);
                    break;
                case (Function.Add, OperationType.Info):
                    if (element.UnknownAdds++ == 0) element.MayAdd = op;
                    break;
                case (Function.Remove, OperationType.Info):
                    element.UnknownRemoves++;
                    break;
            }
        }
    }

    // If all adds of an element that somebody saw before the quiet period are of unknown outcome, one of them happened before it. That the first
    // did leaves most open.
    private void FindEvidence()
    {
        if (!_elements.Exists(IsOpen)) return;
        var known = new HashSet<(int Key, ValueId List)>();
        for (var op = 0; op < _history.Count && _history.Invoke[op] < _judgement.Quiet.Start; op++)
        {
            if (!_judgement.IsEarlier(op) || !_judged.Contains(_history.Key[op])) continue;
            if (_history.Functions[op] == Function.Contains && Found(op)) Witness(_history.Key[op], _history.Input[op], op);
            if (_history.Functions[op] != Function.Read || !known.Add((_history.Key[op], _history.Output[op]))) continue;
            foreach (var value in Malformations.ItemsOf(_history.Values, _history.Output[op])) Witness(_history.Key[op], value, op);
        }
    }

    private void Witness(int key, ValueId value, int op)
    {
        if (!_elementOf.TryGetValue((key, value), out var at) || !IsOpen(_elements[at])) return;
        var element = _elements[at];
        (element.Add, element.LastAddBegan, element.Witness) = (element.MayAdd, _history.Invoke[element.MayAdd], op);
        element.UnknownAdds--;
    }

    private static bool IsOpen(SetElement element) => element is { UnknownAdds: > 0, Add: < 0, IsInitial: false };

    private void CountWholeReads()
    {
        foreach (var (key, reads) in _wholeReads)
        {
            // Equal lists are counted together, unless a process looked for some element afterwards.
            foreach (var equal in reads.Order().GroupBy(op => (_history.Output[op], _lookers.Contains((_history.Process[op], key)) ? op : -1)))
            {
                CountWholeRead(key, equal.First(), equal.Count());
            }
        }
    }

    private void CountWholeRead(int key, int op, int times)
    {
        var listed = new HashSet<ValueId>();
        foreach (var value in Malformations.ItemsOf(_history.Values, _history.Output[op]))
        {
            if (!listed.Add(value))
            {
                _judgement.Findings.Report(Duplicate(key, op, value));
                continue;
            }

            if (_looked.Contains((_history.Process[op], key, value))) continue;
            var element = Element(key, value);
            element.Present += times;
            element.Finder = op;
        }
    }

    private void Judge(SetElement element)
    {
        var whole = _wholeReads.TryGetValue(element.Key, out var reads) ? reads.Count : 0;
        var absent = whole - element.LookupsAfterWholeRead + element.Lookups - element.Present;
        var isFound = element.Present > 0 && element.UnknownAdds == 0;
        var isMissed = absent > 0 && element.UnknownRemoves == 0;
        var mayGo = element.MayGo(_addsWin);
        if ((element.MayStay && !isMissed) || (mayGo && !isFound)) return;
        _judgement.Findings.Report(!element.MayStay ? Unexpected(element) : !mayGo ? Lost(element) : Disagreement(element));
    }

    private Anomaly Unexpected(SetElement element)
    {
        var isRemoved = element.Remove >= 0;
        var why = isRemoved
            ? $"But {_judgement.Words.Full(element.Remove)}, and nobody added it."
            : "But nobody who may have succeeded added it.";
        return Anomaly(isRemoved ? "removed-element" : "unadded-element", [element.Remove, element.Finder], element, $"{Finds(element)} {why}");
    }

    private Anomaly Lost(SetElement element)
    {
        var words = _judgement.Words;
        var why = element.Add < 0
            ? "But it was there at first, and nobody removed it."
            : element.Witness >= 0
                ? $"But {words.Full(element.Add)}, and that happened, since {words.Full(element.Witness)}"
                : $"But {words.Full(element.Add)}";
        if (element.Add >= 0)
        {
            why += element.Remove < 0
                ? ", and nobody removed it."
                : ", after every remove of it had ended: a remove undoes only the adds that it has seen.";
        }

        return Anomaly("lost-element", [element.Add, .. Evidence(element), Misser(element)], element, $"{Misses(element)} {why}");
    }

    private Anomaly Disagreement(SetElement element) => Anomaly(
        "final-reads-disagree",
        [element.Add, element.Remove, .. Evidence(element), element.Finder, Misser(element)],
        element,
        $"{Finds(element)} {Misses(element)} Replicas that have received the same updates hold the same elements; these have not converged.");

    private Anomaly Duplicate(int key, int read, ValueId value) => new(
        "duplicate-element",
        [read],
        $"Everything was quiet from {_judgement.Quiet.Text} on. After that, {_judgement.Words.Full(read)} and did not read again; it has {_history.Values.Text(value)} twice; a set has an element once.")
    {
        Key = key,
    };

    private Anomaly Anomaly(string kind, int[] operations, SetElement element, string why) => new(
        kind,
        [.. operations.Where(op => op >= 0).Distinct().Order()],
        $"Everything was quiet from {_judgement.Quiet.Text} on. {why}")
    {
        Key = element.Key,
    };

    private IEnumerable<int> Evidence(SetElement element) => element.Witness < 0 ? [] : _judgement.Evidence(element.Witness);

    private string Finds(SetElement element) =>
        $"After that, process {_history.Process[element.Finder]} found {_history.Values.Text(element.Value)} in {_judgement.ObjectText(element.Key)} " +
        $"(line {_judgement.Words.Line(element.Finder)}) and did not look again.";

    private string Misses(SetElement element)
    {
        var misser = Misser(element);
        return $"After that, process {_history.Process[misser]} did not find {_history.Values.Text(element.Value)} in " +
            $"{_judgement.ObjectText(element.Key)} (line {_judgement.Words.Line(misser)}) and did not look again.";
    }

    // A final read that did not find it.
    private int Misser(SetElement element)
    {
        if (element.Misser >= 0) return element.Misser;
        return _wholeReads[element.Key].Order().First(op =>
            !_looked.Contains((_history.Process[op], element.Key, element.Value)) &&
            !Malformations.ItemsOf(_history.Values, _history.Output[op]).Contains(element.Value));
    }

    private bool Found(int operation)
    {
        var output = _history.Output[operation];
        if (_history.Values.Kind(output) == ValueKind.List && _history.Values.Items(output) is [_, var found]) output = found;
        return output == ValueId.Boolean(true);
    }

    private SetElement Element(int key, ValueId value)
    {
        ref var at = ref CollectionsMarshal.GetValueRefOrAddDefault(_elementOf, (key, value), out var known);
        if (known) return _elements[at];
        at = _elements.Count;
        var element = new SetElement(key, value);
        _elements.Add(element);
        return element;
    }
}

using System.Runtime.InteropServices;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Objects;

/// <summary>
/// What the operations of sets did to which element, and what they found: one answer of <c>contains</c>, and of <c>read</c> one for every element of the set.
/// Elements are numbered by object and value. O(answers).
/// </summary>
internal sealed class SetAnswers
{
    private const int MostAnswers = 5_000_000;

    private readonly ObjectHistory _rows;
    private readonly int[] _element;
    private readonly bool[] _present;
    private readonly List<bool> _atFirst = [];
    private readonly List<List<List<int>>[]> _updates = [];
    private readonly Dictionary<(int, ValueId), int> _numbers = [];
    private readonly List<int>[] _ofObject;
    private readonly int[] _start;
    private readonly List<(int Element, bool Present)> _answers = [];

    private SetAnswers(ObjectHistory rows)
    {
        _rows = rows;
        (_element, _present, _start) = (new int[rows.Count], new bool[rows.Count], new int[rows.Count + 1]);
        _ofObject = [.. Enumerable.Range(0, rows.ObjectCount).Select(static _ => new List<int>())];
    }

    /// <summary>Whether some operation found out about several elements at once.</summary>
    public bool HasReads { get; private set; }

    /// <summary>The answers of a history; null if it is of another type, updates say what they found, or there are too many.</summary>
    public static SetAnswers? Of(ObjectHistory rows, CheckOptions options)
    {
        if (rows.Type.Sequential.Name != "set") return null;
        var answers = new SetAnswers(rows);
        HashSet<ValueId> initial = [.. Malformations.ItemsOf(rows.History.Values, Linearizability.Linearizability.InitialOf(rows.History, options))];
        return answers.NumberElements(initial) && answers.Fill() ? answers : null;
    }

    /// <summary>What a row found.</summary>
    public ReadOnlySpan<(int Element, bool Present)> Of(int row) => CollectionsMarshal.AsSpan(_answers)[_start[row].._start[row + 1]];

    /// <summary>The element that an update changes.</summary>
    public int ElementOf(int row) => _element[row];

    /// <summary>Whether an update puts its element there.</summary>
    public bool Puts(int row) => _present[row];

    /// <summary>Whether an element is there at first.</summary>
    public bool AtFirst(int element) => _atFirst[element];

    /// <summary>The updates that put an element there, or take it away: of each process that makes any, ascending.</summary>
    public List<List<int>> Updates(int element, bool puts) => _updates[element][puts ? 1 : 0];

    private bool NumberElements(HashSet<ValueId> initial)
    {
        for (var row = 0; row < _rows.Count; row++)
        {
            var op = _rows.Original[row];
            var (function, input, output) = (_rows.History.Functions[op], _rows.History.Input[op], _rows.History.Output[op]);
            if (function == Function.Read)
            {
                HasReads = true;
                foreach (var element in Malformations.ItemsOf(_rows.History.Values, _rows.Optional[row] ? ValueId.Null : output)) Number(_rows.Object[row], element, initial);
                continue;
            }

            _element[row] = Number(_rows.Object[row], input, initial);
            if (function == Function.Contains) continue;
            if (!_rows.Optional[row] && output != input && (output == ValueId.Boolean(true) || output == ValueId.Boolean(false))) return false;
            _present[row] = function == Function.Add;
            var processes = Updates(_element[row], _present[row]);
            if (processes.Count == 0 || _rows.Process[processes[^1][0]] != _rows.Process[row]) processes.Add([]);
            processes[^1].Add(row);
        }

        if (!HasReads) return true;
        for (var target = 0; target < _ofObject.Length; target++)
        {
            foreach (var element in initial) Number(target, element, initial);
        }

        return true;
    }

    private int Number(int target, ValueId value, HashSet<ValueId> initial)
    {
        if (_numbers.TryGetValue((target, value), out var element)) return element;
        _numbers.Add((target, value), element = _numbers.Count);
        _atFirst.Add(initial.Contains(value));
        _updates.Add([[], []]);
        _ofObject[target].Add(element);
        return element;
    }

    private bool Fill()
    {
        var values = _rows.History.Values;
        var there = new HashSet<int>();
        for (var row = 0; row < _rows.Count; row++)
        {
            _start[row] = _answers.Count;
            if (_rows.Update[row] || _rows.Optional[row]) continue;
            var output = _rows.History.Output[_rows.Original[row]];
            if (_rows.History.Functions[_rows.Original[row]] == Function.Contains)
            {
                if (values.Kind(output) == ValueKind.List && values.Items(output) is [_, var found]) output = found;
                _answers.Add((_element[row], output == ValueId.Boolean(true)));
                continue;
            }

            there.Clear();
            foreach (var element in Malformations.ItemsOf(values, output))
            {
                if (!there.Add(_numbers[(_rows.Object[row], element)])) return false; // no set has it twice
            }

            foreach (var element in _ofObject[_rows.Object[row]]) _answers.Add((element, there.Contains(element)));
            if (_answers.Count > MostAnswers) return false;
        }

        _start[^1] = _answers.Count;
        return true;
    }
}

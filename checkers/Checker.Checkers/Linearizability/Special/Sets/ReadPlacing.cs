using System.Numerics;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>
/// Gives the whole reads of a set their places in time; then its elements have nothing to do with each other any more. A read takes a place as soon
/// as it is certain to find what it found there, else when it returns, or before an operation that would change what it found. That is a good
/// guess, not the only one: if it fails, nothing is known.
/// </summary>
internal sealed class ReadPlacing
{
    private readonly KeyHistory _history;
    private readonly ReadTargets _targets;
    private readonly ElementFrontier[] _elements;
    private readonly ulong[] _present; // elements that may be there now
    private readonly ulong[] _absent;  // elements that may be absent now
    private readonly ulong[] _all;
    private readonly List<int> _waiting = []; // reads that have no place yet, by invocation
    private readonly List<int> _positions = []; // of each moment at which something was done: the event that it came before, or after
    private readonly List<(int Moment, int Row)> _placed = [];

    public ReadPlacing(KeyHistory history, ReadTargets targets, Func<int, bool> initially, bool record)
    {
        (_history, _targets) = (history, targets);
        _elements = new ElementFrontier[targets.Elements];
        _present = new ulong[targets.Words];
        _absent = new ulong[targets.Words];
        _all = new ulong[targets.Words];
        for (var element = 0; element < _elements.Length; element++)
        {
            _elements[element] = new ElementFrontier(record);
            _elements[element].Reset(initially(element));
            _all[element >> 6] |= 1UL << element;
            Note(element);
        }
    }

    /// <summary>Whether all reads found places, and all other operations as well.</summary>
    public bool Succeeds()
    {
        using var byReturn = new Rented<long>(_history.Count);
        using var slots = new Rented<int>(_history.Count);
        var finished = 0;
        for (var row = 0; row < _history.Count; row++)
        {
            if (_history.Returns[row] != KeyHistory.Never) byReturn.Span[finished++] = PositionSort.Entry(_history.Returns[row], row);
        }

        PositionSort.Sort(byReturn.Span[..finished]);
        var next = 0;
        foreach (var entry in byReturn.Span[..finished])
        {
            var position = PositionSort.PositionOf(entry);
            for (; next < _history.Count && _history.Invokes[next] < position; next++) slots.Span[next] = Begin(next);
            var row = PositionSort.NumberOf(entry);
            if (_history.Functions[row] == Function.Read ? !EndRead(row) : !End(row, slots.Span[row])) return false;
        }

        return true;
    }

    /// <summary>After success: the rows in an order that explains them.</summary>
    public int[] Order(Func<int, bool> initially)
    {
        var actions = new List<(int Moment, int Number, int Row)>();
        var brought = new HashSet<int>();
        foreach (var element in _elements)
        {
            foreach (var (row, moment) in element.Changes())
            {
                actions.Add((moment, actions.Count, row));
                brought.Add(row);
            }
        }

        foreach (var (moment, row) in _placed) actions.Add((moment, int.MaxValue, row));
        actions.Sort();
        var order = new List<int>(_history.Count);
        var present = new bool[_elements.Length];
        var waiting = new List<int>?[2, _elements.Length];
        for (var element = 0; element < present.Length; element++) present[element] = initially(element);
        var next = 0;
        for (var row = 0; row < _history.Count; row++)
        {
            for (; next < actions.Count && _positions[actions[next].Moment] < _history.Invokes[row]; next++) Act(actions[next].Row);
            if (_history.Functions[row] == Function.Read || brought.Contains(row) || _history.Returns[row] == KeyHistory.Never) continue;
            var element = _targets.NumberOf(_history.Inputs[row]);
            var wants = ElementStep.Of(_history, row)!.Value.Present;
            if (present[element] == wants) order.Add(row);
            else (waiting[wants ? 1 : 0, element] ??= []).Add(row);
        }

        for (; next < actions.Count; next++) Act(actions[next].Row);
        return [.. order];

        void Act(int row)
        {
            order.Add(row);
            if (_history.Functions[row] == Function.Read) return;
            var element = _targets.NumberOf(_history.Inputs[row]);
            present[element] = _history.Functions[row] == Function.Add;
            if (waiting[present[element] ? 1 : 0, element] is not { } rows) return;
            order.AddRange(rows);
            rows.Clear();
        }
    }

    private int Begin(int row)
    {
        if (_history.Functions[row] == Function.Read)
        {
            if (IsCertain(row)) Place(row, Moment(_history.Invokes[row]));
            else _waiting.Add(row);
            return 0;
        }

        var element = _elements[_targets.NumberOf(_history.Inputs[row])];
        var step = ElementStep.Of(_history, row)!.Value;
        if (_history.Returns[row] != KeyHistory.Never) return element.Open(row, _history.Returns[row], step);
        element.OpenUnknown(row, step.Present);
        return 0;
    }

    private bool EndRead(int row)
    {
        var at = _waiting.IndexOf(row);
        if (at < 0) return true;
        var position = _history.Returns[row];

        // Others that are nearer and would not find what they found any more go first.
        var distance = Distance(row);
        foreach (var other in _waiting.Where(other => other != row && Distance(other) < distance && IsSpoiltBy(other, row)).OrderBy(Distance).ToArray())
        {
            TryPlace(other, position);
        }

        return TryPlace(row, position) && PlaceCertain(position);
    }

    private bool End(int row, int slot)
    {
        var element = _targets.NumberOf(_history.Inputs[row]);
        var frontier = _elements[element];
        var position = _history.Returns[row];
        var step = ElementStep.Of(_history, row)!.Value;
        if (_waiting.Count > 0 && frontier.NeedsChange(slot))
        {
            foreach (var read in _waiting.Where(read => _targets.Shows(read, element) != step.Present).OrderBy(Distance).ToArray()) TryPlace(read, position);
        }

        if (!frontier.Close(slot, Moment(position)) || frontier.IsLost) return false;
        return !Note(element) || PlaceCertain(position);
    }

    private bool PlaceCertain(int position)
    {
        for (var i = 0; i < _waiting.Count; i++)
        {
            if (!IsCertain(_waiting[i])) continue;
            Place(_waiting[i], Moment(position));
            _waiting.RemoveAt(i--);
        }

        return true;
    }

    private void Place(int row, int moment) => _placed.Add((moment, row));

    // A read finds what it found if the elements that differ change: if each can, they do.
    private bool TryPlace(int row, int position)
    {
        var target = _targets.Of(row);
        for (var word = 0; word < target.Length; word++)
        {
            for (var bits = Differing(target, word); bits != 0; bits &= bits - 1)
            {
                var element = (word << 6) + BitOperations.TrailingZeroCount(bits);
                if (!_elements[element].CanBe(_targets.Shows(row, element))) return false;
            }
        }

        var moment = Moment(position);
        for (var word = 0; word < target.Length; word++)
        {
            for (var bits = (target[word] & _absent[word]) | (~target[word] & _present[word]); bits != 0; bits &= bits - 1)
            {
                var element = (word << 6) + BitOperations.TrailingZeroCount(bits);
                if (!_elements[element].Require(_targets.Shows(row, element), moment)) return false;
                Note(element);
            }
        }

        Place(row, moment);
        _waiting.Remove(row);
        return true;
    }

    private bool IsCertain(int read)
    {
        var target = _targets.Of(read);
        for (var word = 0; word < target.Length; word++)
        {
            if (((target[word] & _absent[word]) | (~target[word] & _present[word])) != 0) return false;
        }

        return true;
    }

    private int Distance(int read)
    {
        var target = _targets.Of(read);
        var distance = 0;
        for (var word = 0; word < target.Length; word++) distance += BitOperations.PopCount(Differing(target, word));
        return distance;
    }

    // Whether what a read found differs where another one needs a change.
    private bool IsSpoiltBy(int read, int by)
    {
        var target = _targets.Of(read);
        var other = _targets.Of(by);
        for (var word = 0; word < target.Length; word++)
        {
            if ((Differing(other, word) & (target[word] ^ other[word])) != 0) return true;
        }

        return false;
    }

    private ulong Differing(ReadOnlySpan<ulong> target, int word) =>
        ((target[word] & ~_present[word]) | (~target[word] & ~_absent[word])) & _all[word];

    private int Moment(int position)
    {
        _positions.Add(position);
        return _positions.Count - 1;
    }

    // Whether what an element may be has changed.
    private bool Note(int element)
    {
        var bit = 1UL << element;
        var (present, absent) = (_present[element >> 6] & bit, _absent[element >> 6] & bit);
        _present[element >> 6] &= ~bit;
        _absent[element >> 6] &= ~bit;
        if (_elements[element].MayBePresent) _present[element >> 6] |= bit;
        if (_elements[element].MayBeAbsent) _absent[element >> 6] |= bit;
        return present != (_present[element >> 6] & bit) || absent != (_absent[element >> 6] & bit);
    }
}

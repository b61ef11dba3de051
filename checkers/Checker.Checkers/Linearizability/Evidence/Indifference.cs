using System.Runtime.InteropServices;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// The operations of a container or a set that together may make no difference: runs of them that insert as much of each element as they remove, and pairs
/// of an insertion and a removal; of a set any run. Nothing that was found is left without whoever may have brought it about (<see cref="Sightings"/>).
/// </summary>
internal sealed class Indifference
{
    private readonly KeyHistory _history;
    private readonly bool _isSet;
    private readonly Sightings _sightings;
    private readonly Dictionary<ValueId, int> _balance = []; // of the run that is being tried

    public Indifference(in KeyHistory history)
    {
        _history = history;
        _isSet = history.Type.Name == DataTypes.Set.Name;
        _sightings = new Sightings(history);
        Absent = new bool[history.Count];
    }

    /// <summary>Whether a row was left out.</summary>
    public bool[] Absent { get; }

    /// <summary>
    /// The candidates, marked: runs by their first row, short ones first, then pairs. What is left out in the meantime (<see cref="Absent"/>) is in none of them.
    /// </summary>
    /// <param name="end">The position before which they have returned.</param>
    /// <param name="longest">How many rows a run may span.</param>
    public IEnumerable<bool[]> Of(int end, int longest)
    {
        for (var first = 0; first < _history.Count; first++)
        {
            var next = first;
            while (!Absent[first] && _history.Returns[first] < end && (next = NextEnd(first, next, end, longest)) >= 0)
            {
                var gone = new bool[_history.Count];
                for (var row = first; row < next; row++) gone[row] = _history.Returns[row] < end && !Absent[row];
                if (!_sightings.IsLackingWithout(gone, Absent)) yield return gone;
            }
        }

        for (var insertion = 0; insertion < _history.Count && !_isSet; insertion++)
        {
            if (!ContainerLinks.IsInsertion(_history.Functions[insertion]) || _history.Returns[insertion] >= end) continue;
            for (var removal = 0; removal < _history.Count && !Absent[insertion]; removal++)
            {
                if (Absent[removal] || _history.Returns[removal] >= end || !ContainerLinks.IsRemoval(_history, removal)) continue;
                if (_history.Outputs[removal] != _history.Inputs[insertion]) continue;
                var gone = new bool[_history.Count];
                gone[insertion] = gone[removal] = true;
                if (!_sightings.IsLackingWithout(gone, Absent)) yield return gone;
            }
        }
    }

    // The row after the next end of a run that begins with a row and inserts as much of each element as it removes; −1 if there is none.
    private int NextEnd(int first, int after, int end, int longest)
    {
        var unequal = 0;
        if (after == first) _balance.Clear();
        else foreach (var sum in _balance.Values) unequal += sum != 0 ? 1 : 0;
        for (var row = after; row < _history.Count && row < first + longest; row++)
        {
            if (Absent[row] || _history.Returns[row] >= end) continue;
            var change = ContainerLinks.IsInsertion(_history.Functions[row]) ? 1 : ContainerLinks.IsRemoval(_history, row) ? -1 : 0;
            if (change != 0 && !_isSet)
            {
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_balance, ContainerLinks.ElementOf(_history, row), out _);
                unequal -= sum != 0 ? 1 : 0;
                sum += change;
                unequal += sum != 0 ? 1 : 0;
            }

            if (unequal == 0) return row + 1;
        }

        return -1;
    }
}

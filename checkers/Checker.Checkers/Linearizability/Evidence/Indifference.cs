using System.Runtime.InteropServices;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// The operations that together may make no difference, with elements of a container or a set that come again: runs of them that insert as much of each
/// element as they remove, and pairs of an insertion and a removal; of a set any run. Nothing that was found is left without whoever may have brought it
/// about (<see cref="Sightings"/>).
/// </summary>
internal sealed class Indifference
{
    private readonly KeyHistory _history;
    private readonly bool _isSet;
    private readonly Sightings _sightings;
    private readonly bool[] _again; // by row: whether it changes something with an element that comes again
    private readonly bool[] _absent; // by row
    private readonly Dictionary<ValueId, int> _balance = []; // of the run that is being tried

    public Indifference(in KeyHistory history)
    {
        _history = history;
        _isSet = history.Type.Name == DataTypes.Set.Name;
        _sightings = new Sightings(history);
        _again = new bool[history.Count];
        var again = Repetition.Of(history);
        for (var row = 0; row < history.Count; row++)
        {
            _again[row] = Repetition.Changes(history.Functions[row])
                ? again.Contains(history.Inputs[row])
                : ContainerLinks.IsRemoval(history, row) && again.Contains(history.Outputs[row]);
        }

        _absent = new bool[history.Count];
        Count = history.Count;
    }

    /// <summary>How many rows were not left out.</summary>
    public int Count { get; private set; }

    /// <summary>Leaves out rows for good.</summary>
    public void LeaveOut(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows) _absent[row] = true;
        Count -= rows.Length;
        _sightings.LeaveOut(rows);
    }

    /// <summary>The history without what was left out.</summary>
    public KeyHistory Rest() => Count == _history.Count ? _history : _history.Marked(_absent, kept: false);

    /// <summary>
    /// The candidates, as rows: runs by their first row, short ones first, then pairs. What is left out in the meantime is in none of them.
    /// </summary>
    /// <param name="end">The position before which they have returned.</param>
    /// <param name="longest">How many rows a run may have, and how far apart those of a pair may be.</param>
    public IEnumerable<int[]> Of(int end, int longest)
    {
        var run = new List<int>();
        for (var first = 0; first < _history.Count; first++)
        {
            if (!MayGo(first, end)) continue;
            run.Clear();
            _balance.Clear();
            var unequal = 0;
            for (var row = first; row < _history.Count && run.Count < longest && !_absent[first]; row++)
            {
                if (!MayGo(row, end)) continue;
                run.Add(row);
                unequal += Unequal(row);
                if (unequal == 0 && !_sightings.IsLackingWithout(CollectionsMarshal.AsSpan(run))) yield return [.. run];
            }
        }

        for (var insertion = 0; insertion < _history.Count && !_isSet; insertion++)
        {
            if (!MayGo(insertion, end) || !ContainerLinks.IsInsertion(_history.Functions[insertion])) continue;
            for (var removal = Math.Max(0, insertion - longest); removal < _history.Count && removal - insertion <= longest && !_absent[insertion]; removal++)
            {
                if (!MayGo(removal, end) || !ContainerLinks.IsRemoval(_history, removal)) continue;
                if (_history.Outputs[removal] != _history.Inputs[insertion]) continue;
                if (!_sightings.IsLackingWithout([insertion, removal])) yield return [insertion, removal];
            }
        }
    }

    private bool MayGo(int row, int end) => _again[row] && !_absent[row] && _history.Returns[row] < end;

    // By how much a row changes the number of elements of which the run inserts more or less than it removes.
    private int Unequal(int row)
    {
        var change = ContainerLinks.IsInsertion(_history.Functions[row]) ? 1 : ContainerLinks.IsRemoval(_history, row) ? -1 : 0;
        if (change == 0 || _isSet) return 0;
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_balance, ContainerLinks.ElementOf(_history, row), out _);
        var before = sum;
        sum += change;
        return (sum != 0 ? 1 : 0) - (before != 0 ? 1 : 0);
    }
}

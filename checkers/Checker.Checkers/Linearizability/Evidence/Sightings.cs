using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// Which elements the operations of a container or a set found, or found missing, and who may have put them there or taken them away: nobody shall say of an
/// element that was found that it was never inserted, because who inserted it was left out.
/// </summary>
internal sealed class Sightings
{
    private readonly KeyHistory _history;
    private readonly HashSet<ValueId> _initial;

    public Sightings(in KeyHistory history)
    {
        _history = history;
        _initial = [.. Malformations.ItemsOf(history.History.Values, history.Initial)];
    }

    /// <summary>Marks of some rows that are not marked the first ones without which the marked ones would lack something.</summary>
    /// <param name="kept">The rows, marked.</param>
    /// <param name="start">The row from which some may be marked.</param>
    public void AddLacking(bool[] kept, int start)
    {
        var lacking = Lacking(kept);
        for (var row = start; row < kept.Length && lacking.Count > 0; row++)
        {
            if (!kept[row] && Brings(row) is { } brought) kept[row] = lacking.Remove(brought);
        }
    }

    /// <summary>Whether rows would lack something without the others, of whom one may have brought it about.</summary>
    /// <param name="gone">The others, marked.</param>
    /// <param name="absent">Rows that do not count.</param>
    public bool IsLackingWithout(bool[] gone, bool[] absent)
    {
        var left = new bool[gone.Length];
        for (var row = 0; row < left.Length; row++) left[row] = !gone[row] && !absent[row];
        var lacking = Lacking(left);
        for (var row = 0; row < gone.Length && lacking.Count > 0; row++)
        {
            if (gone[row] && Brings(row) is { } brought && lacking.Contains(brought)) return true;
        }

        return false;
    }

    // What the marked rows found, each element present or not, that was not so at first and that none of them brought about.
    private HashSet<(ValueId Element, bool Present)> Lacking(bool[] marked)
    {
        var lacking = new HashSet<(ValueId Element, bool Present)>();
        for (var row = 0; row < marked.Length; row++)
        {
            if (marked[row]) Find(row, lacking);
        }

        lacking.RemoveWhere(found => _initial.Contains(found.Element) == found.Present);
        for (var row = 0; row < marked.Length && lacking.Count > 0; row++)
        {
            if (marked[row] && Brings(row) is { } brought) lacking.Remove(brought);
        }

        return lacking;
    }

    // The element that a row inserts, or of a set removes.
    private (ValueId Element, bool Present)? Brings(int row)
    {
        var function = _history.Functions[row];
        var inserts = function == Function.Add || ContainerLinks.IsInsertion(function);
        return inserts || function == Function.Remove ? (_history.Inputs[row], inserts) : null;
    }

    private void Find(int row, HashSet<(ValueId Element, bool Present)> found)
    {
        if (_history.Types[row] == OperationType.Info) return;
        var values = _history.History.Values;
        var output = _history.Outputs[row];
        switch (_history.Functions[row])
        {
            case Function.Read:
                var items = Malformations.ItemsOf(values, output);
                foreach (var element in items) found.Add((element, true));
                foreach (var element in _initial)
                {
                    if (!items.Contains(element)) found.Add((element, false));
                }

                break;
            case Function.Contains or Function.Add or Function.Remove:
                if (_history.Functions[row] == Function.Contains && values.Kind(output) == ValueKind.List && values.Items(output) is [_, var answer]) output = answer;
                if (values.Kind(output) != ValueKind.Boolean || output == _history.Inputs[row]) break;
                found.Add((_history.Inputs[row], output == ValueId.Boolean(true) != (_history.Functions[row] == Function.Add)));
                break;
            case var function when !ContainerLinks.IsInsertion(function) && !output.IsNull: found.Add((output, true)); break;
            default: break;
        }
    }
}

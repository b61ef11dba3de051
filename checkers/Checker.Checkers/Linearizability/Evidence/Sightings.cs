using System.Runtime.InteropServices;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Sets;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// Which elements the operations of a container or a set found, or found missing, and who may have put them there or taken them away: nobody shall say of an
/// element that was found that it was never inserted, because who inserted it was left out, nor of one that was inserted that it never came out.
/// </summary>
internal sealed class Sightings
{
    private readonly KeyHistory _history;
    private readonly HashSet<ValueId> _initial;
    private readonly Dictionary<(ValueId Element, bool Present), Count> _counts = []; // of rows

    public Sightings(in KeyHistory history)
    {
        _history = history;
        _initial = [.. Malformations.ItemsOf(history.History.Values, history.Initial)];
        for (var row = 0; row < history.Count; row++) Add(row, 1);
    }

    /// <summary>Marks, from a row on, the first ones without which the marked ones would lack something.</summary>
    /// <param name="kept">The rows, marked; the counts are of these from now on.</param>
    /// <param name="start">The row from which some may be marked; what is not marked before is left out.</param>
    public void AddLacking(bool[] kept, int start)
    {
        for (var row = 0; row < kept.Length; row++)
        {
            if (!kept[row]) Add(row, -1);
        }

        for (var row = start; row < kept.Length; row++)
        {
            if (kept[row]) continue;
            var takes = ContainerLinks.IsRemoval(_history, row) && _counts[(_history.Outputs[row], true)] is { } count && count.Taken < count.Brought;
            if (!takes && (Brings(row) is not { } brought || !IsLacking(brought))) continue;
            kept[row] = true;
            Add(row, 1);
        }
    }

    /// <summary>Whether the rows that are left would lack something without some of them.</summary>
    /// <param name="rows">Those.</param>
    public bool IsLackingWithout(ReadOnlySpan<int> rows)
    {
        LeaveOut(rows);
        var lacking = false;
        foreach (var row in rows) lacking |= Brings(row) is { } brought && IsLacking(brought);
        foreach (var row in rows) Add(row, 1);
        return lacking;
    }

    /// <summary>Leaves out rows.</summary>
    public void LeaveOut(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows) Add(row, -1);
    }

    // Whether something was found that was not so at first and that none brought about who is left.
    private bool IsLacking((ValueId Element, bool Present) fact) =>
        _counts[fact] is { Found: > 0, Brought: 0 } && _initial.Contains(fact.Element) != fact.Present;

    private void Add(int row, int change)
    {
        if (Brings(row) is { } brought) CollectionsMarshal.GetValueRefOrAddDefault(_counts, brought, out _).Brought += change;
        if (_history.Types[row] == OperationType.Info) return;
        if (ContainerLinks.IsRemoval(_history, row)) CollectionsMarshal.GetValueRefOrAddDefault(_counts, (_history.Outputs[row], true), out _).Taken += change;
        var output = _history.Outputs[row];
        switch (_history.Functions[row])
        {
            case Function.Read:
                var items = Malformations.ItemsOf(_history.History.Values, output);
                foreach (var element in items) Find(element, true);
                foreach (var element in _initial)
                {
                    if (!items.Contains(element)) Find(element, false);
                }

                break;
            case Function.Contains or Function.Add or Function.Remove:
                if (ElementStep.Of(_history, row) is { Role: not ElementRole.Free and var role, Present: var present }) Find(_history.Inputs[row], present == (role == ElementRole.Look));
                break;
            case var function when !ContainerLinks.IsInsertion(function) && !output.IsNull: Find(output, true); break;
            default: break;
        }

        void Find(ValueId element, bool present) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, (element, present), out _).Found += change;
    }

    // The element that a row inserts, or of a set removes.
    private (ValueId Element, bool Present)? Brings(int row)
    {
        var function = _history.Functions[row];
        return Repetition.Changes(function) ? (_history.Inputs[row], function != Function.Remove) : null;
    }

    /// <summary>How many rows found something, brought it about, and took it away.</summary>
    private record struct Count(int Found, int Brought, int Taken);
}

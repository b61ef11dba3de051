using System.Runtime.InteropServices;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// The lifetimes of the elements of a container that come again. When as many removals of an element have returned as insertions of it have begun, nothing
/// of it is left, in whatever order the operations took effect: what was inserted before was removed before, so that both can be left out without what
/// comes later. Where it is removed once too often, that belongs to what was inserted before. What was inserted several times in a lifetime and never
/// taken or seen in it are several elements.
/// </summary>
internal sealed class Lifetimes
{
    private readonly Dictionary<ValueId, int[]> _ends; // of elements with several: the returns with which all but the last end

    private readonly HashSet<ValueId> _again;
    private readonly HashSet<(ValueId, int)> _taken = []; // lifetimes in which an element that comes again was taken or seen

    private Lifetimes(Dictionary<ValueId, int[]> ends, HashSet<ValueId> again) => (_ends, _again) = (ends, again);

    /// <summary>Finds them. O(operations with elements that come again, sorted).</summary>
    /// <param name="history">The operations.</param>
    /// <param name="among">The elements that count; null for all.</param>
    public static Lifetimes Of(in KeyHistory history, FewElements? among = null)
    {
        var again = Repetition.Of(history, among);
        var ends = new Dictionary<ValueId, int[]>();
        if (again.Count == 0) return new Lifetimes(ends, again);
        var events = new Dictionary<ValueId, List<(int At, int Change)>>();
        foreach (var element in Malformations.ItemsOf(history.History.Values, history.Initial)) Add(element, -1, 1);
        for (var row = 0; row < history.Count; row++)
        {
            if (ContainerLinks.IsInsertion(history.Functions[row])) Add(history.Inputs[row], history.Invokes[row], 1);
            else if (ContainerLinks.IsRemoval(history, row)) Add(history.Outputs[row], history.Returns[row], -1);
        }

        foreach (var (element, changes) in events)
        {
            if (Ends(changes) is { Length: > 0 } found) ends.Add(element, found);
        }

        var lifetimes = new Lifetimes(ends, again);
        for (var row = 0; row < history.Count; row++) lifetimes.Take(history, row);
        return lifetimes;

        void Add(ValueId element, int at, int change)
        {
            if (!again.Contains(element)) return;
            ref var changes = ref CollectionsMarshal.GetValueRefOrAddDefault(events, element, out _);
            (changes ??= []).Add((at, change));
        }
    }

    /// <summary>The lifetimes that a row may belong to, counted from 0: of an insertion or a removal one, of what looks all that it overlaps.</summary>
    public (int First, int Last) Of(in KeyHistory history, int row)
    {
        var inserts = ContainerLinks.IsInsertion(history.Functions[row]);
        if (_ends.Count == 0 || !_ends.TryGetValue(inserts ? history.Inputs[row] : history.Outputs[row], out var ends)) return (0, 0);
        var first = Before(ends, history.Invokes[row]);
        if (inserts) return (first, first);
        var last = Before(ends, history.Returns[row]);
        return history.Functions[row] == Function.Peek ? (first, last) : (last, last);
    }

    /// <summary>Whether an insertion stands for itself, as its element comes again and was neither taken nor seen in its lifetime.</summary>
    public bool IsAlone(in KeyHistory history, int row) =>
        _again.Contains(history.Inputs[row]) && !_taken.Contains((history.Inputs[row], Of(history, row).First));

    /// <summary>The last lifetime of an element.</summary>
    public int LastOf(ValueId element) => _ends.TryGetValue(element, out var ends) ? ends.Length : 0;

    private void Take(in KeyHistory history, int row)
    {
        if (ContainerLinks.IsInsertion(history.Functions[row])) return;
        if (ContainerLinks.Taken(history, row) is { IsNull: false } taken && history.Types[row] == OperationType.Info)
        {
            _taken.Add((taken, LastOf(taken)));
            return;
        }

        if (ContainerLinks.ElementOf(history, row) is not { IsNull: false } element) return;
        var (from, to) = Of(history, row);
        for (var lifetime = from; lifetime <= to; lifetime++) _taken.Add((element, lifetime));
    }

    private static int[] Ends(List<(int At, int Change)> changes)
    {
        changes.Sort();
        var (left, ends) = (0, new List<int>());
        for (var i = 0; i < changes.Count; i++)
        {
            left += changes[i].Change;
            if (left == 0 && changes[i].Change < 0 && i < changes.Count - 1 && changes[i + 1].Change > 0) ends.Add(changes[i].At);
        }

        return [.. ends];
    }

    // How many end before a position.
    private static int Before(int[] ends, int position)
    {
        var at = Array.BinarySearch(ends, position);
        return at < 0 ? ~at : at;
    }
}

namespace Checker.Checkers.Objects;

/// <summary>
/// The updates of one container by others than one process, as that process's view may use them. What was seen must stand before all updates that the
/// process makes from
/// then on, and so must what was made before it by the same one of the others. A third of the others give insertions, a third other insertions, a third
/// removals, so that no view has two kinds from one of them.
/// </summary>
internal sealed class OthersUpdates
{
    private readonly ObjectHistory _rows;
    private readonly ObjectUpdates _updates;
    private readonly Allowance _allowance;
    private readonly Dictionary<int, Other> _of = [];
    private readonly List<Other>[] _givers = [[], []];
    private readonly List<Other> _takers = [];
    private readonly int[] _inserted;
    private readonly IReadOnlyDictionary<int, int> _needed;

    /// <summary>Prepares the updates. O(lists of the container).</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="updates">Their updates.</param>
    /// <param name="inserted">How many insertions each process had made by each update, that one included.</param>
    /// <param name="needed">The insertions that the process finds.</param>
    /// <param name="process">The process.</param>
    /// <param name="target">The container.</param>
    /// <param name="allowance">The budget.</param>
    public OthersUpdates(
        ObjectHistory rows, ObjectUpdates updates, int[] inserted, IReadOnlyDictionary<int, int> needed, int process, int target, Allowance allowance)
    {
        (_rows, _updates, _inserted, _needed, _allowance, Process) = (rows, updates, inserted, needed, allowance, process);
        foreach (var list in updates.Of(target))
        {
            if (updates.Process(list) == process) continue;
            var other = new Other(list, part: _of.Count % 3);
            _of.Add(list, other);
            (other.Gives ? _givers[other.Part] : _takers).Add(other);
            if (other.Gives) Insertions += Last(list);
        }

        allowance.Step(0, _of.Count);
    }

    /// <summary>The process.</summary>
    public int Process { get; }

    /// <summary>How many updates the process made.</summary>
    public int Own { get; set; }

    /// <summary>Whether an update is of the process itself.</summary>
    public bool IsOwn(int row) => _rows.Process[row] == Process;

    /// <summary>Whether an update takes something out.</summary>
    public bool Takes(int row) => _updates.Takes[row];

    /// <summary>Takes steps; false if the budget does not allow it.</summary>
    public bool Step(int count) => _allowance.Step(0, count);

    /// <summary>How many insertions those who give them made.</summary>
    public int Insertions { get; }

    /// <summary>The same without a given insertion and what its process made later.</summary>
    public int InsertionsBeside(int row)
    {
        var list = _updates.ListOf(row);
        return _of[list].Gives ? Insertions - Last(list) + _inserted[row] - (_rows.Optional[row] ? 0 : 1) : Insertions;
    }

    /// <summary>An update has been seen: it stands before the process's next update, or an earlier one.</summary>
    public void See(int row) => See(_of[_updates.ListOf(row)], row, Own);

    /// <summary>The own update that an update of another must stand before: that of this number, or none yet.</summary>
    public int Before(int row)
    {
        var seen = _of[_updates.ListOf(row)].Seen;
        return CountBefore(seen, row) is var next && next < seen.Count ? seen[next].Own : Own;
    }

    /// <summary>The last own update right before which a late update stands that comes before the given one in the same process; −1 if there is none.</summary>
    public int LastLate(int row)
    {
        var late = _of[_updates.ListOf(row)].Late;
        return CountBefore(late, row) is > 0 and var next ? late[next - 1].Own : -1;
    }

    /// <summary>
    /// Whether others made so many insertions for which something holds and which can stand before a given own update without tying down anything else.
    /// </summary>
    public bool HasInsertions(int count, int own, Func<int, bool> holds)
    {
        foreach (var other in _of.Values)
        {
            var (all, seen) = (_updates.Rows(other.List), other.Seen);
            var at = seen.FindLastIndex(entry => entry.Own < own);
            var first = at < 0 ? 0 : all.BinarySearch(seen[at].Row);
            for (; count > 0 && seen.Count > 0 && first < all.Count && all[first] <= seen[^1].Row && _allowance.Step(0); first++)
            {
                if (at >= 0 && all[first] <= seen[at].Row) continue;
                if (!_updates.Takes[all[first]] && !_rows.Optional[all[first]] && holds(all[first])) count--;
            }
        }

        return count <= 0;
    }

    /// <summary>A removal that can stand after all that the process did; −1 if there is none.</summary>
    /// <param name="beside">An update of one of the others whose removals are not to be used.</param>
    /// <param name="own">The own update that it is known to stand before.</param>
    public int Removal(int beside, int own) => Late(_takers, beside, own, takes: true);

    /// <summary>The same of insertions, of those of one part of the others: 0 or 1.</summary>
    public int Insertion(int part, int own) => Late(_givers[part], -1, own, takes: false);

    /// <summary>Which part of the others made an update: 0 or 1 if it gives insertions.</summary>
    public int PartOf(int row) => _of[_updates.ListOf(row)].Part;

    private int Last(int list) => _inserted[_updates.Rows(list)[^1]];

    // What stands before what, so only the last of those that stand before the same own update, or an earlier one, counts.
    private static void See(Other other, int row, int own)
    {
        if (other.Seen.Count > 0 && other.Seen[^1].Row >= row) return;
        while (other.Seen.Count > 0 && other.Seen[^1].Own >= own) other.Seen.RemoveAt(other.Seen.Count - 1);
        other.Seen.Add((row, own));
    }

    // The one that returned first.
    private int Late(List<Other> others, int beside, int own, bool takes)
    {
        Other? best = null;
        var when = int.MaxValue;
        foreach (var other in others)
        {
            if (beside >= 0 && _updates.ListOf(beside) == other.List) continue;
            var all = _updates.Rows(other.List);
            var last = other.Seen.Count == 0 ? -1 : other.Seen[^1].Row;
            while (other.Next < all.Count && (all[other.Next] <= last || _updates.Takes[all[other.Next]] != takes
                || _rows.Optional[all[other.Next]] || _needed.ContainsKey(all[other.Next])))
            {
                other.Next++;
            }

            if (other.Next == all.Count || _rows.History.Complete[_rows.Original[all[other.Next]]] >= when) continue;
            (best, when) = (other, _rows.History.Complete[_rows.Original[all[other.Next]]]);
        }

        if (best is null || !_allowance.Step(0, 1 + (others.Count >> 2))) return -1;
        var row = _updates.Rows(best.List)[best.Next];
        See(best, row, own);
        best.Late.Add((row, Own));
        return row;
    }

    // How many entries are of rows before one.
    private static int CountBefore(List<(int Row, int Own)> entries, int row)
    {
        var (low, high) = (0, entries.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (entries[middle].Row >= row) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private sealed class Other(int list, int part)
    {
        public int List => list;

        public int Part => part;

        public bool Gives => part < 2;

        public int Next { get; set; }

        public List<(int Row, int Own)> Seen { get; } = []; // both ascending

        public List<(int Row, int Own)> Late { get; } = []; // the same
    }
}

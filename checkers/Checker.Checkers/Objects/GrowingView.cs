namespace Checker.Checkers.Objects;

/// <summary>
/// What one process sees of one container under monotonic reads, in one order of all updates: a set that grows by the insertions that its answers name
/// and, as few as explain them, by removals, which bring an element to where it is taken out, and by other insertions, which keep one there. What is
/// built proves the process's part; if it fails nothing is known. O(what is seen) for each answer and each update that is added.
/// </summary>
/// <remarks>
/// The order is <see cref="MainOrder"/>, in which the process's own updates stand back behind the insertions that were named by then. What is added for
/// an answer stands before the process's next update, so that all of these stand after what was seen by then.
/// </remarks>
internal abstract class GrowingView
{
    private readonly ObjectHistory _rows;
    private readonly ObjectUpdates _updates;
    private readonly int _process;
    private readonly int[] _order; // the updates of the container
    private readonly Dictionary<int, int> _place = []; // in the order
    private readonly bool[] _isNamed; // of each place: whether the process names the insertion
    private readonly bool[] _isSeen;

    /// <summary>Prepares the order. O(updates · log updates).</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="updates">Their updates.</param>
    /// <param name="order">The updates of the container in the order of all.</param>
    /// <param name="source">Of each answer the insertion that it names; negative if it names none.</param>
    /// <param name="process">The process.</param>
    protected GrowingView(ObjectHistory rows, ObjectUpdates updates, IReadOnlyList<int> order, int[] source, int process)
    {
        (_rows, _updates, _process) = (rows, updates, process);
        var main = new Dictionary<int, int>(order.Count);
        foreach (var row in order) main.Add(row, main.Count);
        var keys = new (int Place, int Own)[order.Count];
        var target = order.Count > 0 ? rows.Object[order[0]] : -1;
        var last = 0;
        for (var row = rows.Start[process]; row < rows.Start[process + 1]; row++)
        {
            if (rows.Object[row] != target) continue;
            if (source[row] >= 0 && main.TryGetValue(source[row], out var named)) last = Math.Max(last, keys[named].Own > 0 ? keys[named].Place : named);
            if (!main.TryGetValue(row, out var at)) continue;
            last = Math.Max(last, at);
            keys[at] = (last, row + 1);
        }

        _order = [.. order];
        for (var place = 0; place < _order.Length; place++)
        {
            if (keys[place].Own == 0) keys[place] = (place, 0);
        }

        Array.Sort(keys, _order);
        for (var place = 0; place < _order.Length; place++) _place.Add(_order[place], place);
        (_isNamed, _isSeen) = (new bool[_order.Length], new bool[_order.Length]);
        for (var row = rows.Start[process]; row < rows.Start[process + 1]; row++)
        {
            if (source[row] >= 0 && _place.TryGetValue(source[row], out var named)) _isNamed[named] = true;
        }
    }

    /// <summary>What is seen: places in the order, ascending.</summary>
    protected List<int> Seen { get; } = [];

    /// <summary>The update at a place.</summary>
    protected int Row(int place) => _order[place];

    /// <summary>Whether it takes an element out.</summary>
    protected bool Takes(int place) => _updates.Takes[_order[place]];

    /// <summary>Whether the updates of the process, and what it names, keep the order; then all its answers may be asked for, one after the other.</summary>
    public bool Explains(int row, int source, Allowance allowance)
    {
        var named = -1;
        var end = EndBefore(row);
        if (source >= 0 && (!_place.TryGetValue(source, out named) || named >= end)) return false;
        if (named >= 0 && !_isSeen[named]) See(named);
        while (true)
        {
            if (!allowance.Step(0, 1 + (Seen.Count >> 5))) return false;
            var lack = Lacks(named);
            if (lack.Kind == LackKind.Nothing) return true;
            if (Find(lack, end, allowance) is var found && found < 0) return false;
            See(found);
        }
    }

    /// <summary>What there is too much or too little of, for an answer that names an insertion, or (−1) that there was nothing.</summary>
    protected abstract Lack Lacks(int named);

    /// <summary>Whether an insertion may be added to keep a named one where it is.</summary>
    protected virtual bool Shields(int place, int named) => true;

    // The place of the process's next update of the container, from a row on.
    private int EndBefore(int row)
    {
        for (; row < _rows.Start[_process + 1]; row++)
        {
            if (_place.TryGetValue(row, out var place)) return place;
        }

        return _order.Length;
    }

    private int Find(Lack lack, int end, Allowance allowance)
    {
        var (last, takes) = (Math.Min(end, lack.End) - 1, lack.Kind == LackKind.Removal);
        for (var i = 0; i <= last - lack.First; i++)
        {
            if ((i & 63) == 63 && !allowance.Step(0)) return -1;
            var place = lack.Earliest ? lack.First + i : last - i;
            if (_isSeen[place] || Takes(place) != takes || _rows.Optional[_order[place]]) continue;
            if (takes || (!_isNamed[place] && Shields(place, lack.Named))) return place;
        }

        return -1;
    }

    private void See(int place)
    {
        _isSeen[place] = true;
        Seen.Insert(~Seen.BinarySearch(place), place);
    }

    /// <summary>Of what an answer lacks more, if anything.</summary>
    protected enum LackKind : byte
    {
        /// <summary>Nothing: it is explained.</summary>
        Nothing,

        /// <summary>A removal.</summary>
        Removal,

        /// <summary>An insertion.</summary>
        Insertion,
    }

    /// <summary>What an answer lacks.</summary>
    /// <param name="Kind">Of what.</param>
    /// <param name="First">The first place where it helps.</param>
    /// <param name="End">The place behind the last one.</param>
    /// <param name="Named">The insertion that is to be taken out.</param>
    /// <param name="Earliest">Whether the first place is the best, rather than the last.</param>
    protected readonly record struct Lack(LackKind Kind, int First = 0, int End = int.MaxValue, int Named = -1, bool Earliest = false);
}

using Checker.Checkers.Lattice;
using Checker.Checkers.Specs;
using Checker.Histories.Values;

namespace Checker.Checkers.Objects;

/// <summary>
/// Queues, unordered queues, stacks and priority queues, empty at first, of elements that were inserted once: what each operation of one process may have seen,
/// so that a guarantee of sessions is kept. What is built proves; if it fails nothing is known.
/// </summary>
/// <remarks>
/// <para>Monotonic writes ask of an operation only that it sees whole prefixes of what each process did. What took v sees what v's process did up to the
/// insertion of v, which
/// comes last: that is on top of a stack, and in a bag. Of a queue or priority queue what was left before it must go: prefixes of others, each up to the
/// point where it had taken out most beyond
/// what it had put in, leave nothing, if they take out enough. The process's own updates are not seen, or nothing else is, so nothing ties two operations
/// together.</para>
/// <para>Monotonic reads of a bag: what was taken out goes on to be there. Read-your-writes: <see cref="OwnQueue"/>, <see cref="OwnStack"/> and <see
/// cref="OwnPriorities"/>.
/// O(rows · log rows), and O(processes) for each removal by another that is needed.</para>
/// </remarks>
internal sealed class ContainerViews : TypeViews
{
    private readonly ObjectHistory _rows;
    private readonly ObjectUpdates _updates;
    private readonly string _type;
    private readonly int[] _source; // of each answer: the insertion, or one of the numbers below
    private readonly int[] _left; // how much its process had left of what it put in, before each insertion
    private readonly bool[] _isTop; // whether nothing of that was greater
    private readonly int[] _inserted; // by its process by then, with each update
    private readonly int[] _drop; // of each list: how much more than was there it can have taken out
    private readonly int[] _rank; // of priorities

    private ContainerViews(ObjectHistory rows, Observed observed)
    {
        (_rows, _updates, _type) = (rows, new ObjectUpdates(rows), rows.Type.Sequential.Name);
        (_source, _left, _isTop, _rank) = (new int[rows.Count], new int[rows.Count], new bool[rows.Count], new int[rows.Count]);
        (_inserted, _drop) = (new int[rows.Count], new int[_updates.Count]);
        for (var row = 0; row < rows.Count; row++) _source[row] = SourceOf(row, observed);
        if (_type == "priority-queue") Rank();
        for (var list = 0; list < _updates.Count; list++) Walk(list);
    }

    /// <summary>An answer that there was nothing.</summary>
    public const int Nothing = -1;

    /// <summary>No answer.</summary>
    public const int Silent = -2;

    /// <summary>An answer that may have come from several insertions.</summary>
    public const int Untold = -3;

    /// <inheritdoc/>
    public override string Algorithm => "what takes out what";

    /// <summary>The views of a history of containers; null if it is of another type, or something is there at first.</summary>
    public static new ContainerViews? Of(ObjectHistory rows, Observed? observed, CheckOptions options) =>
        observed?.Removes == true && Malformations.ItemsOf(rows.History.Values, Linearizability.Linearizability.InitialOf(rows.History, options)).IsEmpty
            ? new ContainerViews(rows, observed) : null;

    /// <inheritdoc/>
    public override Anomaly? Refute(string model) => null;

    /// <inheritdoc/>
    public override bool Proves(string model, Allowance allowance) =>
        SessionJudge.Judges(model) && Enumerable.Range(0, _rows.ProcessCount).All(process => Proves(model, process, allowance));

    /// <inheritdoc/>
    public override bool Proves(string model, int process, Allowance allowance) => model switch
    {
        ModelNames.MonotonicWrites => HasPrefixes(process, allowance),
        ModelNames.MonotonicReads => _type == "unordered-queue" && Grows(process),
        ModelNames.ReadYourWrites => FollowsOwn(process, allowance),
        _ => false,
    };

    /// <inheritdoc/>
    public override bool Proves(string model, int process, MainOrder order, Allowance allowance) =>
        model == ModelNames.MonotonicReads && _type != "unordered-queue" && GrowsIn(order.Order, process, allowance);

    /// <summary>Whether monotonic reads of a process are kept, by one order of all rows that keeps program order (<see cref="GrowingView"/>).</summary>
    public bool GrowsIn(IReadOnlyList<int> order, int process, Allowance allowance)
    {
        var views = new Dictionary<int, GrowingView>();
        for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++)
        {
            if (_source[row] == Silent) continue;
            if (_source[row] == Untold) return false;
            if (!views.TryGetValue(_rows.Object[row], out var view)) views.Add(_rows.Object[row], view = MakeGrowing(process, _rows.Object[row], order));
            if (!view.Explains(row, _source[row], allowance)) return false;
        }

        return true;
    }

    private GrowingView MakeGrowing(int process, int target, IReadOnlyList<int> order)
    {
        int[] updates = [.. order.Where(row => _rows.Object[row] == target && _rows.Update[row])];
        return _type switch
        {
            "stack" => new GrowingStack(_rows, _updates, updates, _source, process),
            "priority-queue" => new GrowingPriorities(_rows, _updates, updates, _source, process, _rank),
            _ => new GrowingQueue(_rows, _updates, updates, _source, process),
        };
    }

    private int SourceOf(int row, Observed observed)
    {
        var op = _rows.Original[row];
        if (_rows.Optional[row] || (_rows.Update[row] && !_updates.Takes[row])) return Silent;
        if (_rows.History.Output[op].IsNull) return Nothing;
        return observed.Sees[row] is [var source] && (_rows.Process[source] != _rows.Process[row] || source < row) ? source : Untold;
    }

    private void Rank()
    {
        var values = _rows.History.Values;
        var insertions = Enumerable.Range(0, _rows.Count).Where(row => _rows.Update[row] && !_updates.Takes[row]).ToArray();
        var priorities = Array.ConvertAll(insertions, row =>
        {
            var element = _rows.History.Input[_rows.Original[row]];
            return values.Kind(element) == ValueKind.List && values.Items(element) is [var priority, ..] ? values.Get(priority) : values.Get(element);
        });
        Array.Sort(priorities, insertions);
        for (var i = 1; i < insertions.Length; i++) _rank[insertions[i]] = _rank[insertions[i - 1]] + (priorities[i] == priorities[i - 1] ? 0 : 1);
    }

    private void Walk(int list)
    {
        var (left, sum, inserted) = (0, 0, 0);
        var heap = new PriorityQueue<int, int>();
        foreach (var row in _updates.Rows(list))
        {
            if (!_updates.Takes[row] && !_rows.Optional[row]) inserted++;
            _inserted[row] = inserted;
            if (_updates.Takes[row])
            {
                if (_rows.Optional[row]) continue;
                left = Math.Max(0, left - 1);
                _drop[list] = Math.Max(_drop[list], ++sum);
                heap.TryDequeue(out _, out _);
                continue;
            }

            (_left[row], _isTop[row]) = (left, !heap.TryPeek(out _, out var greatest) || -greatest <= _rank[row]);
            if (_rows.Optional[row]) continue;
            left++;
            sum--;
            heap.Enqueue(row, -_rank[row]);
        }
    }

    private bool HasPrefixes(int process, Allowance allowance)
    {
        var drops = new Dictionary<int, long>();
        for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++)
        {
            if (_source[row] == Untold || !allowance.Step(0)) return false;
            if (_source[row] is not (>= 0 and var source) || _type is "stack" or "unordered-queue" || _left[source] == 0) continue;
            if (_type == "priority-queue" && _isTop[source]) continue;
            if (_rows.Process[source] == process) return false;
            var target = _rows.Object[row];
            if (!drops.TryGetValue(target, out var all))
            {
                drops.Add(target, all = _updates.Of(target).Where(list => _updates.Process(list) != process).Sum(list => (long)_drop[list]));
                allowance.Step(0, _updates.Of(target).Count);
            }

            if (_left[source] > all - _drop[_updates.ListOf(source)]) return false;
        }

        return true;
    }

    private bool Grows(int process)
    {
        var filled = new HashSet<int>();
        for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++)
        {
            if (_source[row] == Untold || (_source[row] == Nothing && filled.Contains(_rows.Object[row]))) return false;
            if (_source[row] >= 0) filled.Add(_rows.Object[row]);
        }

        return true;
    }

    private bool FollowsOwn(int process, Allowance allowance)
    {
        var own = new Dictionary<int, OwnContainer>();
        var needed = new Dictionary<int, int>(); // insertions that the process finds, until they are last found
        for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++)
        {
            if (_source[row] == Untold) return false;
            if (_source[row] >= 0) needed[_source[row]] = row;
        }

        for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++)
        {
            if (_rows.Optional[row]) continue;
            if (!allowance.Step(0)) return false;
            var target = _rows.Object[row];
            if (!own.TryGetValue(target, out var container)) own.Add(target, container = Make(process, target, needed, allowance));
            if (_source[row] != Silent && !container.Explains(row, _source[row])) return false;
            if (_rows.Update[row]) container.Add(row, _source[row]);
        }

        return true;
    }

    private OwnContainer Make(int process, int target, Dictionary<int, int> needed, Allowance allowance)
    {
        var others = new OthersUpdates(_rows, _updates, _inserted, needed, process, target, allowance);
        return _type switch
        {
            "stack" => new OwnStack(others, needed),
            "priority-queue" => new OwnPriorities(others, needed, _rank),
            _ => new OwnQueue(others, isBag: _type == "unordered-queue"),
        };
    }
}

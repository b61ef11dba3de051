using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Objects;

/// <summary>
/// What results show without any search: which updates an operation must have seen, and which it cannot have seen. Of queues, stacks,
/// lists, logs and sets by elements that were inserted once; of registers together by values that were written once; of counters by their sums. O(size of the history).
/// </summary>
internal sealed class Observed
{
    // The most edges that results may make: a result that lists many elements makes as many.
    private const long MostSeen = 100_000_000;

    private const int Several = -2;

    private readonly ObjectHistory _rows;
    private readonly ValueTable _values;
    private readonly string _type;
    private readonly Dictionary<(int Object, ValueId Element), int> _sources = [];
    private readonly HashSet<ValueId> _initial = [];

    private Observed(ObjectHistory rows, CheckOptions options)
    {
        (_rows, _values, _type) = (rows, rows.History.Values, rows.Type.Sequential.Name);
        Sees = new int[rows.Count][];
        Shows = new bool[rows.Count];
        Denies = new int[rows.Count];
        Amounts = new long[rows.Count];
        Array.Fill(Sees, []);
        Array.Fill(Denies, -1);
        var initial = Linearizability.Linearizability.InitialOf(rows.History, options);
        foreach (var element in Malformations.ItemsOf(_values, initial)) _initial.Add(element);
        InitialSum = _values.TryGetInteger(initial, out var sum) ? sum : Malformations.ItemsOf(_values, initial).Length;
    }

    /// <summary>For each row the updates that its result shows, in the order that a list or log shows them in.</summary>
    public int[][] Sees { get; }

    /// <summary>Whether a row's result shows every update with an amount that it saw, or (<see cref="Bounds"/>) the most that they sum up to.</summary>
    public bool[] Shows { get; }

    /// <summary>An update that a row's result denies, as <c>contains</c> does; −1 if there is none.</summary>
    public int[] Denies { get; }

    /// <summary>What each update adds to what <see cref="Shows"/> speaks of: 1 for an element that stays, the change of a counter.</summary>
    public long[] Amounts { get; }

    /// <summary>The sum of a counter at first; the length of a log.</summary>
    public long InitialSum { get; }

    /// <summary>Where rows found what they did, of registers that are read and written together; null for other types.</summary>
    public VersionTraces? Versions { get; private set; }

    /// <summary>Whether results are sums instead of elements.</summary>
    public bool Sums => _type is "counter" or "pn-counter";

    /// <summary>Whether results bound the sum of the amounts that were seen: of a counter, and of the entries of a log.</summary>
    public bool Bounds => Sums || _type == "log";

    /// <summary>Whether the order of elements in a result is that of the updates.</summary>
    public bool Ordered => _type is "append-list" or "log";

    /// <summary>Whether what was inserted once can be removed once.</summary>
    public bool Removes => _type is "queue" or "unordered-queue" or "stack" or "priority-queue";

    /// <summary>Whether all orders of the same updates lead to the same state, results hidden.</summary>
    public bool OrderFree { get; private set; }

    /// <summary>A row whose result shows an element that nobody inserted; −1 if there is none.</summary>
    public int FromNobody { get; private set; } = -1;

    /// <summary>Looks at a history of a bundled type; null if nothing is known of the type, or it is too large.</summary>
    public static Observed? Of(ObjectHistory rows, CheckOptions options)
    {
        var seen = new Observed(rows, options);
        if (seen.Sums) return seen.ReadSums() ? seen : null;
        if (VersionTraces.Of(rows, options) is { } versions)
        {
            for (var row = 0; row < rows.Count; row++)
            {
                seen.Sees[row] = [.. versions.Found[row].Select(static found => found.Source).Where(static source => source >= 0).Distinct()];
            }

            seen.Versions = versions;
            return seen;
        }

        if (!seen.Ordered && !seen.Removes && seen._type != "set") return null;
        return seen.ReadElements() ? seen : null;
    }

    /// <summary>
    /// The sum that a counter's read shows; for a poll the least offset that it asked for in vain, which was beyond the end of the log.
    /// </summary>
    public long SumOf(int row)
    {
        var op = _rows.Original[row];
        if (Sums) return _values.TryGetInteger(_rows.History.Output[op], out var sum) ? sum : 0;
        var least = long.MaxValue;
        var listed = Entries(row).Select(static entry => entry.Offset).ToHashSet();
        foreach (var asked in Malformations.ItemsOf(_values, _rows.History.Input[op]))
        {
            if (_values.TryGetInteger(asked, out var offset) && offset >= 0 && !listed.Contains(offset)) least = Math.Min(least, offset);
        }

        return least;
    }

    /// <summary>Whether a row took nothing out of a container because it was empty.</summary>
    public bool Empty(int row)
    {
        var (op, history) = (_rows.Original[row], _rows.History);
        return Removes && !_rows.Optional[row] && history.Types[op] == OperationType.Ok && history.Output[op].IsNull
            && history.Functions[op] is (Function.Dequeue or Function.Pop or Function.ExtractMax);
    }

    private bool ReadSums()
    {
        OrderFree = true;
        var total = InitialSum;
        for (var row = 0; row < _rows.Count; row++)
        {
            var op = _rows.Original[row];
            if (!_rows.Update[row])
            {
                Shows[row] = !_rows.Optional[row];
                continue;
            }

            var amount = _values.TryGetInteger(_rows.History.Input[op], out var given) ? given : 1;
            Amounts[row] = _rows.History.Functions[op] == Function.Decrement ? unchecked(-amount) : amount;

            // A counter that shrinks, or wraps, says nothing by its sums.
            if (Amounts[row] < 0 || total > long.MaxValue - Amounts[row]) return false;
            total += Amounts[row];
        }

        return total >= 0;
    }

    private bool ReadElements()
    {
        var removed = new HashSet<(int, ValueId)>();
        for (var row = 0; row < _rows.Count; row++)
        {
            var op = _rows.Original[row];
            var element = (_rows.Object[row], _rows.History.Input[op]);
            var function = _rows.History.Functions[op];
            if (function == Function.Remove) removed.Add(element);
            if (!IsInsertion(function)) continue;
            _sources[element] = _sources.ContainsKey(element) || _initial.Contains(element.Item2) ? Several : row;
        }

        for (var row = 0; row < _rows.Count && _type == "log"; row++) Amounts[row] = _rows.Update[row] ? 1 : 0;
        OrderFree = _type == "set" && removed.Count == 0;
        if (_type is "append-list" or "set")
        {
            foreach (var (element, row) in _sources)
            {
                if (row >= 0 && !removed.Contains(element)) Amounts[row] = 1;
            }
        }

        var all = 0L;
        for (var row = 0; row < _rows.Count; row++)
        {
            if (_rows.Optional[row] || _rows.History.Types[_rows.Original[row]] != OperationType.Ok) continue;
            Read(row, _rows.Original[row]);
            all += Sees[row].Length;
            if (all > MostSeen) return false;
        }

        return true;
    }

    private static bool IsInsertion(Function function) =>
        function is Function.Enqueue or Function.Push or Function.Insert or Function.Append or Function.Send or Function.Add;

    private void Read(int row, int op)
    {
        var output = _rows.History.Output[op];
        switch (_rows.History.Functions[op])
        {
            case Function.Dequeue or Function.Pop or Function.Peek or Function.ExtractMax when !output.IsNull:
                Sees[row] = [.. Sources(row, [output])];
                return;
            case Function.Read:
                Sees[row] = [.. Sources(row, Malformations.ItemsOf(_values, output).ToArray())];
                Shows[row] = true;
                return;
            case Function.Poll:
                Sees[row] = [.. Sources(row, [.. Entries(row).OrderBy(static entry => entry.Offset).Select(static entry => entry.Element)])];
                Shows[row] = SumOf(row) < long.MaxValue;
                return;
            case Function.Contains:
                var element = _rows.History.Input[op];
                if (_values.Kind(output) == ValueKind.List && _values.Items(output) is [_, var found]) output = found;
                if (output == ValueId.Boolean(true)) Sees[row] = [.. Sources(row, [element])];
                else if (_sources.TryGetValue((_rows.Object[row], element), out var source) && source >= 0 && Amounts[source] > 0) Denies[row] = source;
                return;
        }
    }

    /// <summary>The positions of elements that a result of a list or log shows.</summary>
    public IEnumerable<(long Offset, ValueId Element)> Entries(int row)
    {
        if (_rows.Optional[row]) return [];
        var (op, history) = (_rows.Original[row], _rows.History);
        var items = Malformations.ItemsOf(_values, history.Output[op]).ToArray();
        return history.Functions[op] switch
        {
            Function.Read => items.Select(static (item, i) => ((long)i, item)),
            Function.Poll => items.Select(pair => _values.Items(pair).ToArray())
                .Select(pair => (_values.TryGetInteger(pair[0], out var offset) ? offset : -1, pair[1])),
            _ => [],
        };
    }

    private IEnumerable<int> Sources(int row, ValueId[] elements)
    {
        foreach (var element in elements)
        {
            if (!_sources.TryGetValue((_rows.Object[row], element), out var source))
            {
                if (!_initial.Contains(element) && FromNobody < 0) FromNobody = row;
                continue;
            }

            if (source >= 0) yield return source;
        }
    }
}

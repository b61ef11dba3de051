using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Convergence;

/// <summary>The content of one register.</summary>
internal readonly record struct Cell(int Object, ValueId Value);

/// <summary>
/// What the operations of register types write and read, register by register. Spans are valid until the next call.
/// </summary>
internal sealed class RegisterAccess
{
    private readonly History _history;
    private readonly ValueTable _values;
    private readonly ValueId _initial;
    private readonly Specs.Registers? _registers;
    private readonly List<ValueId> _names = [];
    private Cell[] _cells = new Cell[4];
    private int _count;

    public RegisterAccess(History history, DataType type, ValueId initial)
    {
        _history = history;
        _values = history.Values;
        _initial = initial;
        if (!BundledSpecs.SpansKeys(type)) return;
        _registers = new Specs.Registers(_values, initial);
        for (var op = 0; op < history.Count; op++)
        {
            // An operation that failed may have any argument: nobody has looked at its form.
            if (history.Types[op] != OperationType.Fail) Writes(op);
            if (history.Types[op] == OperationType.Ok) Reads(op);
        }
    }

    /// <summary>Whether a transaction writes: what it returned says so, or else its argument.</summary>
    public static bool HasWrites(History history, int operation)
    {
        var (values, transaction) = (history.Values, Micros(history, operation));
        if (values.Kind(transaction) != ValueKind.List) return false;
        foreach (var micro in values.Items(transaction))
        {
            if (values.Kind(micro) == ValueKind.List && values.Items(micro) is [var name, ..] && IsWrite(values, name)) return true;
        }

        return false;
    }

    /// <summary>A register's value before the first write.</summary>
    public ValueId InitialOf(int register) => _registers?.Read(PersistentMap.Empty, register) ?? _initial;

    /// <summary>A register in words.</summary>
    public string Name(int register) => _values.Text(_registers is null ? _history.KeyId(register) : _names[register]);

    /// <summary>What an operation writes if it happens; of a transaction, the last write of each register counts.</summary>
    public ReadOnlySpan<Cell> Writes(int operation)
    {
        _count = 0;
        var input = _history.Input[operation];
        switch (_history.Functions[operation])
        {
            case Function.Write:
                Add(_registers is null ? _history.Key[operation] : IndexOf(_history.KeyId(_history.Key[operation])), input);
                break;
            case Function.Delete:
                Add(_history.Key[operation], ValueId.Null);
                break;
            case Function.Cas:
                Add(_history.Key[operation], _values.Items(input)[1]);
                break;
            case Function.Transaction:
                foreach (var micro in _values.Items(Micros(_history, operation)))
                {
                    var items = _values.Items(micro);
                    if (IsWrite(_values, items[0])) Replace(IndexOf(items[1]), items[2]);
                }

                break;
        }

        return _cells.AsSpan(0, _count);
    }

    /// <summary>What an ok operation found.</summary>
    public ReadOnlySpan<Cell> Reads(int operation)
    {
        _count = 0;
        var output = _history.Output[operation];
        switch (_history.Functions[operation])
        {
            case Function.Read:
                Add(_registers is null ? _history.Key[operation] : IndexOf(_history.KeyId(_history.Key[operation])), output);
                break;
            case Function.Cas:
                Add(_history.Key[operation], _values.Items(_history.Input[operation])[0]);
                break;
            case Function.Snapshot:
                var entries = _values.Items(output);
                for (var i = 0; i < entries.Length; i += 2) Add(IndexOf(entries[i]), entries[i + 1]);
                break;
            case Function.Transaction when !output.IsNull:
                foreach (var micro in _values.Items(output))
                {
                    var items = _values.Items(micro);
                    if (!IsWrite(_values, items[0])) Add(IndexOf(items[1]), items[2]);
                }

                break;
        }

        return _cells.AsSpan(0, _count);
    }

    /// <summary>The same, and for a snapshot of everything also the registers that it left out: they had their initial values.</summary>
    public ReadOnlySpan<Cell> WholeReads(int operation)
    {
        var named = Reads(operation).Length;
        if (_history.Functions[operation] != Function.Snapshot || !_history.Input[operation].IsNull) return _cells.AsSpan(0, named);
        var present = new HashSet<int>();
        foreach (var cell in _cells.AsSpan(0, named)) present.Add(cell.Object);
        for (var register = 0; register < _names.Count; register++)
        {
            if (!present.Contains(register)) Add(register, InitialOf(register));
        }

        return _cells.AsSpan(0, _count);
    }

    private static bool IsWrite(ValueTable values, ValueId name) =>
        values.Kind(name) == ValueKind.String && (values.Utf8(name).SequenceEqual("write"u8) || values.Utf8(name).SequenceEqual("w"u8));

    private static ValueId Micros(History history, int operation) =>
        history.Types[operation] == OperationType.Ok && !history.Output[operation].IsNull ? history.Output[operation] : history.Input[operation];

    private int IndexOf(ValueId name)
    {
        var index = _registers!.IndexOf(name);
        while (_names.Count <= index) _names.Add(name);
        return index;
    }

    private void Replace(int register, ValueId value)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_cells[i].Object == register) _cells[i] = new(register, value);
            if (_cells[i].Object == register) return;
        }

        Add(register, value);
    }

    private void Add(int register, ValueId value)
    {
        if (_count == _cells.Length) Array.Resize(ref _cells, 2 * _count);
        _cells[_count++] = new(register, value);
    }
}

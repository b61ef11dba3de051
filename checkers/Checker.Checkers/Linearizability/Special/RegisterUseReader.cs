using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>Reads what rows find and leave in registers, for <see cref="RegisterUses"/>: one pass over what was asked and answered.</summary>
internal sealed class RegisterUseReader
{
    private static readonly ValueId NoName = new(-1);

    private readonly KeyHistory _history;
    private readonly ValueTable _values;
    private readonly int[] _foundStarts; // by row, and the end
    private readonly int[] _leftStarts;
    private readonly int[] _found; // contents; while they are read, without those at first, which are ~register
    private readonly int[] _left;
    private readonly List<int> _touched = []; // the registers of one transaction
    private Use[] _uses = []; // by register: of the last row that used it
    private ValueId _read = NoName; // what reads and writes were called last
    private ValueId _write = NoName;
    private int _foundCount;
    private int _leftCount;

    /// <summary>Makes the columns.</summary>
    /// <param name="history">The object.</param>
    /// <param name="most">The most that is found or left (<see cref="MostUsesOf"/>).</param>
    public RegisterUseReader(in KeyHistory history, int most)
    {
        _history = history;
        _values = history.History.Values;
        Registers = new(_values, history.Initial);
        Contents = new RegisterContents(history.Count);
        _foundStarts = new int[history.Count + 1];
        _leftStarts = new int[history.Count + 1];
        _found = GC.AllocateUninitializedArray<int>(most);
        _left = GC.AllocateUninitializedArray<int>(history.Functions.Contains(Function.Transaction) ? most : history.Functions.Count(Function.Write));
    }

    /// <summary>The registers' names and first values.</summary>
    public Specs.Registers Registers { get; }

    /// <summary>The contents but for those at first.</summary>
    public RegisterContents Contents { get; }

    /// <summary>What was written and replaced by the same row, and the first such row.</summary>
    public Dictionary<(int Register, ValueId Value), int> Passing { get; } = [];

    /// <summary>A row that found what it had just written, or found before, to be something else; −1 if there is none.</summary>
    public int Contradiction { get; private set; } = -1;

    /// <summary>How many registers there are.</summary>
    public int Count { get; private set; }

    /// <summary>What each row left.</summary>
    public Lists Left => new(_leftStarts, _left);

    /// <summary>The most that the rows of an object can find or leave, apart from what snapshots do not show.</summary>
    public static long MostUsesOf(in KeyHistory history)
    {
        var (most, values) = (0L, history.History.Values);
        for (var row = 0; row < history.Count; row++)
        {
            most += history.Functions[row] switch
            {
                Function.Snapshot when values.Kind(history.Outputs[row]) == ValueKind.Map => values.Items(history.Outputs[row]).Length / 2,
                Function.Transaction when values.TryGetList(MicrosOf(history, row), out var micros) => micros.Length,
                _ => 1,
            };
        }

        return most;
    }

    /// <summary>Reads the rows; false if one has no form, or shows a register twice.</summary>
    public bool Read()
    {
        for (var row = 0; row < _history.Count; row++)
        {
            if (!Read(row)) return false;
            _foundStarts[row + 1] = _foundCount;
            _leftStarts[row + 1] = _leftCount;
        }

        Contents.Close();
        Rename(_found.AsSpan(0, _foundCount));
        Rename(_left.AsSpan(0, _leftCount));
        return true;
    }

    /// <summary>What each row found; what a snapshot of everything does not show has its first value. Null if that is too much.</summary>
    /// <param name="most">The most that it may be.</param>
    public Lists? Found(long most)
    {
        var total = (long)_foundCount;
        for (var row = 0; row < _history.Count; row++) total += AbsentFrom(row);
        if (total == _foundCount) return new Lists(_foundStarts, _found);
        if (total > most) return null;
        var (starts, all) = (new int[_foundStarts.Length], new int[total]);
        var shown = new int[Count]; // the row that shows it, + 1
        for (int row = 0, next = 0; row < _history.Count; row++)
        {
            var isAnythingAbsent = AbsentFrom(row) > 0;
            foreach (var content in _found.AsSpan(_foundStarts[row], _foundStarts[row + 1] - _foundStarts[row]))
            {
                all[next++] = content;
                if (isAnythingAbsent) shown[content < Count ? content : Contents.RegisterOf(content - Count)] = row + 1;
            }

            for (var register = 0; isAnythingAbsent && register < Count; register++)
            {
                if (shown[register] <= row) all[next++] = register;
            }

            starts[row + 1] = next;
        }

        return new Lists(starts, all);
    }

    private static ValueId MicrosOf(in KeyHistory history, int row) =>
        history.Types[row] == OperationType.Ok && !history.Outputs[row].IsNull ? history.Outputs[row] : history.Inputs[row];

    private int AbsentFrom(int row) => _history.Functions[row] == Function.Snapshot && _history.Inputs[row].IsNull
        ? Count - (_foundStarts[row + 1] - _foundStarts[row])
        : 0;

    private bool Read(int row)
    {
        switch (_history.Functions[row])
        {
            case Function.Write:
                var written = Key(row);
                _left[_leftCount++] = Content(ref UseOf(written), written, _history.Inputs[row]);
                return true;
            case Function.Read:
                var read = Key(row);
                if (_history.Types[row] == OperationType.Ok) _found[_foundCount++] = Content(ref UseOf(read), read, _history.Outputs[row]);
                return true;
            case Function.Snapshot: return Snapshot(row);
            case Function.Transaction: return Transaction(row);
            default: return false;
        }
    }

    private int Key(int row) => Registers.IndexOf(_history.History.KeyId(_history.History.Key[_history.Operations[row]]));

    private bool Snapshot(int row)
    {
        if (_values.Kind(_history.Outputs[row]) != ValueKind.Map) return false;
        var entries = _values.Items(_history.Outputs[row]);
        for (var i = 0; i < entries.Length; i += 2)
        {
            var register = Registers.IndexOf(entries[i]);
            ref var use = ref UseOf(register);
            if (use.Row == row + 1) return false;
            use.Row = row + 1;
            _found[_foundCount++] = Content(ref use, register, entries[i + 1]);
        }

        return true;
    }

    private bool Transaction(int row)
    {
        var ok = _history.Types[row] == OperationType.Ok;
        var micros = MicrosOf(_history, row);
        if (!_values.TryGetList(micros, out var all)) return false;
        _touched.Clear();
        foreach (var micro in all)
        {
            if (!_values.TryGetList(micro, out var items) || items is not [var name, var register, var value]) return false;
            if (IsWrite(name) is not { } writes) return false;
            if (writes || ok) Add(row, Registers.IndexOf(register), writes, value);
        }

        foreach (var register in _touched)
        {
            ref var use = ref _uses[register];
            if (use.HasSeen) _found[_foundCount++] = Content(ref use, register, use.Seen);
            if (use.HasWritten) _left[_leftCount++] = Content(ref use, register, use.Written);
        }

        return true;
    }

    private void Add(int row, int register, bool writes, ValueId value)
    {
        ref var use = ref UseOf(register);
        if (use.Row != row + 1)
        {
            (use.Row, use.HasSeen, use.HasWritten) = (row + 1, !writes, writes);
            (use.Seen, use.Written) = (value, value);
            _touched.Add(register);
        }
        else if (!writes)
        {
            if ((use.HasWritten ? use.Written : use.Seen) != value && Contradiction < 0) Contradiction = row;
        }
        else
        {
            if (use.HasWritten && use.Written != value) Passing.TryAdd((register, use.Written), row);
            (use.HasWritten, use.Written) = (true, value);
        }
    }

    private bool? IsWrite(ValueId name)
    {
        if (name == _read) return false;
        if (name == _write) return true;
        var writes = MultiRegisterSpec.IsWriteName(_values, name);
        if (writes == true) _write = name;
        else if (writes == false) _read = name;
        return writes;
    }

    private ref Use UseOf(int register)
    {
        if (register >= Count)
        {
            Count = register + 1;
            if (Count > _uses.Length) Array.Resize(ref _uses, Math.Max(16, 2 * Count));
        }

        return ref _uses[register];
    }

    // The content of a register that has a value: mostly the one that was met last.
    private int Content(ref Use use, int register, ValueId value)
    {
        if (use.IsKnown && use.Value == value) return use.Content;
        (use.IsKnown, use.Value) = (true, value);
        return use.Content = Registers.Read(PersistentMap.Empty, register) == value ? ~register : Contents.NumberOf(register, value);
    }

    private void Rename(Span<int> contents)
    {
        foreach (ref var content in contents) content = content < 0 ? ~content : content + Count;
    }

    /// <summary>What a row does with a register, and what was met there last.</summary>
    private struct Use
    {
        public int Row; // + 1
        public int Content;
        public ValueId Value; // of the content
        public ValueId Seen;
        public ValueId Written;
        public bool IsKnown; // whether a content was met
        public bool HasSeen;
        public bool HasWritten;
    }
}

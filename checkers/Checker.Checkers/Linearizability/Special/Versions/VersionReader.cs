using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Traces what each operation found to the write that left it. Where a value was written several times, the writes that cannot have left it are excluded: those
/// that began after the read ended, and those that another write certainly replaced before the read began. O(n log n).
/// </summary>
internal sealed class VersionReader
{
    private const long MostReads = 1L << 26;

    private readonly KeyHistory _history;
    private readonly RegisterUses _uses;
    private readonly Dictionary<(int Register, ValueId Value), int> _numbers = []; // of the values written
    private readonly List<int> _register = []; // of each version
    private readonly List<int> _writer = []; // row
    private readonly List<int> _value = []; // number
    private readonly List<int> _lastReturn = []; // of the writers up to this one of the same value
    private readonly FinishedWrites?[] _finished; // by register
    private readonly Finds _finds = new(); // by row
    private readonly List<int> _candidates = []; // of one read
    private readonly List<(int Reader, int Writer)> _passing = []; // rows
    private int _baseless = -1; // row
    private int _baselessRegister = -1;
    private Lists _byValue; // versions, by the invocation of their writers
    private Lists? _finishedRows; // by register

    private VersionReader(in KeyHistory history, RegisterUses uses)
    {
        _history = history;
        _uses = uses;
        _finished = new FinishedWrites?[uses.Count];
        AddWrites();
    }

    /// <summary>Traces the reads of an object.</summary>
    /// <param name="history">The object.</param>
    /// <param name="reason">If that cannot be done: why.</param>
    public static VersionHistory? Of(in KeyHistory history, out string? reason)
    {
        reason = "an operation without form";
        if (RegisterUses.Of(history) is not { Contradiction: < 0 } uses) return null;
        var reader = new VersionReader(history, uses);
        reason = "too many reads";
        foreach (var use in uses.All)
        {
            if (use.Seen is not { } seen || history.Types[use.Row] != OperationType.Ok) continue;
            reader.AddRead(use.Row, use.Register, seen);
            if (reader.IsFull) return null;
        }

        return reader.AddAbsent() ? reader.Build() : null;
    }

    private bool IsFull => _finds.Total >= MostReads;

    [MemberNotNull(nameof(_byValue))]
    private void AddWrites()
    {
        for (var register = 0; register < _uses.Count; register++)
        {
            _register.Add(register);
            _writer.Add(-1);
        }

        var lastReturn = new List<int>(); // by value
        foreach (var use in _uses.All)
        {
            if (use.Written is not { } value) continue;
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, (use.Register, value), out var known);
            if (!known)
            {
                number = lastReturn.Count;
                lastReturn.Add(-1);
            }

            lastReturn[number] = Math.Max(lastReturn[number], _history.Returns[use.Row]);
            _lastReturn.Add(lastReturn[number]);
            _value.Add(number);
            _register.Add(use.Register);
            _writer.Add(use.Row);
        }

        _byValue = Lists.Of(lastReturn.Count, CollectionsMarshal.AsSpan(_value), [.. Enumerable.Range(_uses.Count, _value.Count)]);
    }

    // What a snapshot of everything does not show has its first value.
    private bool AddAbsent()
    {
        var shown = new int[_uses.Count];
        var next = 0;
        for (var row = 0; row < _history.Count; row++)
        {
            var start = next;
            while (next < _uses.All.Length && _uses.All[next].Row == row) shown[_uses.All[next++].Register] = row + 1;
            if (_history.Functions[row] != Function.Snapshot || !_history.Inputs[row].IsNull || next - start == _uses.Count) continue;
            for (var register = 0; register < _uses.Count; register++)
            {
                if (shown[register] == row + 1) continue;
                AddRead(row, register, _uses.Initial(register));
                if (IsFull) return false;
            }
        }

        return true;
    }

    private void AddRead(int row, int register, ValueId value)
    {
        _candidates.Clear();
        AddCandidates(row, register, value);
        if (_candidates.Count == 0)
        {
            if (_baseless < 0) (_baseless, _baselessRegister) = (row, register);
            // Somebody wrote it all the same, if only too late or in passing.
            if (!_numbers.TryGetValue((register, value), out var number))
            {
                if (_uses.InPassing(register, value) is >= 0 and var writer && writer != row) _passing.Add((row, writer));
            }
            else if (_writer[_byValue[number][0]] != row)
            {
                _candidates.Add(_byValue[number][0]);
            }
        }

        _finds.Add(row, CollectionsMarshal.AsSpan(_candidates));
    }

    private void AddCandidates(int row, int register, ValueId value)
    {
        var atFirst = _uses.Initial(register) == value;
        if (!_numbers.TryGetValue((register, value), out var number))
        {
            if (atFirst) _candidates.Add(register);
            return;
        }

        var versions = _byValue[number];
        if (versions.Length == 1 && !atFirst)
        {
            if (_writer[versions[0]] != row) _candidates.Add(versions[0]);
            return;
        }

        var since = Finished(register).LatestBefore(_history.Invokes[row]); // what ended before that has been replaced
        if (atFirst && since < 0) _candidates.Add(register);
        for (var i = CountBefore(versions, _history.Returns[row]) - 1; i >= 0 && _lastReturn[versions[i] - _uses.Count] >= since; i--)
        {
            var writer = _writer[versions[i]];
            if (writer != row && _history.Returns[writer] >= since) _candidates.Add(versions[i]);
        }
    }

    // How many of some versions have writers that began before a position.
    private int CountBefore(ReadOnlySpan<int> versions, int position)
    {
        var (low, high) = (0, versions.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_history.Invokes[_writer[versions[middle]]] < position) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private FinishedWrites Finished(int register)
    {
        if (_finishedRows is null)
        {
            var (registers, rows) = (new List<int>(), new List<int>());
            for (var version = _uses.Count; version < _register.Count; version++)
            {
                if (_history.Types[_writer[version]] != OperationType.Ok) continue;
                registers.Add(_register[version]);
                rows.Add(_writer[version]);
            }

            _finishedRows = Lists.Of(_uses.Count, CollectionsMarshal.AsSpan(registers), CollectionsMarshal.AsSpan(rows));
        }

        return _finished[register] ??= new FinishedWrites(_history, _finishedRows[register]);
    }

    private VersionHistory Build()
    {
        var seen = new bool[_history.Count];
        MarkWriters(_finds.Found);
        MarkWriters(_finds.Candidates);
        foreach (var found in _passing) seen[found.Writer] = true;
        var numbers = new int[_history.Count];
        var rows = new List<int>(_history.Count);
        for (var row = 0; row < numbers.Length; row++)
        {
            numbers[row] = _history.Types[row] == OperationType.Ok || seen[row] ? rows.Count : -1;
            if (numbers[row] >= 0) rows.Add(row);
        }

        var names = new int[_register.Count]; // versions without those of operations that are left out
        var (register, writer) = (new List<int>(), new List<int>());
        for (var version = 0; version < names.Length; version++)
        {
            names[version] = register.Count;
            if (_writer[version] >= 0 && numbers[_writer[version]] < 0) continue;
            register.Add(_register[version]);
            writer.Add(_writer[version] < 0 ? -1 : numbers[_writer[version]]);
        }

        Rename(_finds.Readers, numbers);
        Rename(_finds.Doubtful, numbers);
        Rename(_finds.Found, names);
        Rename(_finds.Candidates, names);
        var time = new LocalTime(_history);
        int[] all = [.. rows];
        var types = _history.Types.ToArray();
        return new(all.Length, _uses.Count, [.. register], [.. writer], _finds)
        {
            Rows = all,
            First = Array.ConvertAll(all, row => time.Invoke[row]),
            Last = Array.ConvertAll(all, row => time.Return[row]),
            Unknown = Array.ConvertAll(all, row => types[row] == OperationType.Info),
            Baseless = _baseless < 0 ? null : (numbers[_baseless], _baselessRegister),
            InPassing = [.. _passing.Select(found => (numbers[found.Reader], numbers[found.Writer]))],
        };

        void MarkWriters(ReadOnlySpan<int> versions)
        {
            foreach (var version in versions)
            {
                if (_writer[version] >= 0) seen[_writer[version]] = true;
            }
        }
    }

    private static void Rename(Span<int> numbers, int[] names)
    {
        foreach (ref var number in numbers) number = names[number];
    }
}

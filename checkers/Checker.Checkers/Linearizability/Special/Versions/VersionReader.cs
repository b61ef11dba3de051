using System.Runtime.InteropServices;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

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
    private readonly List<int> _register = []; // of each version
    private readonly List<int> _writer = []; // row
    private readonly List<int> _lastReturn = []; // of the writers of the same content up to that of each version
    private readonly FinishedWrites?[] _finished; // by register
    private readonly Finds _finds = new(); // by row
    private readonly List<int> _candidates = []; // of one read
    private readonly List<(int Reader, int Writer)> _passing = []; // rows
    private int _baseless = -1; // row
    private int _baselessRegister = -1;
    private readonly Lists _versionsOf; // each content, by the invocation of their writers
    private Lists? _finishedRows; // by register

    private VersionReader(in KeyHistory history, RegisterUses uses)
    {
        _history = history;
        _uses = uses;
        _finished = new FinishedWrites?[uses.Count];
        _versionsOf = AddWrites();
    }

    /// <summary>Traces the reads of an object; null if there are too many writes that they may have seen.</summary>
    /// <param name="history">The object.</param>
    /// <param name="uses">What its rows find and leave, without contradiction.</param>
    public static VersionHistory? Of(in KeyHistory history, RegisterUses uses)
    {
        var reader = new VersionReader(history, uses);
        for (var row = 0; row < history.Count; row++)
        {
            foreach (var content in uses.Found[row]) reader.AddRead(row, content);
            if (reader._finds.Total >= MostReads) return null;
        }

        return reader.Build();
    }

    // The versions of each content.
    private Lists AddWrites()
    {
        for (var register = 0; register < _uses.Count; register++)
        {
            _register.Add(register);
            _writer.Add(-1);
            _lastReturn.Add(-1);
        }

        var contents = new List<int>();
        var lastReturn = new int[_uses.Contents];
        for (var row = 0; row < _history.Count; row++)
        {
            foreach (var content in _uses.Left[row])
            {
                contents.Add(content);
                _register.Add(_uses.RegisterOf(content));
                _writer.Add(row);
                _lastReturn.Add(lastReturn[content] = Math.Max(lastReturn[content], _history.Returns[row]));
            }
        }

        return Lists.Of(_uses.Contents, CollectionsMarshal.AsSpan(contents), [.. Enumerable.Range(_uses.Count, contents.Count)]);
    }

    private void AddRead(int row, int content)
    {
        var register = _uses.RegisterOf(content);
        _candidates.Clear();
        AddCandidates(row, register, content);
        if (_candidates.Count == 0)
        {
            if (_baseless < 0) (_baseless, _baselessRegister) = (row, register);
            // Somebody wrote it all the same, if only too late or in passing.
            if (_versionsOf[content] is [var version, ..])
            {
                if (_writer[version] != row) _candidates.Add(version);
            }
            else if (_uses.InPassing(content) is >= 0 and var writer && writer != row)
            {
                _passing.Add((row, writer));
            }
        }

        _finds.Add(row, CollectionsMarshal.AsSpan(_candidates));
    }

    private void AddCandidates(int row, int register, int content)
    {
        var atFirst = content == register;
        var versions = _versionsOf[content];
        if (versions.IsEmpty)
        {
            if (atFirst) _candidates.Add(register);
            return;
        }

        if (versions.Length == 1 && !atFirst)
        {
            if (_writer[versions[0]] != row) _candidates.Add(versions[0]);
            return;
        }

        var since = Finished(register).LatestBefore(_history.Invokes[row]); // what ended before that has been replaced
        if (atFirst && since < 0) _candidates.Add(register);
        for (var i = CountBefore(versions, _history.Returns[row]) - 1; i >= 0 && _lastReturn[versions[i]] >= since; i--)
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

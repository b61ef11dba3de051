using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Registers;

/// <summary>
/// For every read of a history the writes that it may have seen: those of its value. Where there is one, the read is traced to it; where
/// there are several (the value was written more than once, or is the initial one and written as well) it stays open, and a model holds iff
/// it holds for some choice. O(operations · log operations): the writes of a value are kept once, not for each of its reads. Decides nothing by
/// itself except what no order could mend: a value read that nobody wrote, or that only a failed operation would have written (<c>ThinAirRead</c>,
/// Bouajjani et al. 2017, section 4).
/// </summary>
/// <remarks>
/// What no model allows is no candidate: a write that the reader's own process makes only later, a compare-and-set's own write, and the
/// write of an info compare-and-set whose old value nobody wrote.
/// </remarks>
internal sealed class CandidateWrites
{
    private const int ThinAir = -3;
    private const int Several = -4;

    private readonly History _history;
    private readonly WriterTable _writers;
    private readonly int[] _source;
    private readonly List<OpenRead> _open = [];
    private readonly Dictionary<(int Key, ValueId Value), int[]> _writersOf = [];
    private HashSet<int>? _impossible;

    private CandidateWrites(History history, CheckOptions options)
    {
        _history = history;
        Values = new RegisterValues(history, Linearizability.Linearizability.InitialOf(history, options));
        _writers = new WriterTable(history.Count);
        _source = new int[history.Count];
    }

    private CandidateWrites(CandidateWrites other)
    {
        _history = other._history;
        Values = other.Values;
        _writers = other._writers;
        _source = [.. other._source];
        _impossible = other._impossible;
    }

    /// <summary>What the operations read and write.</summary>
    public RegisterValues Values { get; }

    /// <summary>For each operation the write that it must have read from; <see cref="RegisterHistory.Initial"/>; or another negative number if it does not
    /// read or is open.</summary>
    public ReadOnlySpan<int> Sources => _source;

    /// <summary>The history.</summary>
    public History History => _history;

    /// <summary>The reads with several candidates, by number; those of info compare-and-sets matter only if these happened.</summary>
    public IReadOnlyList<OpenRead> Open => _open;

    /// <summary>Traces a history.</summary>
    /// <param name="history">The history.</param>
    /// <param name="options">The initial value.</param>
    /// <param name="candidates">The candidates; null if something is wrong.</param>
    /// <returns>Null; or what is wrong.</returns>
    public static Untraceable? TryTrace(History history, CheckOptions options, out CandidateWrites? candidates)
    {
        candidates = null;
        var traced = new CandidateWrites(history, options);
        if (traced.AddWriters() is { } problem) return problem;
        if (traced.TraceReads() is { } thinAir) return new Untraceable(thinAir, null);
        candidates = traced;
        traced.Order();
        return null;
    }

    /// <summary>The same with fewer candidates: the others are known to contradict something that holds whatever is chosen.</summary>
    /// <param name="sources">For some reads the one write, or <see cref="RegisterHistory.Initial"/>, that is left.</param>
    /// <param name="open">The reads that are still open.</param>
    public CandidateWrites Narrowed(IEnumerable<(int Reader, int Source)> sources, IEnumerable<OpenRead> open)
    {
        var narrowed = new CandidateWrites(this);
        foreach (var (reader, source) in sources) narrowed._source[reader] = source;
        narrowed._open.AddRange(open);
        narrowed.Order();
        return narrowed;
    }

    /// <summary>The history with every open read traced to one of its candidates.</summary>
    /// <param name="choice">The number of the candidate, for each of <see cref="Open"/>.</param>
    public RegisterHistory Choose(ReadOnlySpan<int> choice)
    {
        if (_open.Count == 0) return RegisterHistoryBuilder.Number(_history, Values, _source, Certain(_source));
        int[] source = [.. _source];
        var chosen = new bool[source.Length];
        for (var i = 0; i < _open.Count; i++)
        {
            source[_open[i].Reader] = _open[i][choice[i]];
            chosen[_open[i].Reader] = true;
        }

        return RegisterHistoryBuilder.Number(_history, Values, source, Certain(source), chosen: chosen);
    }

    /// <summary>The history with every open read left out: what is wrong with it is wrong for every choice.</summary>
    public RegisterHistory Relaxed()
    {
        int[] source = [.. _source];
        foreach (var read in _open) source[read.Reader] = RegisterHistory.NoRead;
        return RegisterHistoryBuilder.Number(_history, Values, source, Certain(source));
    }

    /// <summary>The history with every open read left out, and as optional operations the info writes that may have been seen.</summary>
    public RegisterHistory Possible()
    {
        int[] source = [.. _source];
        foreach (var read in _open) source[read.Reader] = RegisterHistory.NoRead;
        var certain = Certain(source);
        bool[] kept = [.. certain];
        var left = new Dictionary<int[], List<int>>();
        foreach (var read in _open)
        {
            if (!left.ContainsKey(read.Writers)) left[read.Writers] = [.. read.Writers.Where(writer => !kept[writer])];
        }

        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var read in _open)
            {
                if (!kept[read.Reader] || left[read.Writers] is not { Count: > 0 } writers) continue;
                foreach (var writer in writers) grown |= read.MaySee(writer) && Keep(writer);
                writers.RemoveAll(writer => kept[writer]);
            }
        }

        bool[] optional = [.. kept.Zip(certain, (keeps, happened) => keeps && !happened)];
        return RegisterHistoryBuilder.Number(_history, Values, source, kept, optional);

        // What an optional compare-and-set would have read may have happened as well.
        bool Keep(int op)
        {
            if (kept[op]) return false;
            kept[op] = true;
            if (source[op] >= 0) Keep(source[op]);
            return true;
        }
    }

    private void Order()
    {
        if (_open.Count > 0) LikelySources.Order(this, op => _impossible?.Contains(op) == true);
    }

    // The operations that certainly happened: those that are ok, and the sources of those that happened.
    private bool[] Certain(int[] source)
    {
        var kept = new bool[_history.Count];
        var types = _history.Types;
        for (var op = 0; op < kept.Length; op++)
        {
            if (types[op] != OperationType.Ok) continue;
            kept[op] = true;
            for (var from = source[op]; from >= 0 && !kept[from] && types[from] != OperationType.Ok; from = source[from]) kept[from] = true;
        }

        return kept;
    }

    private Untraceable? AddWriters()
    {
        for (var op = 0; op < _history.Count; op++)
        {
            if (Values.Refuse(op) is { } reason) return Untraceable.Because(reason);
            if (_history.Types[op] != OperationType.Fail && Values.Writes(op)) _writers.Add(_history.Key[op], Values.Written(op), op);
        }

        return null;
    }

    private Anomaly? TraceReads()
    {
        for (var op = 0; op < _history.Count; op++)
        {
            _source[op] = RegisterHistory.NoRead;
            if (!Values.Reads(op) || _history.Types[op] == OperationType.Fail) continue;
            if (_history.Types[op] == OperationType.Info && !Values.Writes(op)) continue;
            _source[op] = Trace(op);
        }

        RuleOutImpossible();
        for (var op = 0; op < _history.Count; op++)
        {
            if (_history.Types[op] == OperationType.Ok && _source[op] == ThinAir) return Explain(op);
            if (_source[op] == Several) _open.Add(new OpenRead(_history, op, WritersOf(op), Values.Read(op) == Values.Initial));
        }

        return null;
    }

    private int Trace(int reader)
    {
        var value = Values.Read(reader);
        var last = _writers[_history.Key[reader], value];
        var initial = value == Values.Initial;
        if (last == WriterTable.None) return initial ? RegisterHistory.Initial : ThinAir;
        if (!initial && last != reader && _writers.Before(last) == WriterTable.None) return last;
        return Candidates(reader) switch
        {
            [] => OwnFuture(reader),
            [var only] => only,
            _ => Several,
        };
    }

    // All candidates if they are fewer than two; or two of them.
    private List<int> Candidates(int reader)
    {
        var candidates = new List<int>(2);
        if (Values.Read(reader) == Values.Initial) candidates.Add(RegisterHistory.Initial);
        foreach (var writer in WritersOf(reader))
        {
            if (candidates.Count == 2) break;
            if (writer < reader || _history.Process[writer] != _history.Process[reader]) candidates.Add(writer);
        }

        return candidates;
    }

    // The possible writes of what a read returned, ascending.
    private int[] WritersOf(int reader)
    {
        var (key, value) = (_history.Key[reader], Values.Read(reader));
        if (_writersOf.TryGetValue((key, value), out var known)) return known;
        var writers = new List<int>();
        for (var writer = _writers[key, value]; writer >= 0; writer = _writers.Before(writer))
        {
            if (_impossible?.Contains(writer) != true) writers.Add(writer);
        }

        writers.Reverse();
        return _writersOf[(key, value)] = [.. writers];
    }

    // Every model rejects a read of what its process writes only later; each says so in its own words.
    private int OwnFuture(int reader)
    {
        var future = ThinAir;
        for (var writer = _writers[_history.Key[reader], Values.Read(reader)]; writer > reader; writer = _writers.Before(writer))
        {
            if (_impossible?.Contains(writer) != true) future = writer;
        }

        return future;
    }

    // An info compare-and-set whose old value cannot have been there did not happen; what only it would have written was not there either.
    private void RuleOutImpossible()
    {
        for (var again = true; again;)
        {
            again = false;
            for (var op = 0; op < _history.Count; op++)
            {
                if (_source[op] != ThinAir || _history.Types[op] != OperationType.Info || !(_impossible ??= []).Add(op)) continue;
                again = true;
            }

            if (!again) return;
            _writersOf.Clear();
            for (var op = 0; op < _history.Count; op++)
            {
                if (_source[op] is Several or >= 0 && (_source[op] == Several || _impossible!.Contains(_source[op])))
                {
                    _source[op] = Candidates(op) switch { [] => OwnFuture(op), [var only] => only, _ => Several };
                }
            }
        }
    }

    private Anomaly Explain(int reader)
    {
        var (value, key) = (Values.Read(reader), _history.Key[reader]);
        var read = $"process {_history.Process[reader]} read {Values.Text(value)} from {Values.KeyText(key)} ({Values.Where(reader)})";
        var impossible = _writers[key, value];
        if (impossible >= 0 && impossible != reader && _impossible?.Contains(impossible) == true)
        {
            return new Anomaly(
                "ThinAirRead",
                [impossible, reader],
                $"{read}, but only a compare-and-set could have written it, by process {_history.Process[impossible]} " +
                $"({Values.Where(impossible)}), and that one needed {Values.Text(Values.Read(impossible))}, which was never there.")
            {
                Key = key,
            };
        }

        for (var op = 0; op < _history.Count; op++)
        {
            if (_history.Types[op] == OperationType.Fail && _history.Key[op] == key && Values.Writes(op) && Values.Written(op) == value)
            {
                return new Anomaly(
                    "ThinAirRead",
                    [op, reader],
                    $"{read}, but the only write of it, by process {_history.Process[op]} ({Values.Where(op)}), failed and so never " +
                    $"happened.")
                {
                    Key = key,
                };
            }
        }

        return new Anomaly("ThinAirRead", [reader], $"{read}, but nobody else ever wrote it.") { Key = key };
    }
}

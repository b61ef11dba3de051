using System.Globalization;
using System.Runtime.InteropServices;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Registers;

/// <summary>
/// Traces every read to its write. O(n). Decides nothing by itself except what no order could mend: a value read that nobody wrote, or that
/// only a failed operation would have written (<c>ThinAirRead</c>, Bouajjani et al. 2017, section 4).
/// </summary>
internal sealed class RegisterHistoryBuilder
{
    private readonly History _history;
    private readonly ValueId _initial;
    private readonly WriterTable _writers;
    private readonly bool[] _kept;
    private readonly List<int> _observedInfoCas = [];

    private RegisterHistoryBuilder(History history, CheckOptions options)
    {
        _history = history;
        _initial = Linearizability.Linearizability.InitialOf(history, options);
        _writers = new WriterTable(history.Count);
        _kept = new bool[history.Count];
    }

    /// <summary>Whether the type is one of registers whose operations this understands.</summary>
    public static bool Supports(DataType type) => type == DataTypes.Register || type == DataTypes.CasRegister || type == DataTypes.Kv;

    /// <summary>Traces a history.</summary>
    /// <param name="history">The history.</param>
    /// <param name="options">The initial value.</param>
    /// <param name="traced">The traced history; null if that is impossible.</param>
    /// <returns>Null; or why it is impossible.</returns>
    public static Untraceable? TryBuild(History history, CheckOptions options, out RegisterHistory? traced)
    {
        var builder = new RegisterHistoryBuilder(history, options);
        var problem = builder.AddWriters() ?? builder.Observe();
        traced = problem is null ? builder.Number() : null;
        return problem;
    }

    private Untraceable? AddWriters()
    {
        var types = _history.Types;
        for (var op = 0; op < types.Length; op++)
        {
            var function = _history.Functions[op];
            if (function is not (Function.Read or Function.Write or Function.Cas or Function.Delete))
            {
                return Untraceable.Foreign(
                    $"{FunctionNames.Of(function, _history.Type)} of {Where(op)} is neither a read, a write, a delete nor a cas: reads " +
                    $"cannot be traced to it");
            }

            if (function == Function.Cas && !IsPair(_history.Input[op]))
            {
                return Untraceable.Because($"the cas of {Where(op)} has the argument {Text(_history.Input[op])}: expected [old,new]");
            }

            if (types[op] == OperationType.Fail || function == Function.Read) continue;
            _writers.Add(_history.Key[op], Written(op), op);
            _kept[op] = types[op] == OperationType.Ok;
        }

        return null;
    }

    // Follows the values that were certainly seen to their writers, and keeps those.
    private Untraceable? Observe()
    {
        for (var op = 0; op < _history.Count; op++)
        {
            if (_history.Types[op] != OperationType.Ok || _history.Functions[op] is not (Function.Read or Function.Cas)) continue;
            _kept[op] = true;
            if (Observe(op) is { } problem) return problem;
        }

        while (_observedInfoCas.Count > 0)
        {
            var op = _observedInfoCas[^1];
            _observedInfoCas.RemoveAt(_observedInfoCas.Count - 1);
            if (Observe(op) is { } problem) return problem;
        }

        return null;
    }

    private Untraceable? Observe(int reader)
    {
        var value = Read(reader);
        var key = _history.Key[reader];
        var writer = _writers[key, value];
        if (value == _initial && writer != WriterTable.None)
        {
            return Untraceable.Because(
                $"{Text(value)} is the initial value of {KeyText(key)} and is also written: the read of {Where(reader)} may mean either");
        }

        if (writer == WriterTable.Several)
        {
            return Untraceable.Because(
                $"{Text(value)} is written to {KeyText(key)} more than once: the read of {Where(reader)} cannot be traced to one write");
        }

        // A compare-and-set cannot find what only it writes itself.
        if (writer == WriterTable.None || writer == reader) return value == _initial
            ? null : new Untraceable(ThinAir(reader, value, key), null);
        if (!_kept[writer])
        {
            _kept[writer] = true;
            if (_history.Functions[writer] == Function.Cas) _observedInfoCas.Add(writer);
        }

        return null;
    }

    private Anomaly ThinAir(int reader, ValueId value, int key)
    {
        for (var op = 0; op < _history.Count; op++)
        {
            if (_history.Types[op] == OperationType.Fail && _history.Key[op] == key && _history.Functions[op] != Function.Read
                && Written(op) == value)
            {
                return new Anomaly(
                    "ThinAirRead",
                    [op, reader],
                    $"process {_history.Process[reader]} read {Text(value)} from {KeyText(key)} ({Where(reader)}), but the only write " +
                    $"of it, by process " +
                    $"{_history.Process[op]} ({Where(op)}), failed and so never happened.")
                {
                    Key = key,
                };
            }
        }

        return new Anomaly(
            "ThinAirRead",
            [reader],
            $"process {_history.Process[reader]} read {Text(value)} from {KeyText(key)} ({Where(reader)}), but nobody else ever wrote it.")
        {
            Key = key,
        };
    }

    private RegisterHistory Number()
    {
        var history = _history;
        var sessions = new Dictionary<int, int>();
        var sessionOf = new int[history.Count];
        for (var op = 0; op < history.Count; op++)
        {
            if (!_kept[op]) continue;
            ref var session = ref CollectionsMarshal.GetValueRefOrAddDefault(sessions, history.Process[op], out var known);
            if (!known) session = sessions.Count - 1;
            sessionOf[op] = session;
        }

        var start = new int[sessions.Count + 1];
        for (var op = 0; op < history.Count; op++)
        {
            if (_kept[op]) start[sessionOf[op] + 1]++;
        }

        for (var s = 0; s < sessions.Count; s++) start[s + 1] += start[s];
        var count = start[^1];
        var number = new int[history.Count];
        var next = start.AsSpan(0, sessions.Count).ToArray();
        for (var op = 0; op < history.Count; op++) number[op] = _kept[op] ? next[sessionOf[op]]++ : -1;

        var original = new int[count];
        var sessionColumn = new int[count];
        var key = new int[count];
        var writes = new bool[count];
        var source = new int[count];
        var writersStart = new int[history.KeyCount + 1];
        for (var op = 0; op < history.Count; op++)
        {
            var at = number[op];
            if (at < 0) continue;
            original[at] = op;
            sessionColumn[at] = sessionOf[op];
            key[at] = history.Key[op];
            writes[at] = history.Functions[op] != Function.Read;
            source[at] = RegisterHistory.NoRead;
            if (history.Functions[op] is Function.Read or Function.Cas)
            {
                var writer = _writers[history.Key[op], Read(op)];
                source[at] = writer < 0 ? RegisterHistory.Initial : number[writer];
            }

            if (writes[at]) writersStart[key[at] + 1]++;
        }

        for (var k = 0; k < history.KeyCount; k++) writersStart[k + 1] += writersStart[k];
        var writers = new int[writersStart[^1]];
        var free = writersStart.AsSpan(0, history.KeyCount).ToArray();
        for (var at = 0; at < count; at++)
        {
            if (writes[at]) writers[free[key[at]]++] = at;
        }

        var readersStart = new int[count + 1];
        foreach (var from in source)
        {
            if (from >= 0) readersStart[from + 1]++;
        }

        for (var at = 0; at < count; at++) readersStart[at + 1] += readersStart[at];
        var readers = new int[readersStart[^1]];
        free = readersStart.AsSpan(0, count).ToArray();
        for (var at = 0; at < count; at++)
        {
            if (source[at] >= 0) readers[free[source[at]]++] = at;
        }

        var (sessionWrites, sessionWritesStart) = GroupBySession(writers, writersStart, sessionColumn);
        return new RegisterHistory
        {
            History = history,
            Start = start,
            Original = original,
            Session = sessionColumn,
            Key = key,
            Writes = writes,
            Source = source,
            Writers = writers,
            WritersStart = writersStart,
            Readers = readers,
            ReadersStart = readersStart,
            SessionWrites = sessionWrites,
            SessionWritesStart = sessionWritesStart,
        };
    }

    private static (SessionWrites[] Groups, int[] Start) GroupBySession(int[] writers, int[] writersStart, int[] session)
    {
        var groups = new List<SessionWrites>();
        var start = new int[writersStart.Length];
        for (var key = 0; key + 1 < writersStart.Length; key++)
        {
            for (var first = writersStart[key]; first < writersStart[key + 1];)
            {
                var end = first + 1;
                while (end < writersStart[key + 1] && session[writers[end]] == session[writers[first]]) end++;
                groups.Add(new SessionWrites(session[writers[first]], first, end));
                first = end;
            }

            start[key + 1] = groups.Count;
        }

        return ([.. groups], start);
    }

    private ValueId Read(int op) => _history.Functions[op] == Function.Cas
        ? _history.Values.Items(_history.Input[op])[0] : _history.Output[op];

    private ValueId Written(int op) => _history.Functions[op] switch
    {
        Function.Cas => _history.Values.Items(_history.Input[op])[1],
        Function.Delete => ValueId.Null,
        _ => _history.Input[op],
    };

    private bool IsPair(ValueId value) => _history.Values.Kind(value) == ValueKind.List && _history.Values.Items(value).Length == 2;

    private string Text(ValueId value) => _history.Values.Text(value);

    private string KeyText(int key) => _history.KeyName(key).IsNull ? "the register" : $"key {_history.KeyName(key)}";

    private string Where(int op) => string.Create(CultureInfo.InvariantCulture, $"line {_history.Line(_history.Invoke[op])}");
}

/// <summary>Why the reads of a history cannot be traced to their writes.</summary>
/// <param name="Anomaly">What no order could mend; or null.</param>
/// <param name="Reason">Why it is unclear which write a read saw, or null.</param>
internal sealed record Untraceable(Anomaly? Anomaly, string? Reason)
{
    /// <summary>Whether some operation is none of a register's own, as an append is: then the history is an object's like any other.</summary>
    public bool IsForeign { get; init; }

    public static Untraceable Because(string reason) => new(null, reason);

    public static Untraceable Foreign(string reason) => new(null, reason) { IsForeign = true };

    /// <summary>What that means for a model: no model allows a read out of thin air; a read that may mean two writes leaves it
    /// open.</summary>
    public Verdict Verdict(string model, string algorithm) => Anomaly is null
        ? Checkers.Verdict.Unknown(model, algorithm, Reason!)
        : Checkers.Verdict.Invalid(model, algorithm, [Anomaly]);
}

using Checker.Checkers.Choices;
using Checker.Checkers.Registers;

namespace Checker.Checkers.Causal;

/// <summary>
/// A choice of writes for open reads that is likely to be causally consistent. The operations are gone through in time. A read of a key that is
/// linearizable takes what it saw in that order; any other takes a write of which the process knows already, or else the earliest, since whoever knows less
/// can see more; if possible none that had ended before another began of which the process knows: if it is not overwritten in what the read would know, and knows nothing that the read must not know (<see cref="CausalBounds"/>).
/// O(operations × sessions × log operations). It proves nothing.
/// </summary>
internal sealed class CausalChoice
{
    private readonly CausalBounds _bounds;
    private readonly LinearSources _linear;
    private readonly RegisterHistory _history;
    private readonly int _width;
    private readonly int[] _clocks;
    private readonly bool[] _placed;
    private readonly int[] _joined;
    private readonly List<(int, int)> _chosen = [];
    private readonly List<int> _known = [];
    private readonly List<int> _first = [];

    private readonly bool _timely;

    private CausalChoice(CausalBounds bounds, LinearSources linear, bool timely)
    {
        _timely = timely;
        _bounds = bounds;
        _linear = linear;
        _history = bounds.History;
        _width = _history.SessionCount;
        _clocks = new int[_history.Count * _width];
        Array.Fill(_clocks, CausalOrder.None);
        _placed = new bool[_history.Count];
        _joined = new int[_width];
    }

    /// <summary>Makes each read's choice its likeliest write.</summary>
    /// <param name="bounds">The bounds.</param>
    /// <param name="reads">The reads that are open, with the candidates that are left.</param>
    /// <param name="linear">What reads of linearizable keys saw.</param>
    /// <param name="timely">Whether to avoid writes that had ended before another began of which the process knows.</param>
    /// <returns>The choices.</returns>
    public static IReadOnlyList<(int Reader, int Source)> Prefer(CausalBounds bounds, IEnumerable<OpenRead> reads, LinearSources linear, bool timely = true)
    {
        var choice = new CausalChoice(bounds, linear, timely);
        var open = reads.ToDictionary(read => read.Reader);
        foreach (var op in bounds.Order) choice.Place(op, open.GetValueOrDefault(choice._history.Original[op]));
        return choice._chosen;
    }

    private void Place(int op, OpenRead? read)
    {
        var clock = Clock(op);
        if (_history.Previous(op) is >= 0 and var previous) Clock(previous).CopyTo(clock);
        clock[_history.Session[op]] = op;
        _placed[op] = true;
        if (_bounds.View >= 0 && _bounds.View != _history.Session[op]) return;
        var source = read is null ? _bounds.Source(op) : Choose(op, read);
        if (source < 0) return;
        if (_bounds.View >= 0) Force(op, source);
        CausalOrder.Join(clock, Clock(source));
    }

    private void Force(int op, int source)
    {
        foreach (ref readonly var writes in _history.SessionWritesOf(_history.Key[op]))
        {
            var last = _history.LastWrite(writes, Known(op, writes.Session));
            if (last >= 0 && last != source) CausalOrder.Join(Clock(source), Clock(last));
        }
    }

    private int Choose(int op, OpenRead read)
    {
        var source = Likeliest(op, read);
        if (source == RegisterHistory.NoRead) source = read[0] is >= 0 and var first ? _bounds.Reads.Number(first) : RegisterHistory.Initial;
        var candidate = source < 0 ? source : _history.Original[source];
        read.Prefer(candidate);
        _chosen.Add((read.Reader, candidate));
        return source;
    }

    private int Likeliest(int op, OpenRead read)
    {
        var linear = _linear.Source(read.Reader);
        if (read.Has(linear))
        {
            var write = linear < 0 ? linear : _bounds.Reads.Number(linear);
            if (Fits(op, write)) return write;
        }

        if (read.Has(RegisterHistory.Initial) && Fits(op, RegisterHistory.Initial)) return RegisterHistory.Initial;
        if (_bounds.Reads.Writers(op) is not { } writers) return RegisterHistory.NoRead;
        return _timely && Among(op, read, writers, NewestKnown(op)) is >= 0 and var timely ? timely : Among(op, read, writers, newest: -1);
    }

    // When the last of the key's writes began that an operation knows.
    private int NewestKnown(int op)
    {
        var newest = -1;
        foreach (ref readonly var writes in _history.SessionWritesOf(_history.Key[op]))
        {
            var last = _history.LastWrite(writes, Known(op, writes.Session));
            if (last >= 0) newest = Math.Max(newest, _history.History.Invoke[_history.Original[last]]);
        }

        return newest;
    }

    // Of the writes that ended after some moment: the latest that is known, or else the earliest.
    private int Among(int op, OpenRead read, ValueWriters writers, int newest)
    {
        _known.Clear();
        _first.Clear();
        foreach (ref readonly var session in writers.Sessions.AsSpan())
        {
            var at = writers.After(session, Known(op, session.Session));
            if (at > session.First && End(writers.Operations[at - 1]) >= newest) _known.Add(writers.Operations[at - 1]);
            if (session.Session == _history.Session[op]) continue;
            while (at < session.End && End(writers.Operations[at]) < newest) at++;
            if (at < session.End) _first.Add(writers.Operations[at]);
        }

        _known.Sort((a, b) => _history.Original[b].CompareTo(_history.Original[a]));
        _first.Sort((a, b) => _history.Original[a].CompareTo(_history.Original[b]));
        return FirstThatFits(op, read, _known) is >= 0 and var known ? known : FirstThatFits(op, read, _first);
    }

    private int FirstThatFits(int op, OpenRead read, List<int> writes)
    {
        foreach (var write in writes)
        {
            if (read.Has(_history.Original[write]) && Fits(op, write)) return write;
        }

        return RegisterHistory.NoRead;
    }

    private int End(int op)
    {
        var original = _history.Original[op];
        return _history.History.Types[original] == Histories.OperationType.Ok ? _history.History.Complete[original] : Histories.History.Never;
    }

    private bool Fits(int op, int write)
    {
        Clock(op).CopyTo(_joined);
        _joined[_history.Session[op]] = op - 1;
        if (write >= 0)
        {
            if (write == op || !_placed[write] || CausalOrder.Reaches(Clock(write), _bounds.Limit(op))) return false;
            CausalOrder.Join(_joined, Clock(write));
        }

        foreach (ref readonly var writes in _history.SessionWritesOf(_history.Key[op]))
        {
            var last = _history.LastWrite(writes, _joined[writes.Session]);
            if (last < 0 || last == write) continue;
            if (write < 0 || Clock(last)[_history.Session[write]] >= write) return false;
        }

        return true;
    }

    private int Known(int op, int session) => session == _history.Session[op] ? op - 1 : Clock(op)[session];

    private Span<int> Clock(int op) => _clocks.AsSpan(op * _width, _width);
}

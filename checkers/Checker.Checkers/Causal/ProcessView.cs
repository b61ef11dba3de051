using System.Numerics;
using Checker.Checkers.Registers;

namespace Checker.Checkers.Causal;

/// <summary>
/// What one process must believe about the order of all writes: the least transitive relation hb that contains a base order, reads-from
/// into the process's own reads, and with w1 hb r, r a read of another write w2 of the same key, also w1 hb w2 (Bouajjani et al. 2017,
/// section 4, hb_o for the process's last operation o). The base is the causal order (causal memory) or program order alone (PRAM). The
/// view exists iff hb has no cycle and no write of a key before a read of its initial value: a process's reads are totally ordered, so
/// this saturation is complete.
/// </summary>
/// <remarks>
/// Forced edges end only at writes that the process reads ("stations"), so vector timestamps are kept for stations and for the process's
/// own operations alone; that of any other write follows from the base and the last station before it in each session. 8 bytes × the
/// process's operations × sessions; each pass O(reads × sessions × log), repeated until nothing changes.
/// </remarks>
internal sealed class ProcessView
{
    private readonly RegisterHistory _history;
    private readonly CausalOrder? _causal;
    private readonly int _session;
    private readonly int _width;
    private readonly int[] _stations;
    private readonly int[] _stationsStart;
    private readonly int[] _clocks;
    private readonly int[] _sourceStation;
    private readonly int[] _ownStation;
    private readonly int[] _own;
    private readonly int[] _work;
    private readonly WriteCursors _cursors;
    private readonly List<int> _forcedInto = [];
    private int _passes;

    /// <summary>Prepares the view of a session.</summary>
    /// <param name="history">The traced history.</param>
    /// <param name="session">The session.</param>
    /// <param name="causal">The base order; null: program order alone.</param>
    /// <param name="cursors">Those of the calling thread; they may serve many views one after another.</param>
    public ProcessView(RegisterHistory history, int session, CausalOrder? causal, WriteCursors cursors)
    {
        _history = history;
        _session = session;
        _causal = causal;
        _width = history.SessionCount;
        _work = new int[_width];
        _cursors = cursors;
        var sources = new List<int>();
        for (var op = history.Start[session]; op < history.Start[session + 1]; op++)
        {
            if (history.Source[op] >= 0) sources.Add(history.Source[op]);
        }

        sources.Sort();
        _stations = [.. sources.Distinct()];
        _stationsStart = new int[_width + 1];
        foreach (var station in _stations) _stationsStart[history.Session[station] + 1]++;
        for (var s = 0; s < _width; s++) _stationsStart[s + 1] += _stationsStart[s];
        _clocks = new int[_stations.Length * _width];
        Array.Fill(_clocks, CausalOrder.None);
        var first = history.Start[session];
        _sourceStation = new int[history.Start[session + 1] - first];
        _ownStation = new int[_sourceStation.Length];
        for (var i = 0; i < _ownStation.Length; i++)
        {
            _sourceStation[i] = history.Source[first + i] >= 0 ? Array.BinarySearch(_stations, history.Source[first + i]) : -1;
            _ownStation[i] = history.Writes[first + i] ? Array.BinarySearch(_stations, first + i) : -1;
        }

        _own = new int[(history.Start[session + 1] - history.Start[session]) * _width];
        Array.Fill(_own, CausalOrder.None);
    }

    /// <summary>The edges that were forced.</summary>
    public List<ForcedEdge> Forced { get; } = [];

    /// <summary>Steps taken: comparisons of a read with a session's writes.</summary>
    public long Steps { get; private set; }

    /// <summary>Saturates.</summary>
    /// <returns>What is wrong with the view, or null.</returns>
    public Contradiction? Saturate()
    {
        bool changed;
        do
        {
            if (Pass(out changed) is { } found) return found;
        }
        while (changed);

        foreach (var edge in Forced)
        {
            if (Before(edge.To, edge.From)) return new Contradiction(edge.From, edge.To, edge.Because);
        }

        return null;
    }

    private Contradiction? Pass(out bool changed)
    {
        changed = RefreshForced();
        _cursors.Reset();
        var now = new int[_width];
        var first = _history.Start[_session];
        var begins = _passes++ == 0;
        for (var op = first; op < _history.Start[_session + 1]; op++)
        {
            var source = _history.Source[op];
            if (source >= 0 && _history.Session[source] == _session && source > op) return new Contradiction(source, source, op);
            begins |= Refresh(_sourceStation[op - first], op, ref changed);
            begins |= Refresh(_ownStation[op - first], op, ref changed);
            if (!begins) continue;

            // What comes in has changed since the last pass: all that follows from it must be looked at again.
            if (op == first) Array.Fill(now, CausalOrder.None);
            else Own(op - 1).CopyTo(now);
            if (source >= 0) CausalOrder.Join(now, StationClock(_sourceStation[op - first]));
            // What was forced before a compare-and-set's write is before its read as well.
            if (_ownStation[op - first] >= 0) CausalOrder.Join(now, StationClock(_ownStation[op - first]));
            if (source != RegisterHistory.NoRead && Force(op, source, now, ref changed) is { } found) return found;
            now[_session] = op;
            var raised = Raise(Own(op), now);
            changed |= raised;
            begins = raised;
        }

        return null;
    }

    private Contradiction? Force(int read, int source, Span<int> now, ref bool changed)
    {
        var key = _history.Key[read];
        var station = _sourceStation[read - _history.Start[_session]];
        for (var entry = _history.SessionWritesStart[key]; entry < _history.SessionWritesStart[key + 1]; entry++)
        {
            Steps++;
            var writer = _history.SessionWrites[entry].Session;
            var older = _cursors.LastWrite(entry, writer == _session ? read - 1 : now[writer]);
            if (older < 0 || older == source) continue;
            if (source == RegisterHistory.Initial) return new Contradiction(older, RegisterHistory.Initial, read);
            if (StationClock(station)[writer] >= older && !(writer == _history.Session[source] && older > source)) continue;
            Forced.Add(new ForcedEdge(older, source, read));
            _forcedInto.Add(station);
            if (Before(source, older)) return new Contradiction(older, source, read);
            ClockOf(older, _work);
            changed |= Raise(StationClock(station), _work);
            CausalOrder.Join(now, StationClock(station));
        }

        return null;
    }

    // Whether one write is before another by what is known so far.
    private bool Before(int first, int second)
    {
        if (first == second) return true;
        ClockOf(second, _work);
        return _work[_history.Session[first]] >= first;
    }

    // Brings the timestamp of a station (if it is one) up to date; whether an operation that knows of it has yet to learn from it.
    private bool Refresh(int station, int op, ref bool changed)
    {
        if (station < 0) return false;
        ClockOf(_stations[station], _work);
        changed |= Raise(StationClock(station), _work);
        return !Covers(Own(op), StationClock(station));
    }

    // What is before a write that was forced before a station may have grown since.
    private bool RefreshForced()
    {
        var raised = false;
        for (var i = 0; i < Forced.Count; i++)
        {
            ClockOf(Forced[i].From, _work);
            raised |= Raise(StationClock(_forcedInto[i]), _work);
        }

        return raised;
    }

    // The timestamp of any write: its base, and of each session the last station (or own operation) in that base.
    private void ClockOf(int write, int[] into)
    {
        if (_causal is not null)
        {
            _causal.Clock(write).CopyTo(into);
            for (var s = 0; s < _width; s++)
            {
                // Joining raises no bound that matters here: a station's timestamp already holds all that its own base implies.
                var bound = _causal.Clock(write)[s];
                if (bound >= 0) JoinLast(s, bound, into);
            }
        }
        else
        {
            Array.Fill(into, CausalOrder.None);
            into[_history.Session[write]] = write;
            JoinLast(_history.Session[write], write, into);
        }
    }

    private void JoinLast(int session, int bound, int[] into)
    {
        if (session == _session)
        {
            CausalOrder.Join(into, Own(bound));
            return;
        }

        var low = _stationsStart[session];
        var high = _stationsStart[session + 1];
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_stations[middle] <= bound) low = middle + 1;
            else high = middle;
        }

        if (low > _stationsStart[session]) CausalOrder.Join(into, _clocks.AsSpan((low - 1) * _width, _width));
    }

    private Span<int> StationClock(int station) => _clocks.AsSpan(station * _width, _width);

    private Span<int> Own(int op) => _own.AsSpan((op - _history.Start[_session]) * _width, _width);

    private static bool Raise(Span<int> clock, ReadOnlySpan<int> by)
    {
        if (Covers(clock, by)) return false;
        CausalOrder.Join(clock, by);
        return true;
    }

    private static bool Covers(ReadOnlySpan<int> clock, ReadOnlySpan<int> other)
    {
        var at = 0;
        for (; at <= clock.Length - Vector<int>.Count; at += Vector<int>.Count)
        {
            if (Vector.LessThanAny(new Vector<int>(clock[at..]), new Vector<int>(other[at..]))) return false;
        }

        for (; at < clock.Length; at++)
        {
            if (clock[at] < other[at]) return false;
        }

        return true;
    }
}

/// <summary>Why a process has no view.</summary>
/// <param name="Older">A write that must come before <paramref name="Newer"/> …</param>
/// <param name="Newer">… although this one must come before it; <see cref="RegisterHistory.Initial"/>: although a read found the initial
/// value.</param>
/// <param name="Because">The read.</param>
internal readonly record struct Contradiction(int Older, int Newer, int Because);

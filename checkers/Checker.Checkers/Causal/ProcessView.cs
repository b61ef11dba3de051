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
/// own operations alone; that of any other write follows from the base and the last station before it in each session. What is added to a
/// station's timestamp is pushed on to the stations that have it in their base, and the operations that know of it are gone through again;
/// those that learn nothing new cost O(1). 8 bytes × the process's operations × sessions.
/// </remarks>
internal sealed class ProcessView
{
    private readonly RegisterHistory _history;
    private readonly CausalOrder? _causal;
    private readonly ViewSessions _sessions;
    private readonly WriteCursors _cursors;
    private readonly int _session;
    private readonly int _first;
    private readonly int _end;
    private readonly int _local;
    private readonly int _width;
    private readonly int[] _stations;
    private readonly int[] _stationsStart;
    private readonly int[] _complete;
    private readonly int[] _clocks;
    private readonly int[] _raised;
    private readonly int[] _firstUse;
    private readonly int[] _sourceStation;
    private readonly int[] _ownStation;
    private readonly int[] _own;
    private readonly int[] _seen;
    private readonly int[] _lastRead;
    private readonly int[] _work;
    private readonly int[] _entries;
    private readonly List<int> _forcedInto = [];
    private readonly Stack<int> _push = new();
    private readonly List<int> _completing = [];
    private int _raises;
    private int _refreshed;
    private int _again;
    private int _at;

    /// <summary>Prepares the view of a session.</summary>
    /// <param name="history">The traced history.</param>
    /// <param name="session">The session.</param>
    /// <param name="causal">The base order; null: program order alone.</param>
    /// <param name="sessions">Of the calling thread; begun anew here.</param>
    public ProcessView(RegisterHistory history, int session, CausalOrder? causal, ViewSessions sessions)
    {
        _history = history;
        _session = session;
        _causal = causal;
        _sessions = sessions;
        _cursors = sessions.Cursors;
        sessions.Begin(session, all: causal is not null);
        _local = sessions[session];
        _width = sessions.Count;
        _work = new int[_width];
        _entries = new int[_width];
        (_first, _end) = (history.Start[session], history.Start[session + 1]);

        _stations = Stations();
        _stationsStart = new int[_width + 1];
        foreach (var station in _stations) _stationsStart[sessions[history.Session[station]] + 1]++;
        for (var s = 0; s < _width; s++) _stationsStart[s + 1] += _stationsStart[s];
        _complete = _stationsStart[..^1];
        _clocks = sessions.StationClocks(checked(_stations.Length * _width));
        for (var i = 0; i < _stations.Length; i++) Base(_stations[i], StationClock(i));
        _raised = new int[_stations.Length];
        _firstUse = new int[_stations.Length];
        Array.Fill(_firstUse, int.MaxValue);
        _sourceStation = new int[_end - _first];
        _ownStation = new int[_end - _first];
        _seen = new int[_end - _first];
        _lastRead = new int[_end - _first];
        Number();
        _own = sessions.OwnClocks(checked((_end - _first) * _width));
        Array.Fill(_own, CausalOrder.None, 0, (_end - _first) * _width);
    }

    /// <summary>The edges that were forced, in the order in which they were found.</summary>
    public List<ForcedEdge> Forced { get; } = [];

    /// <summary>Steps taken: comparisons of a read with a session's writes.</summary>
    public long Steps { get; private set; }

    /// <summary>Saturates.</summary>
    /// <returns>What is wrong with the view, or null.</returns>
    public Contradiction? Saturate()
    {
        for (_again = _first; _again < int.MaxValue; RefreshForced())
        {
            if (Pass(_again) is { } found) return found;
        }

        foreach (var edge in Forced)
        {
            if (Before(edge.To, edge.From)) return new Contradiction(edge.From, edge.To, edge.Because);
        }

        return null;
    }

    private int[] Stations()
    {
        var sources = new int[_end - _first];
        var count = 0;
        for (var op = _first; op < _end; op++)
        {
            if (_history.Source[op] >= 0) sources[count++] = _history.Source[op];
        }

        Array.Sort(sources, 0, count);
        var distinct = 0;
        for (var i = 0; i < count; i++)
        {
            if (i == 0 || sources[i] != sources[i - 1]) sources[distinct++] = sources[i];
        }

        return sources[..distinct];
    }

    private void Number()
    {
        var last = new Dictionary<int, int>();
        for (var i = 0; i < _ownStation.Length; i++)
        {
            var op = _first + i;
            var source = _history.Source[op];
            _sourceStation[i] = source >= 0 ? Array.BinarySearch(_stations, source) : -1;
            _ownStation[i] = _history.Writes[op] ? Array.BinarySearch(_stations, op) : -1;
            if (_sourceStation[i] >= 0) Use(_sourceStation[i], op);
            if (_ownStation[i] >= 0) Use(_ownStation[i], op);
            _seen[i] = -1;
            if (source == RegisterHistory.NoRead) continue;
            _lastRead[i] = last.GetValueOrDefault(_history.Key[op], -1);
            last[_history.Key[op]] = op;
        }

        void Use(int station, int op) => _firstUse[station] = Math.Min(_firstUse[station], op);
    }

    // Goes through the operations that have something to learn, from one on.
    private Contradiction? Pass(int from)
    {
        _again = int.MaxValue;
        _cursors.Reset();
        Span<int> now = new int[_width];
        var learnt = false;
        for (var op = from; op < _end; op++)
        {
            _at = op;
            var i = op - _first;
            var (source, station, own) = (_history.Source[op], _sourceStation[i], _ownStation[i]);
            if (_seen[i] < 0)
            {
                if (source >= _first && source < _end && source > op) return new Contradiction(source, source, op);
                if (station >= 0 && _firstUse[station] == op) Complete(station);
            }
            else if (!learnt && (station < 0 || _raised[station] <= _seen[i]) && (own < 0 || _raised[own] <= _seen[i]))
            {
                continue;
            }

            if (op == _first) now.Fill(CausalOrder.None);
            else Own(op - 1).CopyTo(now);
            if (station >= 0) CausalOrder.Join(now, StationClock(station));
            // What was forced before a compare-and-set's write is before its read as well.
            if (own >= 0) CausalOrder.Join(now, StationClock(own));
            if (source != RegisterHistory.NoRead && Force(op, source, now) is { } found) return found;
            now[_local] = op;
            var first = _seen[i] < 0;
            _seen[i] = _raises;
            learnt = !CausalOrder.Covers(Own(op), now);
            if (!learnt) continue;
            now.CopyTo(Own(op));
            if (first && own >= 0) _complete[_local] = own + 1;
            if (own >= 0) Raise(own, Own(op));
            if (!first && _causal is not null && _history.Writes[op]) PushOwn(op);
        }

        return null;
    }

    // Of the writes before the read that were before the session's last read of the key as well, each is before that one's source by now:
    // so that source stands for them.
    private Contradiction? Force(int read, int source, Span<int> now)
    {
        var station = _sourceStation[read - _first];
        var count = _sessions.Entries(_history.Key[read], _entries);
        for (var i = 0; i < count; i++)
        {
            Steps++;
            var entry = _entries[i];
            var writer = _history.SessionWrites[entry].Session;
            if (!_cursors.Advance(entry, writer == _session ? read - 1 : now[_sessions[writer]])) continue;
            if (Force(_cursors.Last(entry), source, station, read, now) is { } found) return found;
        }

        var previous = _lastRead[read - _first];
        return previous >= 0 ? Force(_history.Source[previous], source, station, read, now) : null;
    }

    private Contradiction? Force(int older, int source, int station, int read, Span<int> now)
    {
        if (older < 0 || older == source) return null;
        if (source == RegisterHistory.Initial) return new Contradiction(older, RegisterHistory.Initial, read);
        var writer = _history.Session[older];
        if (StationClock(station)[_sessions[writer]] >= older && !(writer == _history.Session[source] && older > source)) return null;
        Forced.Add(new ForcedEdge(older, source, read));
        _forcedInto.Add(station);
        if (Before(source, older)) return new Contradiction(older, source, read);
        ClockOf(older, _work);
        Raise(station, _work);
        CausalOrder.Join(now, StationClock(station));
        return null;
    }

    // Whether one write is before another by what is known so far.
    private bool Before(int first, int second)
    {
        if (first == second) return true;
        ClockOf(second, _work);
        return _work[_sessions[_history.Session[first]]] >= first;
    }

    // The stations of a session are complete up to one that is in the base of some operation gone through: their timestamps hold what is
    // known to be before them, and are kept so. Here those that come with a station that is read for the first time become complete.
    private void Complete(int station)
    {
        if (_causal is null)
        {
            ref var complete = ref _complete[_sessions[_history.Session[_stations[station]]]];
            for (; complete <= station; complete++)
            {
                if (complete > 0 && _history.Session[_stations[complete - 1]] == _history.Session[_stations[complete]])
                {
                    CausalOrder.Join(StationClock(complete), StationClock(complete - 1));
                }
            }

            return;
        }

        var clock = _causal.Clock(_stations[station]);
        _completing.Clear();
        for (var s = 0; s < _width; s++)
        {
            if (s == _local) continue;
            while (_complete[s] < _stationsStart[s + 1] && _stations[_complete[s]] <= clock[s]) _completing.Add(_complete[s]++);
        }

        if (_completing.Count > 1) _completing.Sort((a, b) => _causal.Rank(_stations[a]).CompareTo(_causal.Rank(_stations[b])));
        foreach (var next in _completing)
        {
            var own = _sessions[_history.Session[_stations[next]]];
            var into = StationClock(next);
            var known = _causal.Clock(_stations[next]);
            for (var s = 0; s < _width; s++)
            {
                if (s != own && known[s] >= 0) JoinLast(s, known[s], into);
                else if (s == own && next > _stationsStart[s]) CausalOrder.Join(into, StationClock(next - 1));
            }
        }
    }

    // What is before a write that was forced before a station may have grown since.
    private void RefreshForced()
    {
        _at = _end;
        if (_refreshed == _raises) return;
        _refreshed = _raises;
        for (var i = 0; i < Forced.Count; i++)
        {
            ClockOf(Forced[i].From, _work);
            Raise(_forcedInto[i], _work);
        }
    }

    // Adds to the timestamp of a station, and of all complete ones that have it in their base.
    private void Raise(int station, ReadOnlySpan<int> by)
    {
        if (CausalOrder.Covers(StationClock(station), by)) return;
        CausalOrder.Join(StationClock(station), by);
        _push.Push(station);
        while (_push.TryPop(out var raised))
        {
            _raised[raised] = ++_raises;
            if (_firstUse[raised] < _at) _again = Math.Min(_again, _firstUse[raised]);
            if (_causal is not null)
            {
                for (var s = 0; s < _width; s++) PushOn(raised, FirstAfter(s, _stations[raised]));
            }
            else if (raised + 1 < _complete[_sessions[_history.Session[_stations[raised]]]])
            {
                PushOn(raised, raised + 1);
            }
        }
    }

    private void PushOn(int raised, int station)
    {
        if (station < 0 || CausalOrder.Covers(StationClock(station), StationClock(raised))) return;
        CausalOrder.Join(StationClock(station), StationClock(raised));
        _push.Push(station);
    }

    // Complete stations that have one of the process's own writes in their base know what it knew. What it knows when it is gone through
    // first they learn when they become complete, which is later.
    private void PushOwn(int op)
    {
        for (var s = 0; s < _width; s++)
        {
            if (s != _local && FirstAfter(s, op) is >= 0 and var station) Raise(station, Own(op));
        }
    }

    // The first complete station of a session, other than the write itself, that has a write in its causal past; −1 if there is none.
    private int FirstAfter(int session, int write)
    {
        var low = _stationsStart[session];
        var high = _complete[session];
        var component = _history.Session[write];
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_stations[middle] != write && _causal!.Clock(_stations[middle])[component] >= write) high = middle;
            else low = middle + 1;
        }

        return low < _complete[session] ? low : -1;
    }

    private void Base(int write, Span<int> into)
    {
        if (_causal is not null)
        {
            _causal.Clock(write).CopyTo(into);
            return;
        }

        into.Fill(CausalOrder.None);
        into[_sessions[_history.Session[write]]] = write;
    }

    // The timestamp of any write: its base, and of each session the last station (or own operation) in that base.
    private void ClockOf(int write, Span<int> into)
    {
        Base(write, into);
        if (_causal is null)
        {
            JoinLast(_sessions[_history.Session[write]], write, into);
            return;
        }

        var clock = _causal.Clock(write);
        for (var s = 0; s < _width; s++)
        {
            if (clock[s] >= 0) JoinLast(s, clock[s], into);
        }
    }

    private void JoinLast(int session, int bound, Span<int> into)
    {
        if (session == _local)
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

        if (low > _stationsStart[session]) CausalOrder.Join(into, StationClock(low - 1));
    }

    private Span<int> StationClock(int station) => _clocks.AsSpan(station * _width, _width);

    private Span<int> Own(int op) => _own.AsSpan((op - _first) * _width, _width);
}

/// <summary>Why a process has no view.</summary>
/// <param name="Older">A write that must come before <paramref name="Newer"/> …</param>
/// <param name="Newer">… although this one must come before it; <see cref="RegisterHistory.Initial"/>: although a read found the initial
/// value.</param>
/// <param name="Because">The read.</param>
internal readonly record struct Contradiction(int Older, int Newer, int Because);

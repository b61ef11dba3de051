using Checker.Checkers.Lattice;

namespace Checker.Checkers.Objects;

/// <summary>
/// Registers read and written together, each value written once: exact for read-your-writes, monotonic writes and causal consistency, operation by operation,
/// for monotonic reads (<see cref="VersionOrder"/>), and for writes-follow-reads where few operations break causal consistency (<see cref="VersionDependencies"/>).
/// </summary>
/// <remarks>
/// What an operation must see under each of these models has a least choice, and to see more only adds what could be in the way: its sources (the updates that left
/// what it found) and its process's updates before it (read-your-writes), or all that the sources' processes updated before (monotonic writes), or its
/// causal past. Of what is seen all that write a register stand before the source of what was found there, so all constraints on the order are known,
/// and there is one iff they make no cycle. A cycle passes through sources: from one to another that comes later by itself, or that some update replaces which
/// comes at or after the first; so it is enough to look, for each register and process, at the last update that is seen. Within each process the order is that of
/// its rows; its own updates stand after what it had seen by then, and what stood before that in other processes. O(what was found by an
/// operation, squared, · processes).
/// </remarks>
internal sealed class VersionViews : TypeViews
{
    private const int MostBroken = 64; // rows, each of which takes a walk over all

    private readonly ObjectHistory _rows;
    private readonly VersionTraces _traces;
    private readonly CausalPasts _pasts;
    private readonly Grounds _grounds;
    private readonly int[] _end; // of each process: before which rows are seen
    private readonly bool _hasRoom; // for how far each row has seen each process
    private readonly HashSet<string> _kept = [];
    private int[] _clocks = [];

    /// <summary>Makes the views.</summary>
    public VersionViews(ObjectHistory rows, VersionTraces traces, Observed observed, long maxBytes)
    {
        (_rows, _traces, _grounds) = (rows, traces, new Grounds(rows, observed));
        _pasts = new CausalPasts(rows, observed, ordered: false);
        _end = new int[rows.ProcessCount];
        _hasRoom = (long)rows.Count * rows.ProcessCount * sizeof(int) <= Math.Min(maxBytes, int.MaxValue);
    }

    /// <inheritdoc/>
    public override string Algorithm => "versions of registers";

    /// <inheritdoc/>
    public override Anomaly? Refute(string model)
    {
        if (_traces.Baseless >= 0)
        {
            return _grounds.Because("ThinAir", [_traces.Baseless], [], "no update that it may have seen leaves what this shows, so no set of updates explains");
        }

        var decided = model switch
        {
            ModelNames.MonotonicReads => true,
            ModelNames.ReadYourWrites or ModelNames.MonotonicWrites => _hasRoom,
            ModelNames.Causal or ModelNames.WritesFollowReads => _hasRoom && !_pasts.IsCyclic,
            _ => false,
        };
        if (!decided || _kept.Contains(model)) return null;
        Anomaly? anomaly = null;
        if (model == ModelNames.MonotonicReads)
        {
            anomaly = new VersionOrder(_rows, _traces, _grounds).Refute();
        }
        else if (model == ModelNames.WritesFollowReads)
        {
            if (NotCausal() is not { } broken) return null;
            var dependencies = new VersionDependencies(_rows, _traces, _pasts, _grounds);
            for (var i = 0; i < broken.Count && anomaly is null; i++) anomaly = dependencies.Refute(broken[i]);
        }
        else
        {
            _clocks = model == ModelNames.Causal ? _pasts.Clocks() : SeenByProcess();
            for (var row = 0; row < _rows.Count && anomaly is null; row++) anomaly = Refute(model, row);
            _clocks = [];
        }

        if (anomaly is null) _kept.Add(model);
        return anomaly;
    }

    /// <inheritdoc/>
    public override bool Proves(string model, Allowance allowance) => _kept.Contains(model);

    // The rows that break causal consistency, which alone may break writes-follow-reads; null if there are many.
    private List<int>? NotCausal()
    {
        var broken = new List<int>();
        _clocks = _pasts.Clocks();
        for (var row = 0; row < _rows.Count && broken.Count <= MostBroken; row++)
        {
            if (Refute(ModelNames.Causal, row) is not null) broken.Add(row);
        }

        _clocks = [];
        return broken.Count <= MostBroken ? broken : null;
    }

    // For each row how far its process has seen each other one, the row itself included.
    private int[] SeenByProcess()
    {
        var width = _rows.ProcessCount;
        var clocks = new int[_rows.Count * width];
        for (var row = 0; row < _rows.Count; row++)
        {
            var clock = clocks.AsSpan(row * width, width);
            if (row > _rows.Start[_rows.Process[row]]) clocks.AsSpan((row - 1) * width, width).CopyTo(clock);
            else _rows.Start.AsSpan(0, width).CopyTo(clock);
            foreach (var (_, source) in _traces.Found[row])
            {
                if (source >= 0) clock[_rows.Process[source]] = Math.Max(clock[_rows.Process[source]], source + 1);
            }
        }

        return clocks;
    }

    private Anomaly? Refute(string model, int row)
    {
        var found = _traces.Found[row];
        if (found.Length == 0) return null;
        See(model, row, found);
        var after = new (int To, int By)[found.Length][];
        for (var a = 0; a < found.Length; a++)
        {
            var next = new List<(int, int)>();
            for (var b = 0; b < found.Length; b++)
            {
                if (Between(model, row, found[a].Source, found[b]) is { } by) next.Add((b, by));
            }

            after[a] = [.. next];
        }

        return VersionCycles.Find(after) is { } cycle ? Because(model, row, found, cycle) : null;
    }

    private void See(string model, int row, (int Register, int Source)[] found)
    {
        var width = _rows.ProcessCount;
        if (model == ModelNames.Causal)
        {
            _clocks.AsSpan(row * width, width).CopyTo(_end);
            return;
        }

        _rows.Start.AsSpan(0, width).CopyTo(_end);
        if (model == ModelNames.ReadYourWrites) _end[_rows.Process[row]] = row;
        foreach (var (_, source) in found)
        {
            if (source >= 0) _end[_rows.Process[source]] = Math.Max(_end[_rows.Process[source]], source + 1);
        }
    }

    // An update at or after the first source that stands before the second: that one itself, or one that it replaces; null if there is none. All that is
    // seen stands after what was there at first.
    private int? Between(string model, int row, int first, (int Register, int Source) second)
    {
        if (first == VersionTraces.AtFirst && second.Source != VersionTraces.AtFirst) return null;
        if (first != second.Source && first >= 0 && second.Source >= 0 && Comes(model, row, first, second.Source)) return second.Source;
        if (model == ModelNames.ReadYourWrites)
        {
            var own = _traces.LastWriter(second.Register, _rows.Process[row], row);
            if (own >= 0 && own != second.Source && Comes(model, row, first, own)) return own;
            foreach (var (_, source) in _traces.Found[row])
            {
                if (source < 0 || source == second.Source || !_traces.Written[source].Contains(second.Register)) continue;
                if (Comes(model, row, first, source)) return source;
            }

            return null;
        }

        for (var process = 0; process < _rows.ProcessCount; process++)
        {
            if (_end[process] == _rows.Start[process]) continue;
            var last = _traces.LastWriter(second.Register, process, _end[process]);
            if (last >= 0 && last != second.Source && Comes(model, row, first, last)) return last;
        }

        return null;
    }

    // Whether an update comes at or after a source in every order.
    private bool Comes(string model, int row, int source, int update)
    {
        if (source < 0 || source == update) return true;
        if (_rows.Process[source] == _rows.Process[update]) return source < update;
        return (model == ModelNames.Causal || _rows.Process[update] == _rows.Process[row])
            && source < _clocks[(update * _rows.ProcessCount) + _rows.Process[source]];
    }

    private Anomaly Because(string model, int row, (int Register, int Source)[] found, List<(int At, int By)> cycle)
    {
        var (members, edges) = (new List<int> { row }, new List<(int, int)>());
        foreach (var (at, by) in cycle)
        {
            var source = found[at].Source;
            Way(source, by, model == ModelNames.Causal);
            if (model == ModelNames.Causal) Way(by, row, any: true);
            else if (model == ModelNames.MonotonicWrites) members.Add(found.Select(static use => use.Source).First(other => other >= by && _rows.Process[other] == _rows.Process[by]));
        }

        return _grounds.Because(
            "ReplacedVersion", [.. members], [.. edges.Distinct()], "what an operation found was replaced by what else it must have seen, so nothing explains");

        // How one comes before the other: by the causal order, or by what the process of the later one had seen.
        void Way(int from, int to, bool any)
        {
            List<int> path = from < 0 || from == to ? [to] : _rows.Process[from] == _rows.Process[to] ? [from, to] : any ? _pasts.Way(from, to) : [from, .. SeenBy(from, to), to];
            members.AddRange(path);
            for (var i = 0; i + 1 < path.Count; i++) edges.Add((path[i], path[i + 1]));
        }
    }

    // A row of the update's process up to it that found what the source's process did at or after the source, and that.
    private int[] SeenBy(int source, int update)
    {
        for (var row = _rows.Start[_rows.Process[update]]; row <= update; row++)
        {
            foreach (var (_, other) in _traces.Found[row])
            {
                if (other >= source && _rows.Process[other] == _rows.Process[source]) return other == source ? [row] : [other, row];
            }
        }

        return [];
    }
}

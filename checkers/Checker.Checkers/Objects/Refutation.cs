using Checker.Checkers.Lattice;

namespace Checker.Checkers.Objects;

/// <summary>
/// Refutes a model by what results show, without a search: an element from nobody, an update that an operation must have seen and that its
/// result does not show, sums that fall, orders that contradict each other, an element removed twice. Sound, not complete; near linear in
/// the size of the results.
/// </summary>
internal sealed class Refutation
{
    private readonly string _model;
    private readonly ObjectHistory _rows;
    private readonly Observed _observed;
    private readonly AmountLists _amounts;
    private readonly Findings _findings;
    private readonly Grounds _grounds;

    /// <summary>Prepares the refutation of one model.</summary>
    public Refutation(string model, ObjectHistory rows, Observed observed, Findings findings)
    {
        (_model, _rows, _observed, _findings) = (model, rows, observed, findings);
        _amounts = new AmountLists(rows, observed);
        _grounds = new Grounds(rows, observed);
    }

    private bool IsCausal => _model is ModelNames.Causal or ModelNames.CausalConvergence or ModelNames.CausalMemory or ModelNames.Sequential;

    private bool HasViews => _model is ModelNames.Pram or ModelNames.CausalMemory or ModelNames.Sequential;

    private bool Grows => _model == ModelNames.MonotonicReads || HasViews || IsCausal;

    /// <summary>Why the model is broken; null if nothing was found.</summary>
    public Anomaly? Run(long maxBytes)
    {
        if (_observed.FromNobody >= 0)
        {
            return _grounds.Because("ThinAir", [_observed.FromNobody], [], "nobody inserted what this shows, so no set of updates explains");
        }

        return Own() ?? (IsCausal || _model == ModelNames.WritesFollowReads ? Cycle(_findings.Pasts) : null)
            ?? new Disagreement(_model, _rows, _observed, _grounds).Find(Grows, HasViews) ?? Unseen(maxBytes)
            ?? (_model is ModelNames.CausalConvergence or ModelNames.Sequential ? Arbitration() : null);
    }

    // An operation that shows what its own process does only later.
    private Anomaly? Own()
    {
        for (var row = 0; row < _rows.Count; row++)
        {
            foreach (var seen in _observed.Sees[row])
            {
                if (_rows.Process[seen] == _rows.Process[row] && seen >= row)
                    return _grounds.Because("OwnFuture", [row, seen], [(row, seen)], "an operation shows what its own process did only later, and so nothing explains");
            }
        }

        return null;
    }

    private Anomaly? Cycle(CausalPasts pasts)
    {
        if (!pasts.IsCyclic) return null;
        var cycle = pasts.Cycle();
        return _grounds.Because(
            "CyclicCO", [.. cycle], [.. cycle.Select((row, i) => (row, cycle[(i + 1) % cycle.Count]))],
            "each of these came before the next, and the last before the first, so no causal order explains");
    }

    // An update that an operation must have seen by the model, and that its result does not show.
    private Anomaly? Unseen(long maxBytes)
    {
        var width = _rows.ProcessCount;
        var clock = new int[width];
        int[]? clocks = null;
        if (IsCausal)
        {
            if ((long)_rows.Count * width * sizeof(int) <= Math.Min(maxBytes, int.MaxValue)) clocks = _findings.Pasts.Clocks();
            else if (!HasViews) return null;
        }

        var grown = new Dictionary<int, (HashSet<int> Seen, int Process)>();
        for (var row = 0; row < _rows.Count; row++)
        {
            var process = _rows.Process[row];
            var first = row == _rows.Start[process];
            if (clocks is not null)
            {
                clocks.AsSpan(row * width, width).CopyTo(clock);
            }
            else
            {
                if (first || !HasViews) _rows.Start.AsSpan(0, width).CopyTo(clock);
                if (SessionJudge.SeesOwn(_model)) clock[process] = row;
                if (HasViews || _model == ModelNames.MonotonicWrites)
                {
                    foreach (var seen in _observed.Sees[row])
                    {
                        ref var end = ref clock[_rows.Process[seen]];
                        end = Math.Max(end, seen + 1);
                    }
                }
            }

            if (_model == ModelNames.MonotonicReads && Shrinks(row, grown) is { } shrunk) return shrunk;
            if (_amounts.Beyond(row, clock) is { Count: > 0 } beyond) return Unseen(row, beyond);
        }

        return null;
    }

    private Anomaly Unseen(int row, List<int> beyond)
    {
        var (members, edges) = (new List<int>(beyond) { row }, new List<(int, int)>());
        foreach (var update in beyond)
        {
            var path = Way(update, row);
            members.AddRange(path);
            for (var i = 0; i + 1 < path.Count; i++) edges.Add((path[i], path[i + 1]));
        }

        var what = _observed.Bounds ? "it shows less than the updates that it must have seen sum up to" : "it does not show an update that it must have seen";
        return _grounds.Because("UnseenUpdate", [.. members], [.. edges], $"{what}, so nothing explains");
    }

    // How an update came to be seen: what was seen of its process, and by whom.
    private List<int> Way(int update, int row)
    {
        if (_rows.Process[update] == _rows.Process[row]) return [update, row];
        if (IsCausal) return _findings.Pasts.Way(update, row);
        for (var by = row; by >= _rows.Start[_rows.Process[row]]; by--)
        {
            foreach (var seen in _observed.Sees[by])
            {
                if (_rows.Process[seen] == _rows.Process[update] && seen >= update) return [.. new[] { update, seen, by, row }.Distinct()];
            }
        }

        return [update, row];
    }

    // A process that goes on without an update that it had seen. Looks at elements; sums are dealt with elsewhere.
    private Anomaly? Shrinks(int row, Dictionary<int, (HashSet<int> Seen, int Process)> grown)
    {
        if (!grown.TryGetValue(_rows.Object[row], out var known) || known.Process != _rows.Process[row])
            grown[_rows.Object[row]] = known = ([], _rows.Process[row]);
        if (_observed.Denies[row] is >= 0 and var denied && known.Seen.Contains(denied)) return Gone(row, denied);
        if (_observed.Shows[row] && !_observed.Bounds)
        {
            var still = _observed.Sees[row].ToHashSet();
            if (known.Seen.Any(seen => !still.Contains(seen))) return Gone(row, known.Seen.First(seen => !still.Contains(seen)));
        }

        foreach (var seen in _observed.Sees[row])
        {
            if (_observed.Amounts[seen] != 0) known.Seen.Add(seen);
        }

        return null;
    }

    private Anomaly Gone(int row, int update)
    {
        var by = _rows.Start[_rows.Process[row]];
        while (_rows.Object[by] != _rows.Object[row] || !_observed.Sees[by].Contains(update)) by++;
        return _grounds.Because("ForgottenUpdate", [update, by, row], [(update, by), (by, row)], "a process goes on without an update that it had seen, so nothing explains");
    }

    private Anomaly? Arbitration()
    {
        if (!_observed.Ordered) return null;
        var ordered = _findings.OrderedPasts;
        if (!ordered.IsCyclic) return null;
        var cycle = ordered.Cycle();
        var members = cycle.ToHashSet();

        // Who listed one update before the other.
        for (var i = 0; i < cycle.Count; i++)
        {
            var (from, to) = (cycle[i], cycle[(i + 1) % cycle.Count]);
            if (_rows.Process[from] == _rows.Process[to] || _observed.Sees[to].Contains(from)) continue;
            members.Add(Enumerable.Range(0, _rows.Count).First(row => Lists(row, from, to)));
        }

        return _grounds.Because(
            "CyclicArbitration", [.. members], [.. cycle.Select((row, i) => (row, cycle[(i + 1) % cycle.Count]))],
            "by what is listed before what there is no one order of all updates, so nothing explains");
    }

    private bool Lists(int row, int first, int second)
    {
        var at = Array.IndexOf(_observed.Sees[row], first);
        return at >= 0 && at + 1 < _observed.Sees[row].Length && _observed.Sees[row][at + 1] == second;
    }
}

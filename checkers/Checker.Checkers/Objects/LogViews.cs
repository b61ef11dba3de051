using Checker.Checkers.Lattice;
using Checker.Checkers.Specs;
using Checker.Histories.Values;

namespace Checker.Checkers.Objects;

/// <summary>
/// Logs and lists by their lengths, and by the order of entries that offsets tell. What was sent at an offset saw as many entries; a poll saw at least
/// those up to
/// the last that it lists, and at most those before what it asked for in vain; a list is read whole.
/// </summary>
/// <remarks>
/// <para>Every model is broken by a length that all updates but the process's own later ones do not reach, monotonic reads by lengths that shrink.</para>
/// <para>If all offsets that are told agree, without gaps, and keep each process's order, then the entries have one order, those of which nothing is
/// told at its
/// end, and each operation may see a prefix of it: no longer than its process's next send, which so stands after all that was seen before it. Read-
/// your-writes takes prefixes that hold the
/// process's sends, monotonic reads such as grow; the least ones are chosen. Prefixes hold with an entry all that its process sent before, and of one log,
/// since what was seen before a send is a shorter prefix, all that its process had seen by then. O(size of the history). Where the process's own sends do not
/// let it see such a prefix, numbers alone may do: <see cref="EntryCounts"/>.</para>
/// </remarks>
internal sealed class LogViews : TypeViews
{
    private const int Nothing = -1;
    private const int Several = -2;

    private readonly ObjectHistory _rows;
    private readonly Dictionary<(int Object, ValueId Value), int> _sends = [];
    private readonly Dictionary<(int Object, long Place), int> _order = [];
    private readonly long[] _place; // of each send in its log; −1 if it is not known
    private readonly long[] _least; // how many entries each row saw
    private readonly long[] _most;
    private readonly int[] _count; // of the sends to each log
    private readonly int[] _shown; // the send whose entry each row shows, or one of the numbers below
    private IGrouping<int, int>[]? _entries; // of each log, in its order
    private bool _isOrdered = true;

    private LogViews(ObjectHistory rows)
    {
        _rows = rows;
        (_place, _least, _most, _count) = (new long[rows.Count], new long[rows.Count], new long[rows.Count], new int[rows.ObjectCount]);
        _shown = new int[rows.Count];
        Array.Fill(_place, -1);
        Array.Fill(_shown, Nothing);
        Array.Fill(_most, long.MaxValue);
    }

    /// <inheritdoc/>
    public override string Algorithm => "lengths and offsets";

    /// <summary>The views of a history of logs; null if it is of another type, or something is sent twice.</summary>
    public static new LogViews? Of(ObjectHistory rows, Observed? observed, CheckOptions options)
    {
        if (rows.Type.Sequential.Name is not ("log" or "append-list") || observed is null) return null;
        var views = new LogViews(rows);
        return views.Fill(observed, Malformations.ItemsOf(rows.History.Values, Linearizability.Linearizability.InitialOf(rows.History, options)).Length) ? views : null;
    }

    /// <inheritdoc/>
    public override Anomaly? Refute(string model)
    {
        if (!SessionJudge.Judges(model)) return null;
        var grounds = new Grounds(_rows, observed: null);
        for (var process = 0; process < _rows.ProcessCount; process++)
        {
            var later = new Dictionary<int, int>();
            for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++) Count(row, 1);
            var longest = new Dictionary<int, int>();
            for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++)
            {
                var target = _rows.Object[row];
                if (_least[row] > _count[target] - later.GetValueOrDefault(target))
                {
                    return grounds.Because("ImpossibleLength", [row], [], "it shows a longer log than all entries that it may have seen make, so nothing explains");
                }

                Count(row, -1);
                if (model != ModelNames.MonotonicReads || _rows.Optional[row]) continue;
                if (!longest.TryGetValue(target, out var before)) before = row;
                else if (_most[row] < _least[before])
                {
                    return grounds.Because(
                        "FallingLength", [before, row], [(before, row)], "a process saw a log grow shorter, though what was seen goes on to be seen, so nothing explains");
                }

                longest[target] = _least[row] > _least[before] ? row : before;
            }

            void Count(int row, int sign)
            {
                if (_rows.Update[row]) later[_rows.Object[row]] = later.GetValueOrDefault(_rows.Object[row]) + sign;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override bool Proves(string model, Allowance allowance)
    {
        if (model != ModelNames.WritesFollowReads) return Enumerable.Range(0, _rows.ProcessCount).All(process => Proves(model, process, allowance));
        return _isOrdered && _rows.ObjectCount == 1 && allowance.Step(0, _rows.Count)
            && Enumerable.Range(0, _rows.ProcessCount).All(process => HasPrefixes(process, own: false, grows: false));
    }

    /// <inheritdoc/>
    public override bool Proves(string model, int process, Allowance allowance)
    {
        if (!_isOrdered || !allowance.Step(0, _rows.Start[process + 1] - _rows.Start[process])) return false;
        return model switch
        {
            ModelNames.ReadYourWrites => HasPrefixes(process, own: true, grows: false) || HasCounts(process, own: true, allowance),
            ModelNames.MonotonicReads => HasPrefixes(process, own: false, grows: true),
            ModelNames.MonotonicWrites => HasPrefixes(process, own: false, grows: false) || HasCounts(process, own: false, allowance),
            _ => false,
        };
    }

    private bool Fill(Observed observed, int initial)
    {
        for (var row = 0; row < _rows.Count; row++)
        {
            if (!_rows.Update[row]) continue;
            _count[_rows.Object[row]]++;
            var op = _rows.Original[row];
            if (!_sends.TryAdd((_rows.Object[row], _rows.History.Input[op]), row)) return false;
            if (_rows.Optional[row]) continue;
            if (Offset(op) is not { } offset) continue;
            if (offset < initial) return false;
            (_least[row], _most[row]) = (offset - initial, offset - initial);
            Place(row, offset - initial);
        }

        for (var row = 0; row < _rows.Count; row++)
        {
            if (_rows.Update[row] || _rows.Optional[row]) continue;
            foreach (var (offset, element) in observed.Entries(row))
            {
                if (offset < initial) continue; // of what was there at first
                _least[row] = Math.Max(_least[row], offset - initial + 1);
                if (!_sends.TryGetValue((_rows.Object[row], element), out var send))
                {
                    _isOrdered = false;
                    continue;
                }

                Place(send, offset - initial);
                _shown[row] = _shown[row] == Nothing ? send : Several;
            }

            // A list is read whole.
            var end = observed.Bounds ? observed.SumOf(row) : observed.Entries(row).Count();
            if (end < long.MaxValue) _most[row] = Math.Max(0, end - initial);
            if (end < initial || observed.Entries(row).Any(entry => entry.Offset < initial)) _isOrdered = false;
        }

        if (_isOrdered) CheckOrder();
        return true;
    }

    private long? Offset(int op)
    {
        if (_rows.Type.Sequential.Name != "log") return null;
        var (values, output) = (_rows.History.Values, _rows.History.Output[op]);
        if (output == _rows.History.Input[op]) return null;
        if (values.Kind(output) == ValueKind.List && values.Items(output) is [var first, var sent] && sent == _rows.History.Input[op]) output = first;
        return values.TryGetInteger(output, out var offset) ? offset : null;
    }

    private void Place(int row, long place)
    {
        if (_place[row] == place) return;
        if (_place[row] >= 0 || !_order.TryAdd((_rows.Object[row], place), row)) _isOrdered = false;
        _place[row] = place;
    }

    // No gaps, and each process's sends in its order.
    private void CheckOrder()
    {
        var counts = new int[_rows.ObjectCount];
        foreach (var (target, _) in _order.Keys) counts[target]++;
        _isOrdered = _order.Keys.All(key => key.Place < counts[key.Object]);
        var last = new Dictionary<int, (int Process, long Place)>();
        for (var row = 0; row < _rows.Count; row++)
        {
            if (!_rows.Update[row] || (_rows.Optional[row] && _place[row] < 0)) continue;
            var place = _place[row] < 0 ? long.MaxValue : _place[row];
            var before = last.GetValueOrDefault(_rows.Object[row], (-1, -1));
            if (before.Item1 == _rows.Process[row] && before.Item2 >= place && _place[row] >= 0) _isOrdered = false;
            last[_rows.Object[row]] = (_rows.Process[row], place);
        }
    }

    private bool HasPrefixes(int process, bool own, bool grows)
    {
        // How much may be seen: backwards, up to the process's next send of the log.
        var ends = new long[_rows.Start[process + 1] - _rows.Start[process]];
        var next = new Dictionary<int, long>();
        for (var row = _rows.Start[process + 1] - 1; row >= _rows.Start[process]; row--)
        {
            if (_place[row] >= 0) next[_rows.Object[row]] = _place[row];
            ends[row - _rows.Start[process]] = Math.Min(_most[row], next.GetValueOrDefault(_rows.Object[row], long.MaxValue));
        }

        var floors = new Dictionary<int, long>();
        for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++)
        {
            if (_rows.Optional[row]) continue;
            var floor = floors.GetValueOrDefault(_rows.Object[row]);
            var seen = Math.Max(_least[row], floor);
            if (seen > ends[row - _rows.Start[process]]) return false;
            if (grows) floor = seen;
            if (own && _rows.Update[row]) floor = _place[row] < 0 ? long.MaxValue : Math.Max(floor, _place[row] + 1);
            if (grows || own) floors[_rows.Object[row]] = floor;
        }

        return true;
    }

    private bool HasCounts(int process, bool own, Allowance allowance)
    {
        if (_rows.Type.Sequential.Name != "log" || !allowance.Step(0, _rows.Count)) return false;
        _entries ??= [.. _order.OrderBy(static entry => entry.Key.Place).GroupBy(static entry => entry.Key.Object, static entry => entry.Value)];
        var counts = new Dictionary<int, EntryCounts>();
        foreach (var entries in _entries) counts.Add(entries.Key, new EntryCounts(_rows, entries, process, own));
        for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++)
        {
            if (_rows.Optional[row]) continue;
            var target = _rows.Object[row];
            if (!counts.TryGetValue(target, out var log)) counts.Add(target, log = new EntryCounts(_rows, [], process, own));
            if (!allowance.Step(0, _rows.ProcessCount)) return false;
            if (_rows.Update[row])
            {
                if (!log.Add(row, _least[row] == _most[row] ? _least[row] : null)) return false;
                continue;
            }

            if (_shown[row] == Several) return false;
            if (!(_shown[row] < 0 ? log.ExplainsNothing(_most[row]) : log.Explains(_shown[row], _place[_shown[row]], _most[row]))) return false;
        }

        return true;
    }
}

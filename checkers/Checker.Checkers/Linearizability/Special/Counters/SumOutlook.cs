namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// What will be needed: a read that is still to find its value finds it only if the counter has not risen by more than what can take it down again before
/// the read ends makes good, nor fallen by more than what can take it up.
/// </summary>
internal sealed class SumOutlook
{
    private readonly SumEvents _events;
    private readonly OpenSums _open;
    private readonly SumShape _shape;
    private readonly long[] _rise; // by row of a read: by how much all rises may have come to before it
    private readonly long[] _fall; // and all falls
    private readonly long[] _risesFrom; // by row: the least of it from there on
    private readonly long[] _fallsFrom;

    public SumOutlook(SumEvents events, OpenSums open, SumShape shape)
    {
        (_events, _open, _shape) = (events, open, shape);
        var rows = events.Rows;
        (_rise, _fall) = (GC.AllocateUninitializedArray<long>(rows), GC.AllocateUninitializedArray<long>(rows));
        var (up, down) = (events.Initial, -events.Initial);
        for (var time = 0; time < events.Count; time++)
        {
            var entry = events[time];
            var row = entry < 0 ? ~entry : entry;
            if (events.Kind(row) != SumKind.Read)
            {
                if (entry < 0) continue;
                up += Math.Max(0, events.Value(row));
                down += Math.Max(0, -events.Value(row));
            }
            else if (entry < 0)
            {
                (_rise[row], _fall[row]) = (events.Value(row) + down, up - events.Value(row));
            }
        }

        (_risesFrom, _fallsFrom) = (GC.AllocateUninitializedArray<long>(rows + 1), GC.AllocateUninitializedArray<long>(rows + 1));
        (_risesFrom[rows], _fallsFrom[rows]) = (long.MaxValue, long.MaxValue);
        for (var row = rows - 1; row >= 0; row--)
        {
            var isRead = events.Kind(row) == SumKind.Read;
            _risesFrom[row] = isRead ? Math.Min(_risesFrom[row + 1], _rise[row]) : _risesFrom[row + 1];
            _fallsFrom[row] = isRead ? Math.Min(_fallsFrom[row + 1], _fall[row]) : _fallsFrom[row + 1];
        }
    }

    /// <summary>Whether reads count that have not begun.</summary>
    public bool LooksAhead { get; set; } = true;

    /// <summary>Whether some read can never find its value.</summary>
    public bool IsHopeless(ReadOnlySpan<ulong> record)
    {
        var rises = (long)record[SumShape.Rises];
        var falls = rises - ((long)record[0] - _events.Initial);
        if (LooksAhead && (rises > _risesFrom[_open.Rows] || falls > _fallsFrom[_open.Rows])) return true;
        foreach (var slot in _open.Reads)
        {
            var row = _open.Read(slot);
            if ((rises > _rise[row] || falls > _fall[row]) && !_shape.HasRead(record, slot)) return true;
        }

        return false;
    }
}

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// The configurations in which a counter may be at a time, whatever was read before: of the changes of one amount that are open those that end first have
/// taken effect, those of unknown outcome may have added anything that some of them come to and are left all the same, and every read has found its value.
/// One of these is at least as good as whatever it is in truth.
/// </summary>
internal sealed class SumStart(SumEvents events, OpenSums open, SumShape shape)
{
    private const int WaysForEach = 16;

    private readonly ulong[] _record = new ulong[shape.Width];
    private readonly HashSet<(long Rises, long Falls)> _unknown = [(0, 0)];
    private long _ways;

    /// <summary>Adds them; false if they are too many.</summary>
    public bool Fill(SumConfigurations configurations, int most)
    {
        _record[0] = (ulong)events.Initial;
        for (var time = 0; time < open.Time; time++)
        {
            if (events[time] < 0 && events.Kind(~events[time]) == SumKind.Change) SumShape.Add(_record, events.Value(~events[time]));
        }

        foreach (var slot in open.Reads) shape.Read(_record, slot);
        return AddUnknown(most) && Choose(0, configurations, most);
    }

    private bool AddUnknown(int most)
    {
        for (var kind = 0; kind < events.Amounts.Length; kind++)
        {
            var (amount, begun) = (events.Amounts[kind], open.Begun[kind]);
            if ((long)begun * _unknown.Count > most) return false;
            foreach (var (rises, falls) in _unknown.ToArray())
            {
                for (var count = 1; count <= begun; count++) _unknown.Add((rises + (count * Math.Max(0, amount)), falls + (count * Math.Max(0, -amount))));
            }
        }

        return true;
    }

    // Of the open changes from one on so many of each amount.
    private bool Choose(int from, SumConfigurations configurations, int most)
    {
        if (_ways++ > (long)most * WaysForEach) return false;
        if (from == open.Changes.Length)
        {
            foreach (var (rises, falls) in _unknown)
            {
                var (value, risen) = (_record[0], _record[SumShape.Rises]);
                SumShape.Add(_record, rises);
                SumShape.Add(_record, -falls);
                configurations.Add(_record, -1);
                (_record[0], _record[SumShape.Rises]) = (value, risen);
            }

            return configurations.Count <= most;
        }

        var amount = open.Amount(open.Changes[from]);
        var to = from;
        while (to < open.Changes.Length && open.Amount(open.Changes[to]) == amount) to++;
        if (!Choose(to, configurations, most)) return false;
        var before = (_record[0], _record[SumShape.Rises]);
        for (var at = from; at < to; at++)
        {
            SumShape.Change(_record, open.Changes[at]);
            SumShape.Add(_record, amount);
            if (!Choose(to, configurations, most)) return false;
        }

        for (var at = from; at < to; at++) SumShape.Unchange(_record, open.Changes[at]);
        (_record[0], _record[SumShape.Rises]) = before;
        return true;
    }
}

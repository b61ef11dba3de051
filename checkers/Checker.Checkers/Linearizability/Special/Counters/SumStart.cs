using System.Runtime.InteropServices;

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
    private readonly Dictionary<long, long> _rises = new() { [0] = 0 }; // by what changes of unknown outcome came to: by how much some of them rose at least
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
            if ((long)begun * _rises.Count > most) return false;
            foreach (var (sum, rise) in _rises.ToArray())
            {
                for (var count = 1; count <= begun; count++)
                {
                    ref var least = ref CollectionsMarshal.GetValueRefOrAddDefault(_rises, sum + (count * amount), out var known);
                    var risen = rise + (count * Math.Max(0, amount));
                    if (!known || risen < least) least = risen;
                }
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
            var (value, risen) = (_record[0], _record[SumShape.Rises]);
            foreach (var (sum, rise) in _rises)
            {
                _record[0] = value + (ulong)sum;
                _record[SumShape.Rises] = risen + (ulong)rise;
                _record[SumShape.Before] = (ulong)sum;
                configurations.Add(_record, -1);
            }

            (_record[0], _record[SumShape.Rises]) = (value, risen);
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

using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special.Stacks;

/// <summary>
/// Repairs pairs of push and pop that cannot be nested, by local search: around one conflict after another, elements of it exchange their pops
/// with others as long as that leaves less conflict, and now and then although it leaves more. What was exchanged stays if in a wider
/// stretch around it there is less conflict than before.
/// </summary>
/// <remarks>
/// The chances come from a fixed sequence, so that the outcome is always the same. A step is an element nested. Nothing is ever concluded
/// from a failure.
/// </remarks>
/// <param name="pairs">The pairs, which are changed.</param>
/// <param name="events">How many events there are.</param>
/// <param name="meter">What the search may spend.</param>
/// <param name="attempt">The number of the attempt; each has chances of its own.</param>
internal sealed class StackRepair(StackPairs pairs, int events, StepMeter meter, int attempt)
{
    private const int Rounds = 100;
    private const int Patience = 16; // rounds without less conflict
    private const int Margin = 20;
    private const int Around = 300; // how much wider the stretch is in which there must be less conflict
    private const int Longest = 2000;
    private const int Exchanges = 600; // tried around one conflict, at first

    private readonly List<(int One, int Other)> _swaps = [];
    private int _heat; // how readily more conflict is accepted
    private ulong _chance = 0x9E3779B97F4A7C15 * (ulong)((2 * attempt) + 1);

    /// <summary>Repairs; false if there is still a conflict when the budget or all patience is spent.</summary>
    public bool Run()
    {
        var (least, patience) = (int.MaxValue, Patience);
        for (var round = 0; round < Rounds; round++)
        {
            var conflicts = new StackWindow(pairs, 0, events, events).Conflicts();
            meter.Steps += pairs.Count;
            if (conflicts.Cost == 0) return true;
            if (conflicts.Cost < least) (least, patience) = (conflicts.Cost, Patience);
            else if (--patience == 0) return false;
            _heat = 2 + ((Patience - patience) % 4);
            var done = new List<(int From, int To)>();
            foreach (var conflict in conflicts.Found)
            {
                var (from, to) = Stretch(conflict, whole: round % 2 == 1);
                (from, to) = (from - (Margin * (1 + (round / 2))), to + (Margin * (1 + (round / 2))));
                if (done.Exists(other => other.From <= to && from <= other.To)) continue;
                if (meter.Spent() is not null) return false;
                done.Add((from, to));
                Exchange(from, to, Exchanges * (1 + (round / 2)));
            }
        }

        return false;
    }

    // The time that a conflict is about: what is in the way, and that end of the bottom element's time which contradicts it, or all of it.
    private static (int From, int To) Stretch(in StackConflict conflict, bool whole)
    {
        var bottom = conflict.Bottom;
        var (from, to) = (conflict.InTheWay.Min(other => other.PushInvoke), conflict.InTheWay.Max(other => other.PopReturn));
        var popped = conflict.InTheWay.Any(other => other.PopInvoke > bottom.PopReturn);
        if (whole) (from, to) = (Math.Min(from, bottom.PushInvoke), Math.Max(to, bottom.PopReturn));
        else if (popped) from = Math.Min(Math.Max(from, bottom.PushReturn), bottom.PopInvoke);
        else to = Math.Max(Math.Min(to, bottom.PopInvoke), bottom.PushReturn);
        if (to - from <= Longest) return (from, to);
        var middle = popped ? bottom.PopReturn : bottom.PushInvoke;
        return (Math.Max(from, middle - (Longest / 2)), Math.Min(to, middle + (Longest / 2)));
    }

    private void Exchange(int from, int to, int exchanges)
    {
        var wide = new StackWindow(pairs, from - Around, to + Around, events);
        var before = Conflicts(wide).Cost;
        var window = new StackWindow(pairs, from, to, events);
        var conflicts = Conflicts(window);
        var (least, kept) = (conflicts.Cost, 0);
        meter.Steps += pairs.Count / 8;
        _swaps.Clear();
        for (var i = 0; i < exchanges && conflicts.Cost > 0 && meter.Spent() is null; i++)
        {
            var (one, other) = Choose(window, conflicts);
            if (!pairs.CanSwap(one, other)) continue;
            var since = _swaps.Count;
            Swap(one, other);
            if (Chance(3) == 0)
            {
                // A second exchange at once, such as a pop of unknown outcome for what is left without one.
                var next = Chance(2) == 0 ? one : other;
                var others = window.Others(next, loose: pairs.IsLoose(next) && Chance(2) == 0);
                if (others.Count > 0 && others[Chance(others.Count)] is var third && pairs.CanSwap(next, third)) Swap(next, third);
            }

            var then = Conflicts(window);
            if (!Accept(then.Cost - conflicts.Cost))
            {
                Undo(since);
                continue;
            }

            conflicts = then;
            if (conflicts.Cost >= least) continue;
            (least, kept) = (conflicts.Cost, _swaps.Count);
            if (least > 0 || Conflicts(wide).Cost < before) continue;
            Undo(0); // no better than before around it: another way
            (conflicts, kept) = (Conflicts(window), 0);
            least = conflicts.Cost;
        }

        Undo(kept);
        if (kept > 0 && Conflicts(wide).Cost > before) Undo(0);
    }

    private void Swap(int one, int other)
    {
        pairs.Swap(one, other);
        _swaps.Add((one, other));
    }

    private StackConflicts Conflicts(StackWindow window)
    {
        meter.Steps += window.Count;
        return window.Conflicts();
    }

    // An element of a conflict, and another one.
    private (int One, int Other) Choose(StackWindow window, StackConflicts conflicts)
    {
        var conflict = conflicts.Found[Chance(conflicts.Found.Count)];
        var at = Chance(conflict.InTheWay.Length + 1);
        var one = (at == 0 ? conflict.Bottom : conflict.InTheWay[at - 1]).Push;
        var others = window.Others(one, loose: pairs.IsLoose(one) && Chance(2) == 0);
        return others.Count == 0 ? (one, one) : (one, others[Chance(others.Count)]);
    }

    private bool Accept(int more) => more <= 0 || (more < 12 && Chance(1024) < 1024 >> (3 * more / _heat));

    private void Undo(int kept)
    {
        for (var i = _swaps.Count - 1; i >= kept; i--) pairs.Swap(_swaps[i].One, _swaps[i].Other);
        _swaps.RemoveRange(kept, _swaps.Count - kept);
    }

    // A number below another one (xorshift, Marsaglia 2003).
    private int Chance(int below)
    {
        _chance ^= _chance << 13;
        _chance ^= _chance >> 7;
        _chance ^= _chance << 17;
        return (int)((_chance >> 33) % (ulong)below);
    }
}

using Checker.Checkers.Lattice;

namespace Checker.Checkers.Objects;

/// <summary>
/// Sets, elements added and removed any number of times, by updates whose results say nothing: what the last seen
/// update of an element did is what is found, by one answer about it or by a read of all.
/// </summary>
/// <remarks>
/// <para>Any model is broken by an element found (or missing) that nobody put (or took) there, at first or later, but the process itself later.
/// Monotonic writes ask no more of sets that are asked for one element at a time: the answer sees what one process did up to an update that did it.
/// Writes-follow-reads of such: the answer sees such an update that began before the answer was there, and what the update's process had seen by then,
/// which stands before it; nothing then comes round, since that would go back in time.</para>
/// <para>Read-your-writes: if the process's own last update of the element did the other thing, another's must stand after that: not one that the process had
/// seen before, as own updates stand after what was seen by then, nor one that its own process made before such a one. Nothing else ties it down, as only own
/// updates are seen besides; of several elements together neither, as whatever must stand after such an update is an own one after the last of that
/// element. So a process needs as many such updates as it made own ones that it did not find; fewer break the model. Monotonic reads: what was
/// seen goes on to be seen, so each answer that changes takes one more update, and fewer break the model; if each can take effect within its own time and
/// before the answer was there, those times are the order. O(processes · log rows) for each answer.</para>
/// </remarks>
internal sealed class SetViews : TypeViews
{
    private readonly ObjectHistory _rows;
    private readonly SetAnswers _answers;
    private readonly Grounds _grounds;

    private SetViews(ObjectHistory rows, SetAnswers answers) => (_rows, _answers, _grounds) = (rows, answers, new Grounds(rows, observed: null));

    /// <inheritdoc/>
    public override string Algorithm => "updates of each element";

    /// <summary>The views of a history of sets; null if it is of another type, or updates say what they found.</summary>
    public static SetViews? Of(ObjectHistory rows, CheckOptions options) => SetAnswers.Of(rows, options) is { } answers ? new SetViews(rows, answers) : null;

    /// <inheritdoc/>
    public override Anomaly? Refute(string model)
    {
        if (!SessionJudge.Judges(model)) return null;
        for (var row = 0; row < _rows.Count; row++)
        {
            foreach (var (element, present) in _answers.Of(row))
            {
                if (_answers.AtFirst(element) == present || MaySeeAny(row, element, present)) continue;
                return _grounds.Because("ThinAir", [row], [], "nobody did before it what this shows, so no set of updates explains");
            }
        }

        return model == ModelNames.ReadYourWrites ? TooFew(own: true) : model == ModelNames.MonotonicReads ? TooFew(own: false) : null;
    }

    /// <inheritdoc/>
    public override bool Proves(string model, Allowance allowance) => model switch
    {
        ModelNames.MonotonicWrites => !_answers.HasReads,
        ModelNames.WritesFollowReads => !_answers.HasReads && Enumerable.Range(0, _rows.Count).All(BeganBefore),
        _ => Enumerable.Range(0, _rows.ProcessCount).All(process => Proves(model, process, allowance)),
    };

    /// <inheritdoc/>
    public override bool Proves(string model, int process, Allowance allowance) => model switch
    {
        ModelNames.ReadYourWrites => FollowsOwn(process, allowance),
        ModelNames.MonotonicReads => Alternates(process, allowance),
        _ => false,
    };

    private bool MaySeeAny(int row, int element, bool present)
    {
        foreach (var updates in _answers.Updates(element, present))
        {
            if (MayBeSeen(updates[0], row)) return true;
        }

        return false;
    }

    private bool MayBeSeen(int update, int row) => _rows.Process[update] != _rows.Process[row] || update < row;

    // Whether an update that explains what a row found began before the row ended.
    private bool BeganBefore(int row)
    {
        foreach (var (element, present) in _answers.Of(row))
        {
            if (_answers.AtFirst(element) != present && !_answers.Updates(element, present).Any(rows => MayBeSeen(rows[0], row) && Began(rows[0]) < Ended(row))) return false;
        }

        return true;
    }

    // The answers for each of which a process needs an update that it had not seen, with its own last update of the element if that counts.
    private IEnumerable<(int Row, int Element, bool Present, int Own)> Needs(int process, bool own)
    {
        var last = new Dictionary<int, (int Row, bool Present, bool Fresh)>();
        for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++)
        {
            if (_rows.Update[row])
            {
                if (own) last[_answers.ElementOf(row)] = (row, _answers.Puts(row), false);
                continue;
            }

            for (var i = 0; i < _answers.Of(row).Length; i++)
            {
                var (element, present) = _answers.Of(row)[i];
                if (!last.TryGetValue(element, out var known)) known = (-1, _answers.AtFirst(element), false);
                if (known.Present == present || known.Fresh) continue;
                yield return (row, element, present, known.Row);

                // Its own updates are seen whether or not others' are: until the next one both answers can be had.
                last[element] = own ? known with { Fresh = true } : (row, present, false);
            }
        }
    }

    private Anomaly? TooFew(bool own)
    {
        for (var process = 0; process < _rows.ProcessCount; process++)
        {
            var needs = new Dictionary<(int Element, bool Present), List<int>>();
            foreach (var (row, element, present, _) in Needs(process, own))
            {
                if (!needs.TryGetValue((element, present), out var members)) needs.Add((element, present), members = []);
                members.Add(row);
                var others = _answers.Updates(element, present).Where(rows => !own || _rows.Process[rows[0]] != process);
                if (members.Count <= others.Sum(static rows => rows.Count)) continue;
                return own ? Unseen(members, element) : Changing(members, element);
            }
        }

        return null;
    }

    private Anomaly Unseen(List<int> answers, int element)
    {
        var own = answers.ConvertAll(row => LastOwn(row, element));
        return _grounds.Because(
            "UnseenUpdate", [.. answers, .. own.Where(static row => row >= 0)], [.. own.Zip(answers).Where(static pair => pair.First >= 0)],
            "after its own updates a process finds what too few of the others did, so nothing explains");
    }

    private int LastOwn(int row, int element)
    {
        for (var own = row - 1; own >= _rows.Start[_rows.Process[row]]; own--)
        {
            if (_rows.Update[own] && _answers.ElementOf(own) == element) return own;
        }

        return -1;
    }

    // All answers about the element up to the last, so that each change is there.
    private Anomaly Changing(List<int> answers, int element)
    {
        var (changes, last) = (new List<int>(), (bool?)null);
        for (var row = _rows.Start[_rows.Process[answers[0]]]; row <= answers[^1]; row++)
        {
            foreach (var (asked, present) in _answers.Of(row))
            {
                if (asked != element || present == last) continue;
                changes.Add(row);
                last = present;
            }
        }

        return _grounds.Because(
            "ForgottenUpdate", [.. changes], [.. changes.Zip(changes.Skip(1))],
            "what a process finds changes more often than it was changed, though what was seen goes on to be seen, so nothing explains");
    }

    // Read-your-writes: for each need an update that stands after the process's own last one, best one that overlaps what lies between that and the answer.
    private bool FollowsOwn(int process, Allowance allowance)
    {
        var seen = new Dictionary<int, List<(int By, int Update)>>();
        foreach (var (row, element, present, own) in Needs(process, own: true))
        {
            var (best, rank) = (-1, long.MaxValue);
            foreach (var updates in _answers.Updates(element, present))
            {
                if (!allowance.Step(0)) return false;
                var source = _rows.Process[updates[0]];
                if (source == process) continue;

                // Not what stands before an update that had been seen before its own.
                var at = First(updates, update => update > LastSeen(source, own));
                if (at == updates.Count) continue;
                Rank(updates[at], 1L << 32);
                at = Math.Max(at, First(updates, update => own < 0 || Ended(update) > Began(own)));
                if (at < updates.Count && Began(updates[at]) < Ended(row)) Rank(updates[at], 0);
            }

            if (best < 0) return false;
            if (!seen.TryGetValue(_rows.Process[best], out var all)) seen.Add(_rows.Process[best], all = []);
            all.Add((row, Math.Max(best, all.Count > 0 ? all[^1].Update : -1)));

            void Rank(int update, long more)
            {
                if (Began(update) + more < rank) (best, rank) = (update, Began(update) + more);
            }
        }

        return true;

        int LastSeen(int source, int own)
        {
            var at = !seen.TryGetValue(source, out var all) ? 0 : First(all, entry => entry.By >= own);
            return at == 0 ? -1 : all![at - 1].Update;
        }
    }

    // Monotonic reads: for each need an update that can have taken effect, within its own time, after the last that was seen of the element.
    private bool Alternates(int process, Allowance allowance)
    {
        const int ties = 20; // several may take effect between two events
        var last = new Dictionary<int, long>();
        foreach (var (row, element, present, _) in Needs(process, own: false))
        {
            var after = last.GetValueOrDefault(element, -1);
            var best = (long)Ended(row) << ties;
            foreach (var updates in _answers.Updates(element, present))
            {
                if (!allowance.Step(0)) return false;
                var at = First(updates, update => (long)Ended(update) << ties > after + 1);
                if (at < updates.Count && MayBeSeen(updates[at], row)) best = Math.Min(best, Math.Max(after + 1, (long)Began(updates[at]) << ties));
            }

            if (best == (long)Ended(row) << ties) return false;
            last[element] = best;
        }

        return true;
    }

    private int Began(int row) => _rows.History.Invoke[_rows.Original[row]];

    private int Ended(int row) => _rows.Optional[row] ? int.MaxValue : _rows.History.Complete[_rows.Original[row]];

    // The first of which something holds that holds of all after it.
    private static int First<T>(List<T> all, Func<T, bool> holds)
    {
        var (low, high) = (0, all.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (holds(all[middle])) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}

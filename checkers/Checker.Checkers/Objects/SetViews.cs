using Checker.Checkers.Lattice;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Objects;

/// <summary>
/// Sets that are asked for one element at a time, elements added and removed any number of times, by updates whose results say nothing: what the last seen
/// update of an element did is what is found.
/// </summary>
/// <remarks>
/// <para>Any model is broken by an element found (or missing) that nobody put (or took) there, at first or later, but the process itself later. Monotonic writes
/// ask no more: the answer sees what one process did up to an update that did it. Writes-follow-reads: the answer sees such an update that began
/// before the answer was there, and what the update's process had seen by then, which stands before it; nothing then comes round, since that would go back in time.</para>
/// <para>Read-your-writes: if the process's own last update of the element did the other thing, another's must stand after that: not one that the process had
/// seen before, as own updates stand after what was seen by then, nor one that its own process made before such a one. Nothing else ties it down, as only own
/// updates are seen besides. So a process needs as many such updates as it made own ones that it did not find; fewer break the model. Monotonic reads: what was
/// seen goes on to be seen, so each answer that changes takes one more update, and fewer break the model; if each can take effect within its own time and
/// before the answer was there, those times are the order. O(rows · processes · log rows).</para>
/// </remarks>
internal sealed class SetViews : TypeViews
{
    private readonly ObjectHistory _rows;
    private readonly Grounds _grounds;
    private readonly int[] _element; // of each row, numbered by object and value
    private readonly bool[] _present; // whether an update puts it there, or an answer finds it
    private readonly List<bool> _atFirst = [];
    private readonly List<List<List<int>>[]> _updates = []; // by element, kind and process, rows ascending

    private SetViews(ObjectHistory rows)
    {
        (_rows, _grounds) = (rows, new Grounds(rows, observed: null));
        (_element, _present) = (new int[rows.Count], new bool[rows.Count]);
    }

    /// <inheritdoc/>
    public override string Algorithm => "updates of each element";

    /// <summary>The views of a history of sets; null if it is of another type, sets are read whole, or updates say what they found.</summary>
    public static SetViews? Of(ObjectHistory rows, CheckOptions options)
    {
        if (rows.Type.Sequential.Name != "set") return null;
        var views = new SetViews(rows);
        return views.Fill([.. Malformations.ItemsOf(rows.History.Values, Linearizability.Linearizability.InitialOf(rows.History, options))]) ? views : null;
    }

    /// <inheritdoc/>
    public override Anomaly? Refute(string model)
    {
        if (!SessionJudge.Judges(model)) return null;
        for (var row = 0; row < _rows.Count; row++)
        {
            if (!Answers(row) || _atFirst[_element[row]] == _present[row] || _updates[_element[row]][Kind(row)].Any(rows => MayBeSeen(rows[0], row))) continue;
            return _grounds.Because("ThinAir", [row], [], "nobody did before it what this shows, so no set of updates explains");
        }

        return model == ModelNames.ReadYourWrites ? TooFew(own: true) : model == ModelNames.MonotonicReads ? TooFew(own: false) : null;
    }

    /// <inheritdoc/>
    public override bool Proves(string model, Allowance allowance) => model switch
    {
        ModelNames.MonotonicWrites => true,
        ModelNames.WritesFollowReads => Enumerable.Range(0, _rows.Count).All(row => !Answers(row) || _atFirst[_element[row]] == _present[row] || BeganBefore(row)),
        _ => Enumerable.Range(0, _rows.ProcessCount).All(process => Proves(model, process, allowance)),
    };

    /// <inheritdoc/>
    public override bool Proves(string model, int process, Allowance allowance) => model switch
    {
        ModelNames.ReadYourWrites => FollowsOwn(process, allowance),
        ModelNames.MonotonicReads => Alternates(process, allowance),
        _ => false,
    };

    private bool Fill(HashSet<ValueId> initial)
    {
        var (numbers, values) = (new Dictionary<(int, ValueId), int>(), _rows.History.Values);
        for (var row = 0; row < _rows.Count; row++)
        {
            var op = _rows.Original[row];
            var (function, input, output) = (_rows.History.Functions[op], _rows.History.Input[op], _rows.History.Output[op]);
            if (function == Function.Read) return false;
            if (!numbers.TryGetValue((_rows.Object[row], input), out var element))
            {
                numbers.Add((_rows.Object[row], input), element = numbers.Count);
                _atFirst.Add(initial.Contains(input));
                _updates.Add([[], []]);
            }

            _element[row] = element;
            if (function == Function.Contains)
            {
                if (values.Kind(output) == ValueKind.List && values.Items(output) is [_, var found]) output = found;
                _present[row] = output == ValueId.Boolean(true);
                continue;
            }

            if (!_rows.Optional[row] && output != input && (output == ValueId.Boolean(true) || output == ValueId.Boolean(false))) return false;
            _present[row] = function == Function.Add;
            var processes = _updates[element][Kind(row)];
            if (processes.Count == 0 || _rows.Process[processes[^1][0]] != _rows.Process[row]) processes.Add([]);
            processes[^1].Add(row);
        }

        return true;
    }

    private bool Answers(int row) => !_rows.Update[row] && !_rows.Optional[row];

    private int Kind(int row) => _present[row] ? 1 : 0;

    private bool MayBeSeen(int update, int row) => _rows.Process[update] != _rows.Process[row] || update < row;

    private bool BeganBefore(int row) =>
        _updates[_element[row]][Kind(row)].Any(rows => MayBeSeen(rows[0], row) && Began(rows[0]) < Ended(row));

    // The answers for each of which a process needs an update that it had not seen, with its own last update of the element if that counts.
    private IEnumerable<(int Row, int Own)> Needs(int process, bool own)
    {
        var last = new Dictionary<int, (int Row, bool Present, bool Fresh)>();
        for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++)
        {
            var element = _element[row];
            if (!last.TryGetValue(element, out var known)) known = (-1, _atFirst[element], false);
            if (_rows.Update[row])
            {
                if (own) last[element] = (row, _present[row], false);
            }
            else if (!_rows.Optional[row] && known.Present != _present[row] && !known.Fresh)
            {
                yield return (row, known.Row);

                // Its own updates are seen whether or not others' are: until the next one both answers can be had.
                last[element] = own ? known with { Fresh = true } : (row, _present[row], false);
            }
        }
    }

    private Anomaly? TooFew(bool own)
    {
        for (var process = 0; process < _rows.ProcessCount; process++)
        {
            var needs = new Dictionary<(int Element, int Kind), List<int>>();
            foreach (var (row, before) in Needs(process, own))
            {
                var key = (_element[row], Kind(row));
                if (!needs.TryGetValue(key, out var members)) needs.Add(key, members = []);
                members.Add(row);
                var others = _updates[key.Item1][key.Item2].Where(rows => !own || _rows.Process[rows[0]] != process);
                if (members.Count <= others.Sum(static rows => rows.Count)) continue;
                return own ? Unseen(members) : Changing(members);
            }
        }

        return null;
    }

    private Anomaly Unseen(List<int> answers)
    {
        var own = answers.ConvertAll(LastOwn);
        return _grounds.Because(
            "UnseenUpdate", [.. answers, .. own.Where(static row => row >= 0)], [.. own.Zip(answers).Where(static pair => pair.First >= 0)],
            "after its own updates a process finds what too few of the others did, so nothing explains");
    }

    private int LastOwn(int row)
    {
        for (var own = row - 1; own >= _rows.Start[_rows.Process[row]]; own--)
        {
            if (_rows.Update[own] && _element[own] == _element[row]) return own;
        }

        return -1;
    }

    // All answers about the element up to the last, so that each change is there.
    private Anomaly Changing(List<int> answers)
    {
        int[] all = [.. Enumerable.Range(_rows.Start[_rows.Process[answers[0]]], answers[^1] + 1 - _rows.Start[_rows.Process[answers[0]]])
            .Where(row => Answers(row) && _element[row] == _element[answers[0]])];
        int[] changes = [.. all.Where((row, i) => i == 0 || _present[all[i - 1]] != _present[row])];
        return _grounds.Because(
            "ForgottenUpdate", changes, [.. changes.Zip(changes.Skip(1))],
            "what a process finds changes more often than it was changed, though what was seen goes on to be seen, so nothing explains");
    }

    // Read-your-writes: for each need an update that stands after the process's own last one, best one that overlaps what lies between that and the answer.
    private bool FollowsOwn(int process, Allowance allowance)
    {
        var seen = new Dictionary<int, List<(int By, int Update)>>();
        foreach (var (row, own) in Needs(process, own: true))
        {
            var (best, rank) = (-1, long.MaxValue);
            foreach (var updates in _updates[_element[row]][Kind(row)])
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
        foreach (var (row, _) in Needs(process, own: false))
        {
            var after = last.GetValueOrDefault(_element[row], -1);
            var best = (long)Ended(row) << ties;
            foreach (var updates in _updates[_element[row]][Kind(row)])
            {
                if (!allowance.Step(0)) return false;
                var at = First(updates, update => (long)Ended(update) << ties > after + 1);
                if (at < updates.Count && MayBeSeen(updates[at], row)) best = Math.Min(best, Math.Max(after + 1, (long)Began(updates[at]) << ties));
            }

            if (best == (long)Ended(row) << ties) return false;
            last[_element[row]] = best;
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

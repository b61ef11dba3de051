using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>When a container may have been empty: in the gaps in which no element was there for certain.</summary>
internal sealed class Emptiness
{
    private readonly int[] _cover; // differences, until it is asked for
    private readonly int _events;

    public Emptiness(int events)
    {
        _events = events;
        _cover = new int[events + 2];
    }

    /// <summary>An element was there for certain from one event to another.</summary>
    public void Cover(int from, int to)
    {
        if (from >= to) return;
        _cover[from]++;
        _cover[Math.Min(to, _events)]--;
    }

    /// <summary>
    /// For each gap the first one from there on in which nothing was there and a further condition holds; <c>int.MaxValue</c> if there is
    /// none. Asked once, after everything was said.
    /// </summary>
    public int[] NextEmpty(Func<int, bool>? alsoHolds = null)
    {
        var next = _cover;
        var covered = 0;
        for (var gap = 0; gap <= _events; gap++)
        {
            covered += _cover[gap];
            next[gap] = covered == 0 && (alsoHolds is null || alsoHolds(gap)) ? gap : int.MaxValue;
        }

        for (var gap = _events - 1; gap >= 0; gap--) next[gap] = Math.Min(next[gap], next[gap + 1]);
        return next;
    }

    /// <summary>
    /// The evidence for "it found the container empty, but it never was": few elements that between them were there all the time, chosen
    /// by reach.
    /// Elements that nobody is known to have removed count to the end, unless removals of unknown outcome may have taken them.
    /// </summary>
    public static Anomaly Refute(int row, KeyHistory history, LocalTime time, Removals elements)
    {
        var evidence = new EvidenceBuilder(history);
        var prose = new Prose(history);
        evidence.Add(row);
        var order = Enumerable.Range(0, elements.Inserts.Count).OrderBy(i => time.Return[elements.Inserts[i]]).ToArray();
        var at = time.Invoke[row];
        var next = 0;
        var named = new List<string>();
        var (best, reach) = (-1, -1);
        while (at < time.Return[row])
        {
            for (; next < order.Length && time.Return[elements.Inserts[order[next]]] <= at; next++)
            {
                if (End(order[next]) <= reach) continue;
                (best, reach) = (order[next], End(order[next]));
            }

            if (reach <= at) break;
            evidence.Add(elements.Inserts[best]);
            if (elements.Removes[best] >= 0) evidence.Add(elements.Removes[best]);
            if (named.Count < 3) named.Add(Presence(best));
            at = reach;
        }

        if (at < time.Return[row])
        {
            // Only all of them together were too many for the removals of unknown outcome.
            for (var i = 0; i < elements.Inserts.Count; i++)
            {
                if (time.Invoke[elements.Inserts[i]] > time.Return[row]) continue;
                evidence.Add(elements.Inserts[i]);
                if (elements.Removes[i] >= 0) evidence.Add(elements.Removes[i]);
            }

            foreach (var unknown in elements.Unknown.Where(unknown => time.Invoke[unknown] < time.Return[row])) evidence.Add(unknown);
            named.Add("there were more elements than removals, those of unknown outcome included, can have taken by then");
        }

        return evidence.Build("false-empty", $"{prose.Did(row)}, but it was not empty at any moment of that time: {string.Join("; ", named)}.");

        int End(int element) => elements.Removes[element] < 0 ? (elements.Unknown.Count > 0 ? -1 : int.MaxValue) : time.Invoke[elements.Removes[element]];

        string Presence(int element)
        {
            var text = prose.Text(history.Inputs[elements.Inserts[element]]);
            return elements.Removes[element] < 0
                ? $"{text} was there from {prose.Ended(elements.Inserts[element])} on"
                : $"{text} was there from {prose.Ended(elements.Inserts[element])} to {prose.Began(elements.Removes[element])}";
        }
    }
}

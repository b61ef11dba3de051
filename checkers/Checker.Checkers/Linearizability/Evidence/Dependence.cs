using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// What has to go with what when operations are left out of a history: an operation that only looks goes alone; what changes something goes
/// together with every operation whose result may come from it, and what those changed. Then a valid history stays valid, so that a violation in
/// what is left is one of the whole.
/// </summary>
/// <remarks>
/// <para>Choices. Of a register, or registers by key, a write takes along the reads that found its value, also where another write of the same value
/// stays; a compare-and-set both looks and writes. Of a container or a set, all operations with one element go together; a read of a whole set goes
/// with every element that it shows. Of lists, an item goes with the reads that show it; of logs and of fetch-and-add, with everything later; of counters and
/// semaphores, with every later look. Of a lock, a hold goes with its release.</para>
/// <para>Nothing of a log is left out that would leave a hole where there was none: a send of unknown outcome that was left out before may have filled it.
/// Removals of unknown outcome stay, as they may excuse a loss, unless nothing was left for them to take. O(operations and what they show).</para>
/// </remarks>
internal sealed class Dependence
{
    private readonly Links _links;
    private readonly List<int>[] _givers; // by fact
    private readonly List<int>[] _takers;
    private readonly int[] _byGives; // rows by rank
    private readonly int[] _byTakes;
    private readonly List<int> _all = []; // those that depend on everything

    public Dependence(in KeyHistory history)
    {
        var links = RowLinks.Of(history);
        _links = links;
        _givers = Lists(links.Facts);
        _takers = Lists(links.Facts);
        for (var row = 0; row < links.Count; row++)
        {
            foreach (var fact in links.Given(row)) _givers[fact].Add(row);
            foreach (var fact in links.Taken(row)) _takers[fact].Add(row);
            if (links.TakesAll[row]) _all.Add(row);
        }

        _byGives = [.. Enumerable.Range(0, links.Count).Where(row => links.GivesFrom[row] != long.MaxValue).OrderBy(row => links.GivesFrom[row])];
        _byTakes = [.. Enumerable.Range(0, links.Count).Where(row => links.TakesUpTo[row] != long.MinValue).OrderByDescending(row => links.TakesUpTo[row])];
    }

    /// <summary>Marks what the rows that are marked need, of some types without a list of what goes with what.</summary>
    public static void AddNeeds(in KeyHistory history, bool[] kept)
    {
        if (ContainerLinks.IsContainer(history.Type)) ContainerLinks.AddNeeds(history, kept);
        else if (history.Type.Name == DataTypes.Set.Name) SetLinks.AddNeeds(history, kept);
        else new Dependence(history).AddNeeds(kept);
    }

    /// <summary>The rows that go alone.</summary>
    public List<int> Looks() => [.. Enumerable.Range(0, _links.Count).Where(row => !_links.Stays[row] && !_links.Gives(row))];

    /// <summary>The rows that others may need; of those that stand or fall together the first one.</summary>
    public List<int> Changes()
    {
        var (rows, seen) = (new List<int>(), new bool[_givers.Length]);
        for (var row = 0; row < _links.Count; row++)
        {
            if (_links.Stays[row] || !_links.Gives(row)) continue;
            var element = _links.SharedBy(row);
            if (element >= 0 && seen[element]) continue;
            if (element >= 0) seen[element] = true;
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Marks what has to go with the rows that are marked; false if one of these has to stay, or if the rest would have a hole.</summary>
    public bool AddDependants(bool[] gone)
    {
        Spread(gone, _links.Given, _takers, _byTakes, forward: true);
        return !HasStaying(gone) && _links.Opens?.Invoke(gone) != true;
    }

    /// <summary>Marks what the rows that are marked need.</summary>
    /// <param name="kept">The marks.</param>
    /// <param name="staying">Whether what has to stay in any case is marked as well, and what that needs.</param>
    public void AddNeeds(bool[] kept, bool staying = true)
    {
        for (var row = 0; staying && row < kept.Length; row++) kept[row] |= _links.Stays[row];
        Spread(kept, _links.Taken, _givers, _byGives, forward: false);
    }

    private bool HasStaying(bool[] gone)
    {
        for (var row = 0; row < gone.Length; row++)
        {
            if (gone[row] && _links.Stays[row]) return true;
        }

        return false;
    }

    // From the marked rows along facts and ranks, in one direction.
    private void Spread(bool[] marked, Func<int, IReadOnlyList<int>> facts, List<int>[] others, int[] byRank, bool forward)
    {
        var left = new Stack<int>();
        var seen = new bool[others.Length];
        var (next, all) = (0, false);
        for (var row = 0; row < marked.Length; row++)
        {
            if (marked[row]) left.Push(row);
        }

        while (left.TryPop(out var row))
        {
            foreach (var fact in facts(row))
            {
                if (seen[fact]) continue;
                seen[fact] = true;
                foreach (var other in others[fact]) Mark(other);
            }

            for (; next < byRank.Length && Reaches(row, byRank[next]); next++) Mark(byRank[next]);
            if (all || !(forward ? _links.Gives(row) : _links.TakesAll[row])) continue;
            all = true;
            if (forward) _all.ForEach(Mark);
            else foreach (var giver in Enumerable.Range(0, marked.Length).Where(_links.Gives)) Mark(giver);
        }

        bool Reaches(int from, int other) => forward
            ? _links.TakesUpTo[other] > _links.GivesFrom[from]
            : _links.GivesFrom[other] < _links.TakesUpTo[from];

        void Mark(int row)
        {
            if (marked[row]) return;
            marked[row] = true;
            left.Push(row);
        }
    }

    private static List<int>[] Lists(int count)
    {
        var lists = new List<int>[count];
        for (var i = 0; i < count; i++) lists[i] = [];
        return lists;
    }
}

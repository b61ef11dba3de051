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
/// stays; a compare-and-set both looks and writes. Of a container or a set, all operations with one element go together, of a container those
/// of one of its <see cref="Lifetimes"/>; a read of a whole set goes with every element that it shows. Where elements come again, this leaves too much
/// (<see cref="RepeatedElements"/>). Of lists, an item goes with the reads that show it; of logs and of fetch-and-add, with everything later; of counters
/// with every later read. Of a lock and of a semaphore, a hold goes with its release; a release of what was not acquired, with every later acquire.</para>
/// <para>Nothing of a log is left out that would leave a hole where there was none: a send of unknown outcome that was left out before may have filled it.
/// Removals of unknown outcome stay, as they may excuse a loss, unless nothing was left for them to take. O(operations and what they show).</para>
/// </remarks>
internal sealed class Dependence
{
    private readonly Links _links;

    public Dependence(in KeyHistory history) => _links = RowLinks.Of(history);

    /// <summary>Marks what the rows that are marked need, of some types without a list of what goes with what.</summary>
    public static void AddNeeds(in KeyHistory history, bool[] kept)
    {
        if (ContainerLinks.IsContainer(history.Type)) ContainerLinks.AddNeeds(history, kept);
        else if (history.Type.Name == DataTypes.Set.Name) SetLinks.AddNeeds(history, kept);
        else if (history.Type.Name == DataTypes.AppendList.Name) ListLinks.AddNeeds(history, kept);
        else if (RowLinks.IsSum(history.Type)) RowLinks.AddNeedsOfSums(history, kept);
        else if (history.Type.Name == DataTypes.Log.Name) LogLinks.AddNeeds(history, kept);
        else if (!RowLinks.IsRegister(history.Type) || !NeededValues.TryAdd(history, kept)) new Dependence(history).AddNeeds(kept);
    }

    /// <summary>The rows that go alone.</summary>
    public List<int> Looks()
    {
        var rows = new List<int>();
        for (var row = 0; row < _links.Count; row++)
        {
            if (IsLook(row)) rows.Add(row);
        }

        return rows;
    }

    /// <summary>Whether a row goes alone.</summary>
    public bool IsLook(int row) => !_links.Stays[row] && !_links.Gives(row);

    /// <summary>The rows that others may need; of those that stand or fall together the first one.</summary>
    public List<int> Changes()
    {
        var (rows, seen) = (new List<int>(), new bool[_links.Facts]);
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
        Spread(gone, forward: true);
        return !HasStaying(gone) && _links.Opens?.Invoke(gone) != true;
    }

    /// <summary>Marks what the rows that are marked need.</summary>
    /// <param name="kept">The marks.</param>
    /// <param name="staying">Whether what has to stay in any case is marked as well, and what that needs.</param>
    public void AddNeeds(bool[] kept, bool staying = true)
    {
        for (var row = 0; staying && row < kept.Length; row++) kept[row] |= _links.Stays[row];
        Spread(kept, forward: false);
    }

    /// <summary>Marks the rows that no other row needs; where a row may need all others, or all that came before it, none.</summary>
    public void AddUnneeded(bool[] marked)
    {
        if (_links.HasRanks || _links.TakesAll.AsSpan().Contains(true)) return;
        for (var row = 0; row < marked.Length; row++) marked[row] |= !IsNeeded(row);
    }

    private bool IsNeeded(int row)
    {
        foreach (var fact in _links.Given.FactsOf(row))
        {
            foreach (var other in _links.Taken.RowsOf(fact))
            {
                if (other != row) return true;
            }
        }

        return false;
    }

    private bool HasStaying(bool[] gone)
    {
        for (var row = 0; row < gone.Length; row++)
        {
            if (gone[row] && _links.Stays[row]) return true;
        }

        return false;
    }

    // From the marked rows in one direction: along facts row by row, along ranks with a pass whenever one reaches further than any before.
    private void Spread(bool[] marked, bool forward)
    {
        var (from, to) = forward ? (_links.Given, _links.Taken) : (_links.Taken, _links.Given);
        var left = new Stack<int>();
        var seen = new bool[_links.Facts];
        var (rank, reached) = forward ? (long.MaxValue, long.MaxValue) : (long.MinValue, long.MinValue);
        var (all, done) = (false, false);
        for (var row = 0; row < marked.Length; row++)
        {
            if (marked[row]) Follow(row);
        }

        do
        {
            while (left.TryPop(out var row)) Follow(row);
            if (all && !done)
            {
                done = true;
                for (var other = 0; other < marked.Length; other++)
                {
                    if (forward ? _links.TakesAll[other] : _links.Gives(other)) Mark(other);
                }
            }

            if (!_links.HasRanks || rank == reached) continue;
            reached = rank;
            for (var other = 0; other < marked.Length; other++)
            {
                if (forward ? _links.TakesUpTo(other) > rank : _links.GivesFrom(other) < rank) Mark(other);
            }
        }
        while (left.Count > 0);

        void Follow(int row)
        {
            foreach (var fact in from.FactsOf(row))
            {
                if (seen[fact]) continue;
                seen[fact] = true;
                foreach (var other in to.RowsOf(fact)) Mark(other);
            }

            rank = forward ? Math.Min(rank, _links.GivesFrom(row)) : Math.Max(rank, _links.TakesUpTo(row));
            all |= forward ? _links.Gives(row) : _links.TakesAll[row];
        }

        void Mark(int row)
        {
            if (marked[row]) return;
            marked[row] = true;
            left.Push(row);
        }
    }
}

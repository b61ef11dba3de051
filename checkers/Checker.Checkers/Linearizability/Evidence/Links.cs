using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// What each row of an object gives to others and takes from others: the facts from which <see cref="Dependence"/> concludes what has to go with
/// what. A fact is a value of a key, an element, a hold of a lock. Where order counts and not values, ranks say who comes after whom.
/// </summary>
internal sealed class Links(int count) : IFacts
{
    private readonly Dictionary<(ValueId, ValueId), int> _ofKeys = []; // facts with a key; those without have numbers of their own
    private ValueNumbers _plain = new(16);
    private long[] _givesFrom = [];
    private long[] _takesUpTo = [];

    /// <summary>How many rows there are.</summary>
    public int Count => count;

    /// <summary>How many facts there are.</summary>
    public int Facts { get; private set; }

    /// <summary>The facts that each row gives.</summary>
    public Incidence Given { get; } = new();

    /// <summary>The facts that each row takes.</summary>
    public Incidence Taken { get; } = new();

    /// <summary>Whether some row has a rank.</summary>
    public bool HasRanks => _givesFrom.Length > 0 || _takesUpTo.Length > 0;

    /// <summary>Whether a row depends on every row that gives something.</summary>
    public bool[] TakesAll { get; } = new bool[count];

    /// <summary>Whether a row cannot be left out, whatever goes with it.</summary>
    public bool[] Stays { get; } = new bool[count];

    /// <summary>Says of rows that are to be left out whether the rest would lack something that one of them, or an earlier one, may have given; null if that cannot be.</summary>
    public Func<bool[], bool>? Opens { get; set; }

    /// <summary>What a row changes counts for every row that takes more than this; <see cref="long.MaxValue"/> if for none.</summary>
    public long GivesFrom(int row) => _givesFrom.Length == 0 ? long.MaxValue : _givesFrom[row];

    /// <summary>A row takes from every row that gives from less than this; <see cref="long.MinValue"/> if from none.</summary>
    public long TakesUpTo(int row) => _takesUpTo.Length == 0 ? long.MinValue : _takesUpTo[row];

    /// <summary>Whether others may need a row.</summary>
    public bool Gives(int row) => Given.HasAny(row) || GivesFrom(row) != long.MaxValue;

    /// <summary>Makes room for the facts that a column has, before any is added.</summary>
    public void Expect(int facts, ReadOnlySpan<ValueId> among)
    {
        _plain.Dispose();
        _plain = new ValueNumbers(facts, among);
    }

    /// <inheritdoc/>
    public void Give(int row, ValueId key, ValueId value) => Given.Add(row, Fact(key, value));

    /// <inheritdoc/>
    public void Take(int row, ValueId key, ValueId value) => Taken.Add(row, Fact(key, value));

    /// <inheritdoc/>
    public void TakeAll(int row) => TakesAll[row] = true;

    /// <summary>What a row changes counts for every row that takes more than a rank.</summary>
    public void GiveFrom(int row, long rank) => Set(ref _givesFrom, row, rank, long.MaxValue);

    /// <summary>A row takes from every row that gives from less than a rank.</summary>
    public void TakeUpTo(int row, long rank) => Set(ref _takesUpTo, row, rank, long.MinValue);

    /// <summary>All rows with the element stand or fall together.</summary>
    public void Share(int row, ValueId element) => Share(row, default, element);

    /// <summary>All rows with the element, of the same key, stand or fall together.</summary>
    public void Share(int row, ValueId key, ValueId element)
    {
        Give(row, key, element);
        Take(row, key, element);
    }

    /// <summary>Everything is said.</summary>
    public void Close()
    {
        Facts = _plain.Count + _ofKeys.Count;
        var plain = _plain.Count;
        Given.Close(count, Facts, fact => fact >= 0 ? fact : plain + ~fact);
        Taken.Close(count, Facts, fact => fact >= 0 ? fact : plain + ~fact);
        _plain.Dispose();
        _ofKeys.Clear();
    }

    /// <summary>The element with which a row stands or falls, if that is all that it gives and takes; −1 otherwise.</summary>
    public int SharedBy(int row)
    {
        var alone = GivesFrom(row) == long.MaxValue && TakesUpTo(row) == long.MinValue && !TakesAll[row];
        return alone && Given.FactsOf(row) is [var given] && Taken.FactsOf(row) is [var taken] && given == taken ? given : -1;
    }

    // Those without a key from 0 on, the others from −1 down.
    private int Fact(ValueId key, ValueId value)
    {
        if (key.IsNull) return _plain.NumberOf(value);
        if (!_ofKeys.TryGetValue((key, value), out var fact)) _ofKeys.Add((key, value), fact = ~_ofKeys.Count);
        return fact;
    }

    private void Set(ref long[] ranks, int row, long rank, long none)
    {
        if (ranks.Length == 0)
        {
            ranks = GC.AllocateUninitializedArray<long>(count);
            Array.Fill(ranks, none);
        }

        ranks[row] = rank;
    }
}

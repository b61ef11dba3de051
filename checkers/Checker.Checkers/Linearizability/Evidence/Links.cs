using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// What each row of an object gives to others and takes from others: the facts from which <see cref="Dependence"/> concludes what has to go with
/// what. A fact is a value of a key, an element, a hold of a lock. Where order counts and not values, ranks say who comes after whom.
/// </summary>
internal sealed class Links(int count)
{
    private readonly Dictionary<(ValueId, ValueId), int> _facts = [];
    private readonly List<int>?[] _given = new List<int>?[count];
    private readonly List<int>?[] _taken = new List<int>?[count];

    /// <summary>How many rows there are.</summary>
    public int Count => count;

    /// <summary>How many facts there are.</summary>
    public int Facts { get; private set; }

    /// <summary>For each row: what it changes counts for every row that takes more; <see cref="long.MaxValue"/> if nothing.</summary>
    public long[] GivesFrom { get; } = Filled(count, long.MaxValue);

    /// <summary>For each row: it takes from every row that gives from less; <see cref="long.MinValue"/> if from none.</summary>
    public long[] TakesUpTo { get; } = Filled(count, long.MinValue);

    /// <summary>Whether a row depends on every row that gives something.</summary>
    public bool[] TakesAll { get; } = new bool[count];

    /// <summary>Whether a row cannot be left out, whatever goes with it.</summary>
    public bool[] Stays { get; } = new bool[count];

    /// <summary>Says of rows that are to be left out whether the rest would lack something that one of them, or an earlier one, may have given; null if that cannot be.</summary>
    public Func<bool[], bool>? Opens { get; set; }

    /// <summary>What a row gives.</summary>
    public IReadOnlyList<int> Given(int row) => _given[row] ?? (IReadOnlyList<int>)[];

    /// <summary>What a row takes.</summary>
    public IReadOnlyList<int> Taken(int row) => _taken[row] ?? (IReadOnlyList<int>)[];

    /// <summary>Whether others may need a row.</summary>
    public bool Gives(int row) => _given[row] is not null || GivesFrom[row] != long.MaxValue;

    /// <summary>A row gives a value of a key.</summary>
    public void Give(int row, ValueId key, ValueId value) => (_given[row] ??= []).Add(Fact(key, value));

    /// <summary>A row takes a value of a key.</summary>
    public void Take(int row, ValueId key, ValueId value) => (_taken[row] ??= []).Add(Fact(key, value));

    /// <summary>All rows with the element stand or fall together.</summary>
    public void Share(int row, ValueId element)
    {
        Give(row, default, element);
        Take(row, default, element);
    }

    /// <summary>The element with which a row stands or falls, if that is all that it gives and takes; −1 otherwise.</summary>
    public int SharedBy(int row)
    {
        var alone = GivesFrom[row] == long.MaxValue && TakesUpTo[row] == long.MinValue && !TakesAll[row];
        return alone && _given[row] is [var given] && _taken[row] is [var taken] && given == taken ? given : -1;
    }

    private int Fact(ValueId key, ValueId value)
    {
        if (!_facts.TryGetValue((key, value), out var fact)) _facts.Add((key, value), fact = Facts++);
        return fact;
    }

    private static long[] Filled(int count, long value)
    {
        var ranks = new long[count];
        Array.Fill(ranks, value);
        return ranks;
    }
}

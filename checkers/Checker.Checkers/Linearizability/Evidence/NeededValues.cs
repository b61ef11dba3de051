using Checker.Checkers.Linearizability.Problems;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// What a few rows of registers need, found by going through all rows backwards, as most was written before it was found: of long histories, of which
/// little is needed. O(rows) for each time that something is needed which was written later.
/// </summary>
internal sealed class NeededValues : IFacts
{
    private const int MostPasses = 16;

    private readonly HashSet<(ValueId Key, ValueId Value)> _needed = [];
    private bool _gives; // whether the row that is looked at gives what is needed
    private bool _all;

    /// <summary>Marks what the rows that are marked need; false, with some of it marked, if that is not found so.</summary>
    public static bool TryAdd(in KeyHistory history, bool[] kept)
    {
        if (history.HasAppends) return false;
        var needed = new NeededValues();
        var writesNull = RegisterLinks.WritesNull(history);
        for (var row = 0; row < kept.Length; row++)
        {
            if (kept[row]) RegisterLinks.AddRow(history, row, writesNull, needed);
        }

        for (var pass = 0; pass < MostPasses && !needed._all; pass++)
        {
            var before = needed._needed.Count;
            for (var row = kept.Length - 1; row >= 0; row--)
            {
                if (kept[row] || !needed.IsGivenBy(history, row, writesNull)) continue;
                kept[row] = true;
                RegisterLinks.AddRow(history, row, writesNull, needed);
            }

            if (needed._needed.Count == before) return !needed._all;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Give(int row, ValueId key, ValueId value) => _gives |= _needed.Contains((key, value));

    /// <inheritdoc/>
    public void Take(int row, ValueId key, ValueId value) => _needed.Add((key, value));

    /// <inheritdoc/>
    public void TakeAll(int row) => _all = true;

    private bool IsGivenBy(in KeyHistory history, int row, bool writesNull)
    {
        _gives = false;
        RegisterLinks.AddRow(history, row, writesNull, new Given(this));
        return _gives;
    }

    /// <summary>Hears only what a row gives.</summary>
    private readonly struct Given(NeededValues needed) : IFacts
    {
        public void Give(int row, ValueId key, ValueId value) => needed.Give(row, key, value);

        public void Take(int row, ValueId key, ValueId value)
        {
        }

        public void TakeAll(int row)
        {
        }
    }
}

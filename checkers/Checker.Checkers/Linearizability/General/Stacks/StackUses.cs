namespace Checker.Checkers.Linearizability.General.Stacks;

/// <summary>How many operations of unknown outcome were used: of pops one count, of pushes one for each value. Equal counts are one number.</summary>
internal sealed class StackUses
{
    private readonly List<SortedList<int, int>> _counts = [[]]; // by number: the count of each value, that of pops under −1
    private readonly List<int> _totals = [0];
    private readonly Dictionary<(int Uses, int Value), int> _more = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal) { [""] = 0 };

    /// <summary>Nothing used.</summary>
    public const int None = 0;

    /// <summary>Whether something was ever used.</summary>
    public bool Any => _counts.Count > 1;

    /// <summary>How many were used.</summary>
    public int Total(int uses) => _totals[uses];

    /// <summary>How many pushes of a value were used; of pops for −1.</summary>
    public int Of(int uses, int value) => _counts[uses].GetValueOrDefault(value);

    /// <summary>One more push of a value; one more pop for −1.</summary>
    public int Add(int uses, int value)
    {
        if (_more.TryGetValue((uses, value), out var more)) return more;
        var counts = new SortedList<int, int>(_counts[uses]);
        counts[value] = counts.GetValueOrDefault(value) + 1;
        var key = string.Join(',', counts.Select(pair => FormattableString.Invariant($"{pair.Key}:{pair.Value}")));
        if (!_numbers.TryGetValue(key, out more))
        {
            _numbers.Add(key, more = _counts.Count);
            _counts.Add(counts);
            _totals.Add(_totals[uses] + 1);
        }

        return _more[(uses, value)] = more;
    }

    /// <summary>Whether no more of anything was used than in another case.</summary>
    public bool IsAtMost(int uses, int other)
    {
        if (uses == other) return true;
        if (_totals[uses] > _totals[other]) return false;
        foreach (var (value, count) in _counts[uses])
        {
            if (count > Of(other, value)) return false;
        }

        return true;
    }
}

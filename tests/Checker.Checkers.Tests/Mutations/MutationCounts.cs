using System.Globalization;

namespace Checker.Checkers.Tests.Mutations;

/// <summary>How many mutants there were, of which kinds, and who decided them.</summary>
internal sealed class MutationCounts
{
    private readonly int[] _valid = new int[(int)Mutation.OkToInfo + 1];
    private readonly int[] _invalid = new int[(int)Mutation.OkToInfo + 1];
    private int _special;
    private int _search;

    public void Add(Mutation mutation, bool valid, bool special, bool search)
    {
        lock (_valid)
        {
            (valid ? _valid : _invalid)[(int)mutation]++;
            if (special) _special++;
            if (search) _search++;
        }
    }

    /// <summary>Fails unless about half were invalid and most were decided by those who are compared.</summary>
    /// <param name="special">Whether there is a special algorithm for such histories.</param>
    public void AssertMeaningful(bool special)
    {
        var (valid, invalid) = (_valid.Sum(), _invalid.Sum());
        Assert.True(invalid >= 0.3 * (valid + invalid) && invalid <= 0.7 * (valid + invalid), $"not about half of them are invalid: {this}");
        Assert.True(!special || _special >= 0.5 * (valid + invalid), $"the special algorithms decide too few: {this}");
        Assert.True(_search >= 0.5 * (valid + invalid), $"the general search decides too few to compare with: {this}");
    }

    public override string ToString()
    {
        var total = _valid.Sum() + _invalid.Sum();
        var kinds = Enum.GetValues<Mutation>().Select(kind => $"{kind} {_valid[(int)kind]}+{_invalid[(int)kind]}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{total:N0} mutants, {(double)_invalid.Sum() / total:P0} invalid (valid+invalid: {string.Join(", ", kinds)}); " +
            $"special algorithms decided {(double)_special / total:P0}, the general search {(double)_search / total:P0}");
    }
}

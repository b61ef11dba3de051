using System.Globalization;
using Checker.Histories;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>What the histories of a campaign were like, and who decided them: so that no campaign becomes empty unnoticed.</summary>
internal sealed class CampaignCounts
{
    private readonly SortedDictionary<string, int> _decidedBy = new(StringComparer.Ordinal);

    public int Histories { get; private set; }

    public int Invalid { get; private set; }

    public int WithInfo { get; private set; }

    public int Operations { get; private set; }

    /// <summary>How many were decided by an algorithm that is not the general search.</summary>
    public int DecidedSpecially => Histories - _decidedBy.GetValueOrDefault("general search") - _decidedBy.GetValueOrDefault("register frontier");

    public void Add(SmallHistory history, bool valid, string algorithm)
    {
        Histories++;
        Operations += history.Operations.Count;
        if (!valid) Invalid++;
        if (history.Operations.Exists(o => o.Type == OperationType.Info)) WithInfo++;
        _decidedBy[algorithm] = _decidedBy.GetValueOrDefault(algorithm) + 1;
    }

    public void Add(CampaignCounts other)
    {
        lock (_decidedBy)
        {
            Histories += other.Histories;
            Operations += other.Operations;
            Invalid += other.Invalid;
            WithInfo += other.WithInfo;
            foreach (var (name, count) in other._decidedBy) _decidedBy[name] = _decidedBy.GetValueOrDefault(name) + count;
        }
    }

    /// <summary>Fails unless about half were invalid and about a third had operations of unknown outcome.</summary>
    public void AssertMeaningful()
    {
        Assert.True(Invalid > 0.44 * Histories && Invalid < 0.56 * Histories, $"not half of them are invalid: {this}");
        Assert.True(WithInfo > 0.27 * Histories, $"not a third of them has operations of unknown outcome: {this}");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Histories:N0} histories, {(double)Operations / Histories:0.0} operations each, {(double)Invalid / Histories:P1} invalid, {(double)WithInfo / Histories:P1} with info; " +
        $"decided by {string.Join(", ", _decidedBy.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Key} {(double)d.Value / Histories:P1}")))}");
}

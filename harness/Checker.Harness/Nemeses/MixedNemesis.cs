using Checker.Targets;

namespace Checker.Harness.Nemeses;

/// <summary>Picks one of several nemeses anew each time, of those that can harm the cluster.</summary>
/// <param name="name">Its name.</param>
/// <param name="summary">One line: what it does.</param>
/// <param name="choices">What it picks from, with weights: a larger one is picked more often.</param>
public sealed class MixedNemesis(string name, string summary, IReadOnlyList<(INemesis Nemesis, int Weight)> choices) : INemesis
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Summary => summary;

    /// <inheritdoc/>
    public string Requires => string.Join(" or ", choices.Select(choice => choice.Nemesis.Requires).Distinct());

    /// <inheritdoc/>
    public bool CanHarm(ICluster cluster) => choices.Any(choice => choice.Nemesis.CanHarm(cluster));

    /// <summary>Injects one of them; if that one finds nothing to aim at, the next in line, until one does or none is left.</summary>
    public async ValueTask<Injection?> InjectAsync(NemesisContext context)
    {
        var able = choices.Where(choice => choice.Nemesis.CanHarm(context.Cluster)).ToArray();
        if (able.Length == 0) return null;
        var drawn = context.Random.Next(able.Sum(choice => choice.Weight));
        var first = 0;
        while (drawn >= able[first].Weight) drawn -= able[first++].Weight;
        for (var i = 0; i < able.Length; i++)
        {
            if (await able[(first + i) % able.Length].Nemesis.InjectAsync(context) is { } injection) return injection;
        }

        return null;
    }
}

namespace Checker.Checkers.Lattice;

/// <summary>Which implications a drawing shows.</summary>
internal static class LatticeEdges
{
    /// <summary>The implications between the given models without those that follow from others; no cycle may exist.</summary>
    public static List<(int From, int To)> Reduce(IReadOnlyList<string> models, IReadOnlyList<(string Stronger, string Weaker)> implications)
    {
        var numbers = models.Select((model, i) => (model, i)).ToDictionary(pair => pair.model, pair => pair.i);
        var all = implications
            .Where(edge => numbers.ContainsKey(edge.Stronger) && numbers.ContainsKey(edge.Weaker))
            .Select(edge => (From: numbers[edge.Stronger], To: numbers[edge.Weaker])).Distinct().ToList();
        var reaches = new bool[models.Count, models.Count];
        foreach (var (from, to) in all) reaches[from, to] = true;
        for (var via = 0; via < models.Count; via++)
        {
            for (var from = 0; from < models.Count; from++)
            {
                for (var to = 0; to < models.Count; to++) reaches[from, to] |= reaches[from, via] && reaches[via, to];
            }
        }

        for (var i = 0; i < models.Count; i++)
        {
            if (reaches[i, i]) throw new ArgumentException($"{models[i]} implies itself by way of others", nameof(implications));
        }

        return [.. all.Where(edge => !Enumerable.Range(0, models.Count).Any(via => reaches[edge.From, via] && reaches[via, edge.To]))];
    }
}

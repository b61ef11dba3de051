using System.Numerics;

namespace Checker.Checkers.Linearizability.General.Stacks;

/// <summary>Configurations, and what the stack may hold in each.</summary>
internal sealed class StackLayer
{
    private const int EntryBytes = 48;
    private const int CostOfUnknown = 8; // beside an operation that has not happened

    private readonly Dictionary<StackConfiguration, int> _contents = [];

    /// <summary>How many there are.</summary>
    public int Count => _contents.Count;

    /// <summary>What they take.</summary>
    public long Bytes => EntryBytes * (long)_contents.Count;

    /// <summary>Whether something was left out on the way here.</summary>
    public bool Truncated { get; set; }

    /// <summary>All of them.</summary>
    public IEnumerable<KeyValuePair<StackConfiguration, int>> All => _contents;

    public string Dump(StackContents contents)
    {
        var seen = new HashSet<int>();
        var work = new Stack<int>();
        foreach (var (_, set) in _contents) work.Push(set);
        int nodes = 0, recent = 0;
        while (work.TryPop(out var set))
        {
            if (!seen.Add(set)) continue;
            foreach (var node in contents.Tops(set)) { nodes++; if (contents.Time(node) > 0) recent++; work.Push(contents.Below(node)); }
        }
        return $"sets {seen.Count} nodes {nodes} recent {recent}";
    }

    /// <summary>Adds one.</summary>
    public void Add(StackConfiguration configuration, int set, StackContents contents) =>
        _contents[configuration] = contents.Join(_contents.GetValueOrDefault(configuration), set);

    /// <summary>Leaves out those beside which another one used no more, and may hold all that they may.</summary>
    public void Prune(StackUses uses, StackContents contents)
    {
        if (!uses.Any) return;
        foreach (var group in _contents.GroupBy(pair => pair.Key.Pending).ToList())
        {
            var kept = new List<KeyValuePair<StackConfiguration, int>>();
            foreach (var pair in group.OrderBy(pair => uses.Total(pair.Key.Uses)).ThenBy(pair => pair.Key.Uses))
            {
                if (kept.Exists(one => uses.IsAtMost(one.Key.Uses, pair.Key.Uses) && contents.Covers(one.Value, pair.Value))) _contents.Remove(pair.Key);
                else kept.Add(pair);
            }
        }
    }

    /// <summary>Keeps the most promising ones: those that used the fewest operations of unknown outcome, and of them those that placed the fewest.</summary>
    public void Keep(int most, StackUses uses)
    {
        if (Count <= most) return;
        Truncated = true;
        var worst = _contents.Keys.OrderBy(one => (CostOfUnknown * uses.Total(one.Uses)) - BitOperations.PopCount(one.Pending)).Skip(most).ToList();
        foreach (var one in worst) _contents.Remove(one);
    }
}

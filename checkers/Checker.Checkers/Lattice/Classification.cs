using Checker.Histories;

namespace Checker.Checkers.Lattice;

/// <summary>Where one history stands among the models of the <see cref="ModelLattice"/>.</summary>
public sealed class Classification
{
    // From the top, since all follows if it holds; then from below, cheapest first, since what breaks a weak model breaks all above it.
    private static readonly string[] Sequence =
    [
        ModelNames.Linearizable, ModelNames.Eventual, ModelNames.Safe, ModelNames.Regular,
        ModelNames.ReadYourWrites, ModelNames.MonotonicReads, ModelNames.MonotonicWrites, ModelNames.WritesFollowReads,
        ModelNames.Causal, ModelNames.CausalConvergence, ModelNames.RealTimeCausal, ModelNames.TwoAtomic, ModelNames.Pram,
        ModelNames.CausalMemory, ModelNames.Sequential,
    ];

    // Of the steps of one check, for the one model that does not share them with the others: what it cannot decide may still be placed below it.
    private const int PartOfSteps = 20;

    private Classification(IReadOnlyList<Placement> placements) => Placements = placements;

    /// <summary>What is known for each model, in the order of <see cref="ModelLattice.Models"/>.</summary>
    public IReadOnlyList<Placement> Placements { get; }

    /// <summary>The models that the history satisfies and that no other satisfied one implies; each was judged.</summary>
    public IReadOnlyList<Placement> StrongestSatisfied => Extreme(VerdictKind.Valid, static (model, other) =>
        ModelLattice.Implies(other, model));

    /// <summary>The models that the history breaks and that imply no other broken one; each was judged and has its witness.</summary>
    public IReadOnlyList<Placement> WeakestViolated => Extreme(VerdictKind.Invalid, static (model, other) =>
        ModelLattice.Implies(model, other));

    /// <summary>The models by which it was judged without a verdict, and about which nothing follows from others.</summary>
    public IReadOnlyList<Placement> Undecided => [.. Placements.Where(p => p.Kind == VerdictKind.Unknown && p.Verdict is not null)];

    /// <summary>The models that are not defined for the data type, or were not among those to judge by, and about which nothing follows from others.</summary>
    public IReadOnlyList<Placement> NotJudged => [.. Placements.Where(p => p.Kind == VerdictKind.Unknown && p.Verdict is null)];

    /// <summary>Judges a history by as few models as its place takes: what follows from a verdict is not judged again.</summary>
    /// <param name="models">The models to judge by; those of other names than the lattice's are ignored.</param>
    /// <param name="history">The history.</param>
    /// <param name="type">The data type; of models that do not support it nothing is said, whatever follows from others.</param>
    /// <param name="options">Budgets (for each model) and readings.</param>
    /// <param name="known">Verdicts on this history that are there already, under the same readings: these models are not judged again.</param>
    public static Classification Of(
        IReadOnlyList<IConsistencyModel> models, History history, DataType type, CheckOptions options, IReadOnlyList<Verdict>? known = null)
    {
        var verdicts = new Dictionary<string, Verdict>();
        options = options with { Preparations = new Preparations(history) };
        foreach (var verdict in known ?? []) verdicts[verdict.Model] = verdict;
        if (verdicts.TryGetValue(ModelNames.Linearizable, out var judged)) Preparations.Get(options, history, () => new Linearized(judged));
        foreach (var name in Sequence)
        {
            if (verdicts.ContainsKey(name) || Implication(name, verdicts) is not null) continue;
            var model = models.FirstOrDefault(m => m.Name == name);
            if (model?.Supports(type) != true) continue;
            var steps = name == ModelNames.Linearizable ? Math.Max(1, options.MaxSteps / PartOfSteps) : options.MaxSteps;
            verdicts[name] = model.Check(history, type, options with { MaxSteps = steps });
        }

        return new Classification([.. ModelLattice.Models.Select(name => models.Any(m => m.Name == name && !m.Supports(type))
            ? new Placement(name, VerdictKind.Unknown, null, null)
            : Place(name, verdicts))]);
    }

    private static Placement Place(string name, Dictionary<string, Verdict> verdicts)
    {
        var judged = verdicts.GetValueOrDefault(name);
        // A model that could not be decided may follow from one that was judged later.
        if (judged is { Kind: not VerdictKind.Unknown }) return new Placement(name, judged.Kind, judged, null);
        return Implication(name, verdicts) is { } other
            ? new Placement(name, other.Kind, judged, other.Model)
            : new Placement(name, VerdictKind.Unknown, judged, null);
    }

    private static Verdict? Implication(string name, Dictionary<string, Verdict> verdicts) => verdicts.Values.FirstOrDefault(known =>
        (known.Kind == VerdictKind.Valid && ModelLattice.Implies(known.Model, name)) ||
        (known.Kind == VerdictKind.Invalid && ModelLattice.Implies(name, known.Model)));

    private List<Placement> Extreme(VerdictKind kind, Func<string, string, bool> beyond)
    {
        var all = Placements.Where(p => p.Kind == kind).ToList();
        return [.. all.Where(p => !all.Any(other => other != p && beyond(p.Model, other.Model)))];
    }
}

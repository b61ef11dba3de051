using System.Collections.Frozen;

namespace Checker.Checkers.Lattice;

/// <summary>
/// The single-object consistency models and what implies what: the one readable place for it. Edges are the strongest direct implications;
/// the rest follows by transitivity. All statements are about histories whose reads can be traced to their writes (differentiated
/// histories).
/// </summary>
/// <remarks>
/// <para>Sources: Herlihy and Wing 1990 and Lamport 1979 (linearizable implies sequential); Bouajjani, Enea, Guerraoui and Hamza, POPL
/// 2017, section 3 (sequential implies CM and CCv, which are incomparable; both imply CC); Ahamad, Neiger, Burns, Kohli and Hutto 1995
/// (causal memory implies PRAM); Brzezinski, Sobaniec and Wawrzyniak 2004 (PRAM is the first three session guarantees together, causal
/// memory all four); Viotti and Vukolić 2016, figure 1.</para>
/// <para>Choices. Causal consistency (CC) explains each read alone, so a process may see two concurrent writes in one order and then in
/// the other: it does not imply monotonic reads. PRAM does not imply writes-follow-reads.
/// No session guarantee implies another. (Of registers alone each of the others would imply monotonic writes, which registers hardly show;
/// lists, sets and queues show them, and the lattice is one for all data types.) A process's own operations follow each other in real time, so nothing that keeps real time lets it read what it writes only later:
/// regular implies monotonic writes, and 2-atomic, which orders the operations of each key, even writes-follow-reads. Regular does not,
/// though only because two compare-and-sets may each find what the other wrote. Safe implies nothing: a read that overlaps a write may
/// return anything. Eventual consistency is implied by linearizability alone: every other model lets a process keep an old value for ever,
/// or two processes end with different ones. It implies nothing, since it only speaks of the end.</para>
/// </remarks>
public static class ModelLattice
{
    private static readonly (string Stronger, string Weaker)[] Direct =
    [
        (ModelNames.Linearizable, ModelNames.Sequential),
        (ModelNames.Linearizable, ModelNames.RealTimeCausal),
        (ModelNames.Linearizable, ModelNames.TwoAtomic),
        (ModelNames.Linearizable, ModelNames.Regular),
        (ModelNames.Linearizable, ModelNames.Eventual),
        (ModelNames.RealTimeCausal, ModelNames.CausalConvergence),
        (ModelNames.TwoAtomic, ModelNames.WritesFollowReads),
        (ModelNames.TwoAtomic, ModelNames.MonotonicWrites),
        (ModelNames.Regular, ModelNames.Safe),
        (ModelNames.Regular, ModelNames.MonotonicWrites),
        (ModelNames.Sequential, ModelNames.CausalConvergence),
        (ModelNames.Sequential, ModelNames.CausalMemory),
        (ModelNames.CausalConvergence, ModelNames.Causal),
        (ModelNames.CausalConvergence, ModelNames.MonotonicReads),
        (ModelNames.CausalMemory, ModelNames.Causal),
        (ModelNames.CausalMemory, ModelNames.Pram),
        (ModelNames.Causal, ModelNames.ReadYourWrites),
        (ModelNames.Causal, ModelNames.MonotonicWrites),
        (ModelNames.Causal, ModelNames.WritesFollowReads),
        (ModelNames.Pram, ModelNames.ReadYourWrites),
        (ModelNames.Pram, ModelNames.MonotonicReads),
        (ModelNames.Pram, ModelNames.MonotonicWrites),
    ];

    private static readonly FrozenDictionary<string, FrozenSet<string>> Below = Close();

    /// <summary>The models, every one before those it implies.</summary>
    public static IReadOnlyList<string> Models { get; } =
    [
        ModelNames.Linearizable, ModelNames.Sequential, ModelNames.RealTimeCausal, ModelNames.TwoAtomic, ModelNames.Regular,
        ModelNames.CausalConvergence, ModelNames.CausalMemory, ModelNames.Causal, ModelNames.Pram,
        ModelNames.ReadYourWrites, ModelNames.MonotonicReads, ModelNames.WritesFollowReads, ModelNames.MonotonicWrites,
        ModelNames.Safe, ModelNames.Eventual,
    ];

    /// <summary>The direct implications, for drawing.</summary>
    public static IReadOnlyList<(string Stronger, string Weaker)> Implications => Direct;

    /// <summary>Whether every history that satisfies one model satisfies the other. A model implies itself.</summary>
    public static bool Implies(string stronger, string weaker) =>
        stronger == weaker || (Below.TryGetValue(stronger, out var below) && below.Contains(weaker));

    /// <summary>The verdicts that follow from those already known: down from what is valid, up from what is invalid.</summary>
    /// <param name="known">Verdict kinds by model; a model without one is undecided.</param>
    /// <returns>A kind for every model; <see cref="VerdictKind.Unknown"/> where nothing follows.</returns>
    /// <exception cref="ArgumentException">The known verdicts contradict an implication.</exception>
    public static IReadOnlyDictionary<string, VerdictKind> Propagate(IReadOnlyDictionary<string, VerdictKind> known)
    {
        var all = new Dictionary<string, VerdictKind>();
        foreach (var model in Models)
        {
            var valid = known.Any(k => k.Value == VerdictKind.Valid && Implies(k.Key, model));
            var invalid = known.Any(k => k.Value == VerdictKind.Invalid && Implies(model, k.Key));
            if (valid && invalid) throw new ArgumentException($"the verdicts on and around {model} contradict each other", nameof(known));
            all[model] = valid ? VerdictKind.Valid : invalid ? VerdictKind.Invalid : VerdictKind.Unknown;
        }

        return all;
    }

    private static FrozenDictionary<string, FrozenSet<string>> Close()
    {
        var below = new Dictionary<string, FrozenSet<string>>();
        FrozenSet<string> Of(string model)
        {
            if (below.TryGetValue(model, out var known)) return known;
            var all = new HashSet<string>();
            foreach (var (stronger, weaker) in Direct)
            {
                if (stronger == model && all.Add(weaker)) all.UnionWith(Of(weaker));
            }

            return below[model] = all.ToFrozenSet();
        }

        foreach (var (stronger, _) in Direct) Of(stronger);
        return below.ToFrozenDictionary();
    }
}

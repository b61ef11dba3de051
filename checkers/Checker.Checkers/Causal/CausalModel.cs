using Checker.Checkers.Choices;
using Checker.Checkers.Lattice;
using Checker.Checkers.Objects;
using Checker.Checkers.Registers;
using Checker.Histories;

namespace Checker.Checkers.Causal;

/// <summary>
/// Causal consistency (<c>causal</c>, CC): every read is explained by some order of the writes in its causal past. With convergence
/// (<c>causal-convergence</c>, CCv): by one order of all writes for everybody (Bouajjani, Enea, Guerraoui and Hamza, POPL 2017, sections
/// 3 and 4).
/// </summary>
/// <remarks>
/// Choices. The causal order is the transitive closure of program order and reads-from. CC asks for each read alone (weak causal
/// consistency of Bouajjani et al.); it lets a process see two concurrent writes in one order and later in the other. Info operations: see
/// <see cref="RegisterHistory"/>.
/// </remarks>
internal sealed class CausalModel(bool convergent) : IConsistencyModel
{
    /// <inheritdoc/>
    public string Name => convergent ? ModelNames.CausalConvergence : ModelNames.Causal;

    /// <inheritdoc/>
    public string Summary => convergent
        ? "causally related writes are seen in order, and all processes agree on one order of the concurrent ones (CCv)"
        : "causally related writes are seen in order; concurrent ones in any (CC)";

    /// <inheritdoc/>
    public bool Supports(DataType type) => RegisterHistoryBuilder.Supports(type) || ObjectConsistency.Supports(Name, type);

    /// <inheritdoc/>
    public Verdict Check(History history, DataType type, CheckOptions options) => RegisterHistoryBuilder.IsForeign(history, type)
        ? ObjectConsistency.Check(Name, history, type, options)
        : ReadsFromSearch.Decide(Name, "bad patterns", history, options, (traced, _) => Judge(traced, type, options), narrow: CausalNarrowing.Of);

    private Judgement Judge(RegisterHistory traced, DataType type, CheckOptions options)
    {
        var patterns = new CausalPatterns(traced, type);
        if (!patterns.IsWide(options))
        {
            return patterns.Refute(options, out var order)
                ?? (convergent ? patterns.RefuteConvergence(order!) : null)
                ?? Judgement.Valid(patterns.Steps);
        }

        if (patterns.TryOrder(options) is { } ordered) return ordered;
        var wide = patterns.RefuteWide(options, convergent, out var edges);
        if (wide is { Kind: VerdictKind.Invalid }) return wide;
        return (convergent ? patterns.RefuteConvergence(edges) : null) ?? wide ?? Judgement.Valid(patterns.Steps);
    }
}

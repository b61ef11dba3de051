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
    public Verdict Check(History history, DataType type, CheckOptions options)
    {
        const string algorithm = "bad patterns";
        if (!RegisterHistoryBuilder.Supports(type)) return ObjectConsistency.Check(Name, history, type, options);
        if (RegisterHistoryBuilder.TryBuild(history, options, out var traced) is { } problem)
        {
            return problem.IsForeign ? ObjectConsistency.Check(Name, history, type, options) : problem.Verdict(Name, algorithm);
        }

        var patterns = new CausalPatterns(traced!, type);
        if (patterns.Refute(Name, algorithm, options, out var order) is { } refuted) return refuted;
        var cycle = convergent ? patterns.FindConflictCycle(patterns.ConflictEdges(order!)) : null;
        if (cycle is not null) return Verdict.Invalid(Name, algorithm, [cycle]);
        return Verdict.Valid(Name, algorithm, steps: traced!.Count);
    }
}

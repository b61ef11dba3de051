using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// Decides registers (by key or single, with or without compare-and-set) of which every observed value was written once: O(n) but for the
/// sorting of blocks, which come nearly sorted. See <see cref="RegisterProblem"/> for the argument.
/// </summary>
internal sealed class RegisterZones : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "register zones (unique writes)";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) =>
        type.Name == DataTypes.Register.Name || type.Name == DataTypes.CasRegister.Name || type.Name == DataTypes.Kv.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        using var problem = new RegisterProblem(history);
        if (problem.Load() is { } reason) return SpecialVerdict.NotApplicable(reason);
        var conflict = problem.Link(out var repeated);
        if (repeated >= 0)
        {
            var text = history.History.Values.Text(new(problem.Values[repeated].Bits));
            return SpecialVerdict.NotApplicable(repeated == 0 ? $"the initial value {text} was written again" : $"two writes of {text}");
        }

        if (conflict.Rule == RegisterRule.None) conflict = problem.Order();
        if (conflict.Rule != RegisterRule.None) return SpecialVerdict.Invalid(new RegisterEvidence(history, problem).Explain(conflict));
        if (!options.Certify && !problem.HasFailedSwaps) return SpecialVerdict.Valid(null);
        var order = RegisterWitness.Rows(problem);
        if (problem.HasFailedSwaps)
        {
            order = RegisterWitness.WithFailedSwaps(order, history, problem);
            if (order is null) return SpecialVerdict.NotApplicable("a failed cas has no place in the order of the others");
        }

        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(order, history) : null);
    }
}

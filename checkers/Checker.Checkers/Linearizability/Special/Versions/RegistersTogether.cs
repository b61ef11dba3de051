using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Decides registers that are written or read together. Every read is traced to the write, or the few writes, that can have left its value
/// (<see cref="VersionJudge"/>).
/// </summary>
internal sealed class RegistersTogether : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "registers together (reads traced to writes)";

    /// <inheritdoc/>
    public bool Searches => true;

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.MultiRegister.Name || type.Name == DataTypes.Snapshot.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options) => RegisterUses.Of(history, out var reason) is { } uses
        ? new VersionJudge(history, uses, options).Decide()
        : SpecialVerdict.NotApplicable(reason);
}

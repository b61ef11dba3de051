using Checker.Checkers.Specs;
using Checker.Histories;

namespace Checker.Checkers.Linearizability;

/// <summary>Linearizability as a consistency model.</summary>
public sealed class LinearizableModel : IConsistencyModel
{
    /// <inheritdoc/>
    public string Name => Linearizability.Model;

    /// <inheritdoc/>
    public string Summary => "each operation seems to happen at one moment between its invocation and its return";

    /// <inheritdoc/>
    public bool Supports(DataType type) => BundledSpecs.Has(type);

    /// <inheritdoc/>
    public Verdict Check(History history, DataType type, CheckOptions options) =>
        Preparations.Get(options, history, () => new Linearized(Linearizability.Check(history, type, options))).Verdict;
}

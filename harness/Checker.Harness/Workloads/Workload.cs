using Checker.Harness.Generators;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Harness.Workloads;

/// <summary>
/// What clients do to a target, and what is then to be checked. Immutable and without a target of its own: it fits every target that offers
/// its data type.
/// </summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Summary">One line: what it does.</param>
/// <param name="Type">The data type that the target must offer.</param>
/// <param name="Models">The consistency models to check where neither the user nor the target's claim names one.</param>
/// <param name="Main">Makes the generator of the main phase. It need not end: the time limit ends it.</param>
/// <param name="Probe">
/// Makes the operation by which a client shows, after all faults were healed, that it makes progress again: a write that no other operation
/// repeats. Given are the thread and the attempt, both from 0.
/// </param>
/// <param name="Final">Makes the generator of the final reads. Given are the keys that were used, in the order of first use.</param>
public sealed record Workload(
    string Name,
    string Summary,
    DataType Type,
    IReadOnlyList<string> Models,
    Func<WorkloadOptions, IGenerator> Main,
    Func<int, int, OperationTemplate> Probe,
    Func<IReadOnlyList<Value>, IGenerator> Final)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

using Checker.Histories.Values;
using Checker.Targets;
using Checker.Targets.Faults;

namespace Checker.Harness.Nemeses;

/// <summary>
/// One kind of fault that can be injected into a cluster. Immutable: what is random comes from the context of each injection. It reaches
/// the cluster through the capabilities in <see cref="Checker.Targets.Faults"/> only, so that it works in every world.
/// </summary>
public interface INemesis
{
    /// <summary>The name on the command line, such as <c>partition-halves</c>.</summary>
    string Name { get; }

    /// <summary>One line: what it does.</summary>
    string Summary { get; }

    /// <summary>The capability that the cluster must have, in words, such as <c>links that can be cut</c>; empty: none.</summary>
    string Requires { get; }

    /// <summary>Whether the cluster has that capability.</summary>
    bool CanHarm(ICluster cluster);

    /// <summary>Injects one fault.</summary>
    /// <returns>The fault in force, or null if there is nothing to aim at now (no node believes itself primary).</returns>
    ValueTask<Injection?> InjectAsync(NemesisContext context);
}

/// <summary>A fault in force, with what the history says about it.</summary>
/// <param name="Fault">Its name: <c>start-</c> and <c>stop-</c> before it are the functions of its events.</param>
/// <param name="Details">Which nodes or links, by name, and how much.</param>
/// <param name="InForce">The fault, to be healed by disposing it.</param>
public sealed record Injection(string Fault, Value Details, IFault InForce);

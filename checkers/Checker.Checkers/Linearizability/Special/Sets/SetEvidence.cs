using Checker.Checkers.Linearizability.Problems;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>Says why a read of a whole set is impossible by itself.</summary>
internal static class SetEvidence
{
    /// <summary>A read lists what nobody can have added.</summary>
    public static Anomaly Phantom(in KeyHistory history, int read, ValueId item)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(read);
        return evidence.Build("phantom-element", $"{prose.Did(read)}, but {prose.Text(item)} was never added.");
    }

    /// <summary>A read lists an element twice.</summary>
    public static Anomaly Doubled(in KeyHistory history, int read, ValueId item)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(read);
        return evidence.Build("duplicate-element", $"{prose.Did(read)}, with {prose.Text(item)} in it twice.");
    }
}

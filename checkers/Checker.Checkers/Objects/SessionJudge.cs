using System.Diagnostics;
using Checker.Checkers.Lattice;

namespace Checker.Checkers.Objects;

/// <summary>Judges rows by one session guarantee, exactly: <see cref="ObjectConsistency"/> has the definitions.</summary>
/// <param name="model">The guarantee's name.</param>
/// <param name="states">The states of the objects.</param>
internal sealed class SessionJudge(string model, ObjectStates states)
{
    /// <summary>How it is decided.</summary>
    public const string Algorithm = "search for what each operation sees";

    /// <summary>Whether a model is a session guarantee.</summary>
    public static bool Judges(string model) =>
        model is ModelNames.ReadYourWrites or ModelNames.MonotonicReads or ModelNames.MonotonicWrites or ModelNames.WritesFollowReads;

    /// <summary>Whether under a model of processes' views an operation sees the earlier updates of its process.</summary>
    public static bool SeesOwn(string model) => model == ModelNames.ReadYourWrites || !Judges(model);

    /// <summary>A guarantee's name in one word.</summary>
    public static string Title(string model) => model switch
    {
        ModelNames.ReadYourWrites => "ReadYourWrites",
        ModelNames.MonotonicReads => "MonotonicReads",
        ModelNames.MonotonicWrites => "MonotonicWrites",
        ModelNames.WritesFollowReads => "WritesFollowReads",
        _ => throw new UnreachableException(model),
    };

    /// <summary>Whether what each operation sees can be chosen; unknown if the budget did not suffice.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="open">The processes whose part is not proved, where each process has a part of its own.</param>
    /// <param name="allowance">The budget.</param>
    public VerdictKind Run(ObjectHistory rows, IReadOnlySet<int> open, Allowance allowance) => model switch
    {
        ModelNames.MonotonicReads => Monotonic(rows, open, allowance),
        ModelNames.ReadYourWrites => new VisibilitySearch(rows, states, VisibilityRule.Own, allowance).Run(open),
        ModelNames.MonotonicWrites => new VisibilitySearch(rows, states, VisibilityRule.Prefixes, allowance).Run(open),
        _ => new VisibilitySearch(rows, states, VisibilityRule.Dependencies, allowance).Run(open),
    };

    private VerdictKind Monotonic(ObjectHistory rows, IReadOnlySet<int> open, Allowance allowance)
    {
        var search = new MonotonicSearch(rows, states, allowance);
        var kind = VerdictKind.Valid;
        foreach (var process in open.Order())
        {
            foreach (var target in Enumerable.Range(rows.Start[process], rows.Start[process + 1] - rows.Start[process])
                .Where(row => !rows.Optional[row]).Select(row => rows.Object[row]).Distinct())
            {
                var found = search.Run(process, target);
                if (found == VerdictKind.Invalid) return VerdictKind.Invalid;
                if (found == VerdictKind.Unknown) kind = VerdictKind.Unknown;
            }
        }

        return kind;
    }
}

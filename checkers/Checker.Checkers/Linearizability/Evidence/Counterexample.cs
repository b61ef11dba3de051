using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>Turns "not linearizable" into evidence: few operations, why no order explains them, and how far the best orders come.</summary>
internal sealed class Counterexample(IObjectJudge judge, ISpecialAlgorithm[] special, CheckOptions options)
{
    private readonly SubhistoryJudge _candidates = new(judge, special, options);

    /// <summary>Explains an invalid object.</summary>
    public Anomaly Explain(in KeyHistory history, ObjectVerdict verdict)
    {
        var found = verdict.Anomaly;
        var candidate = found is null ? UpToTheStuckReturn(history, verdict.Search!.Stuck) : Select(history, found.Operations);
        if (!_candidates.IsInvalid(candidate))
        {
            // The special algorithm named the operations of its argument, not a history that is invalid by itself.
            if (found is not null) return found with { Key = history.Key };
            candidate = history;
        }

        // What may be left out is known of the bundled types only.
        var minimal = judge.IsBundled ? Shrinker.Shrink(candidate, _candidates) : candidate;
        var search = judge.Judge(minimal, _candidates.Budget);
        return new Explanation(minimal, search, judge.IsBundled).Build(Said(minimal));
    }

    // What a special algorithm says about the few operations that are left: it knows better why its own rule is broken.
    private Anomaly? Said(in KeyHistory minimal)
    {
        foreach (var algorithm in special)
        {
            var answer = algorithm.TryDecide(minimal, options);
            if (answer.Outcome == SpecialOutcome.Invalid) return answer.Anomaly;
        }

        return null;
    }

    // What begins after the return that could not be passed has no part in it.
    private static KeyHistory UpToTheStuckReturn(in KeyHistory history, int stuck)
    {
        if (stuck < 0) return history;
        var end = history.History.Complete[stuck];
        var count = 0;
        while (count < history.Count && history.Invokes[count] < end) count++;
        return history.Only([.. Enumerable.Range(0, count)]);
    }

    private static KeyHistory Select(in KeyHistory history, IReadOnlyList<int> operations)
    {
        var wanted = operations.ToHashSet();
        var rows = new List<int>();
        for (var i = 0; i < history.Count; i++)
        {
            if (wanted.Contains(history.Operations[i])) rows.Add(i);
        }

        return history.Only([.. rows]);
    }
}

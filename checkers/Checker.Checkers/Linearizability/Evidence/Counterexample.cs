using System.Globalization;
using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Checkers.Prose;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>Turns "not linearizable" into evidence: few operations, why no order explains them, and how far the best orders come.</summary>
/// <remarks>
/// The operations are invalid by themselves, no value that they find is without a writer among them unless nobody wrote it, and none of them can
/// be left out with what depends on it (<see cref="Dependence"/>) without the rest becoming valid; where the budget did not suffice for that, the explanation says so.
/// Of more than <see cref="MostShown"/>, those that are only needed by others are not listed, unless the reason names them or a longest order is stuck at them.
/// </remarks>
internal sealed class Counterexample
{
    /// <summary>How many operations are shown with everything that they need.</summary>
    public const int MostShown = 200;

    private const int MostNamed = 4;

    private readonly SubhistoryJudge _candidates;
    private readonly Shrinker _shrinker;
    private readonly IObjectJudge _judge;
    private readonly ISpecialAlgorithm[] _special;
    private readonly CheckOptions _options;

    public Counterexample(IObjectJudge judge, ISpecialAlgorithm[] special, CheckOptions options)
    {
        (_judge, _special, _options) = (judge, special, options);
        _candidates = new SubhistoryJudge(judge, special, options);
        _shrinker = new Shrinker(_candidates, new RepeatedElements(_candidates, judge));
    }

    /// <summary>Explains an invalid object.</summary>
    public Anomaly Explain(in KeyHistory history, ObjectVerdict verdict)
    {
        // What may be left out is known of the bundled types only.
        var minimal = _judge.IsBundled
            ? _shrinker.Shrink(Candidate(history, verdict), verdict.Anomaly?.Operations ?? [verdict.Search!.Stuck])
            : UpToTheStuckReturn(history, verdict.Search!.Stuck);
        var said = Said(minimal);
        var anomaly = new Explanation(minimal, () => Start(minimal), _judge).Build(said);
        anomaly = anomaly with { Explanation = Scope(history, minimal) + anomaly.Explanation };
        if (_shrinker.GaveUp || _candidates.Spent)
        {
            anomaly = anomaly with
            {
                Explanation = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{anomaly.Explanation} (Fewer operations may show it: leaving out more of these {minimal.Count:N0} was given up after {_candidates.StepsForAll:N0} steps.)"),
            };
        }

        if (minimal.Count <= MostShown || !_judge.IsBundled) return anomaly;
        var named = said?.Operations ?? [];
        var shown = Shown(minimal, [.. named.Count > MostShown ? named.TakeLast(MostShown / 2) : named, .. anomaly.Partials.SelectMany(partial => partial.Stuck)]);
        if (shown.Length == minimal.Count) return anomaly;
        return anomaly with
        {
            Operations = shown,
            Explanation = string.Create(
                CultureInfo.InvariantCulture,
                $"{anomaly.Explanation} (Not listed: {minimal.Count - shown.Length:N0} operations that the listed ones depend on.)"),
        };
    }

    // An order to continue: of all but one operation, up to where that one has to come, or else what a search finds.
    private int[] Start(KeyHistory minimal)
    {
        var missing = minimal.Operations.BinarySearch(_shrinker.Missing);
        var end = missing < 0 ? -1 : minimal.Returns[missing];
        var rows = new List<int>();
        foreach (var operation in missing < 0 ? _judge.Judge(minimal, _candidates.Budget).Order : _shrinker.Attempt)
        {
            if (operation == _shrinker.Missing || minimal.RowOf(operation, near: rows.Count == 0 ? 0 : rows[^1]) is not (>= 0 and var row)) continue;
            if (missing >= 0 && minimal.Invokes[row] > end) break;
            rows.Add(row);
        }

        return [.. rows];
    }

    // A part of the history that is certainly invalid: what a special algorithm named, or what had begun when the search was stuck; with what it needs.
    private KeyHistory Candidate(in KeyHistory history, ObjectVerdict verdict)
    {
        var wanted = new bool[history.Count];
        if (verdict.Anomaly is { } found)
        {
            foreach (var operation in found.Operations)
            {
                if (history.Operations.BinarySearch(operation) is >= 0 and var row) wanted[row] = true;
            }
        }
        else
        {
            var stuck = verdict.Search!.Stuck;
            var end = stuck < 0 ? int.MaxValue : history.History.Complete[stuck];
            for (var row = 0; row < history.Count; row++) wanted[row] = history.Invokes[row] < end;
        }

        Dependence.AddNeeds(history, wanted);
        var candidate = history.Marked(wanted, kept: true);
        _candidates.Allow(candidate);
        // What begins after the return that could not be passed has no part in it, so the search's candidate need not be judged again.
        return verdict.Anomaly is null || candidate.Count == history.Count || _candidates.IsInvalid(candidate) ? candidate : history;
    }

    // Where insertions of elements were left out that are also in the counterexample, what is said of these elements is not said of all.
    private static string Scope(in KeyHistory history, in KeyHistory minimal)
    {
        if (!ContainerLinks.IsContainer(minimal.Type)) return "";
        var elements = new FewElements();
        for (var row = 0; row < minimal.Count; row++) elements.Add(ContainerLinks.ElementOf(minimal, row));
        var left = new SortedSet<string>(StringComparer.Ordinal);
        var functions = history.Functions;
        var inputs = history.Inputs;
        for (var row = 0; row < functions.Length; row++)
        {
            if (!ContainerLinks.IsInsertion(functions[row]) || !elements.Contains(inputs[row])) continue;
            if (minimal.Operations.BinarySearch(history.Operations[row]) < 0) left.Add(ValueText.Of(history.History.Values, inputs[row]));
        }

        if (left.Count == 0) return "";
        var named = left.Count <= MostNamed ? string.Join(" and ", left) : string.Create(CultureInfo.InvariantCulture, $"{left.Count:N0} of these elements");
        return $"What else was done with {named} is left out, as it makes no difference. ";
    }

    // What a special algorithm says about the few operations that are left: it knows better why its own rule is broken.
    private Anomaly? Said(in KeyHistory minimal)
    {
        if (_candidates.Said is { Explanation.Length: > 0 } known) return known;
        foreach (var algorithm in _special)
        {
            var answer = algorithm.TryDecide(minimal, _options with { Certify = true });
            if (answer.Outcome == SpecialOutcome.Invalid) return answer.Anomaly is { Explanation.Length: > 0 } said ? said : null;
        }

        return null;
    }

    private static KeyHistory UpToTheStuckReturn(in KeyHistory history, int stuck)
    {
        if (stuck < 0) return history;
        var end = history.History.Complete[stuck];
        var count = 0;
        while (count < history.Count && history.Invokes[count] < end) count++;
        return history.Only([.. Enumerable.Range(0, count)]);
    }

    // Of many operations those that were named, those at which the longest orders are stuck, and those that nobody else needs.
    private int[] Shown(in KeyHistory minimal, HashSet<int> named)
    {
        var dependence = _shrinker.DependenceOf(minimal);
        var shown = new bool[minimal.Count];
        foreach (var row in dependence.Looks()) shown[row] = true;
        for (var row = 0; row < shown.Length; row++) shown[row] |= named.Contains(minimal.Operations[row]);
        dependence.AddUnneeded(shown);
        var needed = (bool[])shown.Clone();
        dependence.AddNeeds(needed);
        for (var row = shown.Length - 1; row >= 0; row--)
        {
            if (needed[row]) continue;
            shown[row] = needed[row] = true;
            dependence.AddNeeds(needed);
        }

        var operations = new List<int>();
        for (var row = 0; row < shown.Length; row++)
        {
            if (shown[row]) operations.Add(minimal.Operations[row]);
        }

        return [.. operations];
    }
}

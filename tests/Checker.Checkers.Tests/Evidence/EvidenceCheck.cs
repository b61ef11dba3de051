using System.Text.RegularExpressions;
using Checker.Checkers.Prose;
using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Evidence;

/// <summary>
/// What must be true of the evidence of an invalid verdict: its operations are invalid by themselves, nothing is missing that would change what they say, none
/// can go, its longest orders are orders and the longest, and its words are about what happened.
/// </summary>
internal static partial class EvidenceCheck
{
    private const int MostShown = 200;
    private const int MostForTheDefinition = 11;

    /// <summary>Says what is wrong with an anomaly; null if nothing is.</summary>
    /// <param name="source">The history, by invocation; its judged operations of the anomaly's key count.</param>
    /// <param name="history">The same, built.</param>
    /// <param name="anomaly">The evidence.</param>
    public static string? Refute(SmallHistory source, History history, Anomaly anomaly)
    {
        if (anomaly.Operations.Count == 0) return "it names no operation";
        if (anomaly.Operations.Any(o => o < 0 || o >= history.Count)) return "it names an operation that does not exist";
        if (!anomaly.Operations.SequenceEqual(anomaly.Operations.Distinct().Order())) return "its operations are not in order";
        var shown = anomaly.Operations.Select(o => source.Operations[o]).ToList();
        if (shown.Any(o => !source.Judged.Contains(o))) return "it names an operation that did not happen";
        if (!Checkers.Specs.BundledSpecs.SpansKeys(source.Type) && shown.Select(o => o.Key).Distinct().Count() > 1) return "it is about several keys";
        var judged = source.Judged.Where(o => Checkers.Specs.BundledSpecs.SpansKeys(source.Type) || o.Key == shown[0].Key).ToList();
        var rule = new EvidenceRule(source.Type, source.Initial, judged);
        var whole = shown.Count <= MostShown ? shown : rule.Needed(shown);
        if (IsLinearizable(source, whole) != false) return $"its {whole.Count} operations are not invalid by themselves";
        var repeated = new RepeatedRule(source, judged, whole);
        return Closed(repeated, rule, whole) ?? Minimal(source, repeated, new EvidenceRule(source.Type, source.Initial, whole, judged.Exists(o => o.Function == Function.Append)), shown, whole, anomaly) ?? Orders(source, shown, anomaly) ?? Words(history, anomaly);
    }

    // A value that somebody gave must not look as if nobody had.
    private static string? Closed(RepeatedRule repeated, EvidenceRule rule, List<ReferenceOperation> whole)
    {
        foreach (var one in whole)
        {
            if ((repeated.Applies ? repeated.Lacks(one) : rule.Missing(one, whole)) is { } missing) return $"{one} needs {missing}, which is not named";
        }

        return null;
    }

    private static string? Minimal(
        SmallHistory source, RepeatedRule repeated, EvidenceRule rule, List<ReferenceOperation> shown, List<ReferenceOperation> whole, Anomaly anomaly)
    {
        if (anomaly.Explanation.Contains("given up", StringComparison.Ordinal)) return null;
        foreach (var one in shown)
        {
            if (rule.With(one, whole) is not { } gone) continue;
            var rest = whole.FindAll(o => !gone.Contains(o));
            if (IsLinearizable(source, rest) != false) continue;
            if (repeated.Applies && repeated.Excused(rest).Any(excused => IsLinearizable(source, excused) != false)) continue;
            return $"{one} could be left out with {gone.Count - 1} others";
        }

        if (whole.Count > MostForTheDefinition || !repeated.Applies || repeated.Indifferent() is not { } indifferent) return null;
        return $"{string.Join(" and ", indifferent.AsEnumerable())} make no difference";
    }

    private static string? Orders(SmallHistory source, List<ReferenceOperation> shown, Anomaly anomaly)
    {
        if (anomaly.Partials.Count == 0) return "it shows no longest order";
        if (shown.Count > MostShown) return null;
        var longest = shown.Count <= MostForTheDefinition ? Longest(source, shown) : -1;
        foreach (var partial in anomaly.Partials)
        {
            var order = partial.Order.Select(o => source.Operations[o]).ToList();
            if (order.Distinct().Count() != order.Count || order.Any(o => !shown.Contains(o))) return "a longest order places what is not there, or twice";
            var states = new HashSet<Value> { ReferenceModel.Initial(source.Type, source.Initial) };
            for (var i = 0; i < order.Count; i++)
            {
                if (!Allowed(shown, order.GetRange(0, i)).Contains(order[i])) return $"a longest order places {order[i]} too early";
                states = [.. states.SelectMany(state => ReferenceModel.Step(source.Type, state, order[i]))];
                if (states.Count == 0) return $"a longest order cannot place {order[i]}";
            }

            var next = Allowed(shown, order);
            // What may not have happened and changes nothing need not be placed.
            if (next.Find(o => states.Any(state => ReferenceModel.Step(source.Type, state, o).Any(after => o.Type != OperationType.Info || after != state))) is { } more) return $"a longest order could place {more}";
            if (!next.Where(o => o.Type != OperationType.Info).SequenceEqual(partial.Stuck.Select(o => source.Operations[o]))) return "it is not stuck where it says";
            if (longest >= 0 && order.Count(o => o.Type != OperationType.Info) != longest) return $"the longest order has {longest} operations that ended";
        }

        return null;
    }

    private static int Longest(SmallHistory source, List<ReferenceOperation> shown)
    {
        var known = new Dictionary<(long, Value), int>();
        return Best(0, ReferenceModel.Initial(source.Type, source.Initial));

        int Best(long done, Value state)
        {
            if (known.TryGetValue((done, state), out var best)) return best;
            for (var i = 0; i < shown.Count; i++)
            {
                if ((done >> i & 1) != 0 || Enumerable.Range(0, shown.Count).Any(j => (done >> j & 1) == 0 && shown[j].Return < shown[i].Invoke)) continue;
                foreach (var next in ReferenceModel.Step(source.Type, state, shown[i]))
                    best = Math.Max(best, (shown[i].Type == OperationType.Info ? 0 : 1) + Best(done | (1L << i), next));
            }

            return known[(done, state)] = best;
        }
    }

    private static List<ReferenceOperation> Allowed(List<ReferenceOperation> all, List<ReferenceOperation> placed) =>
        all.FindAll(o => !placed.Contains(o) && !all.Exists(other => other.Return < o.Invoke && !placed.Contains(other)));

    private static string? Words(History history, Anomaly anomaly)
    {
        foreach (var text in anomaly.Partials.Select(p => p.Why).Concat(anomaly.Edges.Select(e => e.Why)).Prepend(anomaly.Explanation))
        {
            if (string.IsNullOrWhiteSpace(text)) return "it says nothing";
            if (Internal().Match(text) is { Success: true } word) return $"\"{word.Value}\" is no word for people: {text}";
            foreach (Match moment in Moments().Matches(text))
            {
                if (!Enumerable.Range(0, history.Count).Any(o =>
                    Moment.Text(history, history.InvokeTime[o], history.Invoke[o]) == moment.Value || Moment.Text(history, history.CompleteTime[o], history.Complete[o]) == moment.Value))
                    return $"nothing happened at {moment.Value}: {text}";
            }
        }

        var explanation = anomaly.Explanation;
        if (!explanation.EndsWith('.') && !explanation.EndsWith(".)", StringComparison.Ordinal)) return $"no full stop: {explanation}";
        if (char.IsLower(explanation[0])) return $"no capital: {explanation}";
        return explanation.Contains("process ", StringComparison.OrdinalIgnoreCase) ? null : $"nobody did it: {explanation}";
    }

    private static bool? IsLinearizable(SmallHistory source, List<ReferenceOperation> operations)
    {
        if (operations.Count <= MostForTheDefinition) return BruteForce.IsLinearizable(source.Type, source.Initial, operations);
        var part = new SmallHistory(source.Type, source.Initial, source.ObserveFailedCas, operations);
        var options = new CheckOptions { Initial = source.Initial, ObserveFailedCas = source.ObserveFailedCas };
        return Lin.Check(part.Build(), source.Type, options).Kind switch { VerdictKind.Valid => true, VerdictKind.Invalid => false, _ => null };
    }

    [GeneratedRegex(@"\b(rows?|slots?|ValueId|OperationType|configuration|bitmask|Checker|System)\b|  |\.\.|\b1 operations\b|\b1 increments\b|, ,|\(\)|: \.|\bmay have null\b")]
    private static partial Regex Internal();

    [GeneratedRegex(@"(?<![\w.])\d[\d,.]* (ns|µs|ms|s)\b")]
    private static partial Regex Moments();
}

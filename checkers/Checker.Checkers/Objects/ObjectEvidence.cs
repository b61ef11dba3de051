using Checker.Checkers.Prose;

namespace Checker.Checkers.Objects;

/// <summary>
/// Turns "no order exists" into few operations. Operations are let go as long as no order exists: one that is let go may have happened or
/// not, with any result, so what is left is a contradiction whatever the others did.
/// </summary>
internal sealed class ObjectEvidence(ObjectHistory rows, ObjectStates states, CheckOptions options)
{
    private const long StepsForAll = 3_000_000;

    private readonly Allowance _allowance = new(Math.Min(StepsForAll, options.MaxSteps), options.MaxBytes, options.Cancellation);

    /// <summary>Explains that an order is impossible.</summary>
    public Anomaly Explain(Claim claim)
    {
        var use = (RowUse[])claim.Use.Clone();
        var search = new OrderSearch(rows, states, _allowance);
        var held = claim.Processes.SelectMany(process => Enumerable.Range(rows.Start[process], rows.Start[process + 1] - rows.Start[process]))
            .Where(row => use[row] is RowUse.Shown or RowUse.Hidden).OrderByDescending(row => rows.Original[row]).ToList();
        for (var size = Math.Max(1, held.Count / 2); ; size /= 2)
        {
            for (var first = 0; first < held.Count && !_allowance.Spent;)
            {
                var part = held.GetRange(first, Math.Min(size, held.Count - first));
                var saved = part.ConvertAll(row => use[row]);
                foreach (var row in part) use[row] = rows.Update[row] ? RowUse.Optional : RowUse.Absent;
                if (Part(search, claim, use) == VerdictKind.Invalid)
                {
                    held.RemoveRange(first, part.Count);
                    continue;
                }

                for (var i = 0; i < part.Count; i++) use[part[i]] = saved[i];
                first += part.Count;
            }

            if (size <= 1 || _allowance.Spent) break;
        }

        return Say(claim, search, use, held);
    }

    /// <summary>Explains that a search has tried everything: results are let go as long as it still finds nothing.</summary>
    /// <param name="kind">The anomaly's name.</param>
    /// <param name="claim">The claim in words, up to the results that cannot be explained.</param>
    /// <param name="judge">Judges rows.</param>
    public Anomaly Exhausted(string kind, string claim, Func<ObjectHistory, Allowance, VerdictKind> judge)
    {
        var optional = (bool[])rows.Optional.Clone();
        var kept = WithOptional(optional);
        for (var row = rows.Count - 1; row >= 0 && !_allowance.Spent; row--)
        {
            if (optional[row]) continue;
            optional[row] = true;
            var part = _allowance.Part(Math.Max(1000, _allowance.Left / 4));
            if (judge(kept, part) != VerdictKind.Invalid) optional[row] = false;
            _allowance.Return(part);
        }

        int[] held = [.. Enumerable.Range(0, rows.Count).Where(row => !optional[row]).Select(row => rows.Original[row]).Order()];
        var text = new OperationText(rows.History, rows.Type);
        return new Anomaly(
            kind,
            held,
            $"{claim} these results together, whatever the other operations returned: " +
            $"{string.Join("; ", held.Select(text.Full))}.");
    }

    private ObjectHistory WithOptional(bool[] optional) => new()
    {
        History = rows.History,
        Type = rows.Type,
        Start = rows.Start,
        Original = rows.Original,
        Object = rows.Object,
        ObjectCount = rows.ObjectCount,
        Process = rows.Process,
        Optional = optional,
        ReadOnly = rows.ReadOnly,
        Update = rows.Update,
    };

    private VerdictKind Part(OrderSearch search, Claim claim, RowUse[] use)
    {
        var before = _allowance.Left;
        var kind = search.Run(claim.Processes, use);
        return before > 0 ? kind : VerdictKind.Unknown;
    }

    private Anomaly Say(Claim claim, OrderSearch search, RowUse[] use, List<int> held)
    {
        var text = new OperationText(rows.History, rows.Type);
        int[] operations = [.. held.Select(row => rows.Original[row]).Order()];
        var objects = held.Select(row => rows.Object[row]).Distinct().ToArray();
        var spans = rows.ObjectCount != rows.History.KeyCount || objects.Length != 1;
        var partials = Array.Empty<PartialOrder>();
        if (search.Run(claim.Processes, use) == VerdictKind.Invalid && search.Stuck.Count > 0)
        {
            int[] stuck = [.. search.Stuck.Where(row => use[row] == RowUse.Shown).Select(row => rows.Original[row])];
            var state = string.Join("; ", objects.Select(target => states.Describe(target, search.LongestState(target))));
            partials = [new PartialOrder([.. search.Longest.Select(row => rows.Original[row])], stuck, $"then {state}")];
        }

        var most = string.Join("; ", operations.Take(12).Select(text.Full));
        var more = operations.Length > 12 ? $"; and {operations.Length - 12} more" : "";
        return new Anomaly(
            claim.Kind, operations, $"{claim.Sentence} these results together, whether or not the other operations took effect: {most}{more}.")
        {
            Key = spans ? -1 : objects[0],
            Partials = partials,
        };
    }
}

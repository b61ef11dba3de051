using System.Globalization;
using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Prose;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>The anomaly of a minimal history that is not linearizable.</summary>
/// <param name="history">The operations.</param>
/// <param name="start">An order that may be continued where not all can be tried, as rows.</param>
/// <param name="judge">Knows how far the best orders come.</param>
internal sealed class Explanation(KeyHistory history, Func<int[]> start, IObjectJudge judge)
{
    private const int MostListed = 12;

    private readonly OperationText _text = new(history.History, history.Type);
    private string? _ends; // where the first of the longest orders ends

    /// <summary>Puts the anomaly together.</summary>
    /// <param name="said">What a special algorithm says about the same history, if one does.</param>
    public Anomaly Build(Anomaly? said)
    {
        var partials = Partials();
        if (said is not null) return said with { Operations = history.Operations.ToArray(), Key = history.Key, Partials = partials };
        var (kind, sentence, edges) = (judge.IsBundled ? RegisterExplanation.Of(history, _text) : null) ?? ("non-linearizable", General(partials), []);
        return new(kind, history.Operations.ToArray(), Sentence(sentence.TrimEnd('.'))) { Key = history.Key, Edges = edges, Partials = partials };
    }

    // "On key x, process 3 read …."; without a key "Process 3 read …."
    private string Sentence(string said)
    {
        var named = history.Key >= 0 && !history.History.KeyName(history.Key).IsNull;
        return named ? $"On key {history.History.KeyName(history.Key)}, {said}." : $"{char.ToUpperInvariant(said[0])}{said[1..]}.";
    }

    private string General(List<PartialOrder> partials)
    {
        var listed = string.Join("; ", history.Operations[..Math.Min(MostListed, history.Count)].ToArray().Select(_text.Full));
        var more = history.Count > MostListed ? string.Create(CultureInfo.InvariantCulture, $"; and {history.Count - MostListed:N0} more") : "";
        var results = history.Count == 1 ? "nothing explains the result of this operation" : $"no order of these {history.Count} operations explains their results";
        return $"{results}: {listed}{more}.{(partials is [var best, ..] ? $" {Where(best)}" : "")}";
    }

    // Where the longest order ends: the operations are listed before this, so only the last of them is said again.
    private string Where(PartialOrder best) => best.Order.Count <= 1
        ? best.Why
        : string.Create(CultureInfo.InvariantCulture, $"The longest order places {best.Order.Count:N0} of them, the last of them {_text.Short(best.Order[^1])}; then {_ends}.");

    private List<PartialOrder> Partials()
    {
        var partials = new List<PartialOrder>();
        foreach (var (order, stuck, state) in judge.LongestOrders(history, start))
        {
            _ends ??= End(Numbers(stuck), state);
            var (placed, next) = (Numbers(order), Numbers(stuck));
            partials.Add(new PartialOrder(placed, next, Why(placed, next, state)));
        }

        return partials;
    }

    // "After write 1 by process 0 (line 1), the register holds 1; read 2 by process 1 (line 3) would have to come next, and its result is impossible there."
    private string Why(int[] order, int[] stuck, string state)
    {
        var placed = order.Length == 0 ? "Before anything is placed"
            : order.Length <= MostListed ? $"After {string.Join(", ", order.Select(_text.Short))}"
            : string.Create(CultureInfo.InvariantCulture, $"After {order.Length:N0} operations, the last of them {string.Join(", ", order.TakeLast(3).Select(_text.Short))}");
        return $"{placed}, {End(stuck, state)}.";
    }

    private string End(int[] stuck, string state)
    {
        var next = string.Join(" or ", stuck.Take(MostListed).Select(_text.Short));
        return $"{state}; {next} would have to come next, and {(stuck.Length == 1 ? "its result is impossible there" : "none of their results is possible there")}";
    }

    private int[] Numbers(int[] rows)
    {
        var numbers = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++) numbers[i] = history.Operations[rows[i]];
        return numbers;
    }
}

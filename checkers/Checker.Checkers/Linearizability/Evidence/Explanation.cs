using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Prose;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>The anomaly of a minimal history that is not linearizable.</summary>
internal sealed class Explanation(KeyHistory history, SearchResult search, bool bundled)
{
    private readonly OperationText _text = new(history.History, history.Type);

    /// <summary>Puts the anomaly together.</summary>
    /// <param name="said">What a special algorithm says about the same history, if one does.</param>
    public Anomaly Build(Anomaly? said)
    {
        if (said is not null) return said with { Operations = history.Operations.ToArray(), Key = history.Key, Partials = Partials() };
        var (kind, sentence, edges) = (bundled ? RegisterExplanation.Of(history, _text) : null) ?? ("non-linearizable", General(), []);
        return new(kind, history.Operations.ToArray(), Sentence(sentence.TrimEnd('.'))) { Key = history.Key, Edges = edges, Partials = Partials() };
    }

    // "On key x, process 3 read …."; without a key "Process 3 read …."
    private string Sentence(string said)
    {
        var named = history.Key >= 0 && !history.History.KeyName(history.Key).IsNull;
        return named ? $"On key {history.History.KeyName(history.Key)}, {said}." : $"{char.ToUpperInvariant(said[0])}{said[1..]}.";
    }

    private string General()
    {
        var all = string.Join("; ", history.Operations.ToArray().Select(_text.Full));
        return $"no order of these {history.Count} operations explains their results: {all}. {Dead()}";
    }

    private string Dead()
    {
        if (search.Stuck < 0) return "";
        var placed = search.Order.Length == 0
            ? "Before anything is placed"
            : $"After {string.Join(", ", search.Order.Select(_text.Short))}";
        return $"{placed}, {search.State}; {_text.Short(search.Stuck)} has to be placed before its return, and nothing that is open makes its result possible.";
    }

    private IReadOnlyList<PartialOrder> Partials() =>
        search.Stuck < 0 ? [] : [new PartialOrder(search.Order, [search.Stuck], Dead())];
}

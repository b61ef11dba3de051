using Checker.Checkers.Prose;
using Checker.Histories;

namespace Checker.Checkers.Registers;

/// <summary>An edge that a rule forces between two operations, with the read that forces it.</summary>
/// <param name="From">The operation that must come first.</param>
/// <param name="To">The operation that must come after.</param>
/// <param name="Because">The read that forces it.</param>
internal readonly record struct ForcedEdge(int From, int To, int Because);

/// <summary>
/// Finds a short path or cycle through program order, reads-from and forced edges, and puts each step into words. Used only once a
/// violation is known, so it may take O(operations + edges) each time. Operations are those of the <see cref="RegisterHistory"/>; the
/// edges it returns name those of the history.
/// </summary>
internal sealed class Argument
{
    private readonly RegisterHistory _history;
    private readonly OperationText _text;
    private readonly int _readsFromSession;
    private readonly Dictionary<int, List<ForcedEdge>> _forced = [];
    private readonly Dictionary<(int From, int To), int> _reasons = [];

    /// <summary>Prepares the graph.</summary>
    /// <param name="history">The traced history.</param>
    /// <param name="type">The data type, for words.</param>
    /// <param name="forced">The forced edges.</param>
    /// <param name="readsFromSession">If not negative, only this session's reads bind (as in PRAM).</param>
    public Argument(RegisterHistory history, DataType type, IEnumerable<ForcedEdge> forced, int readsFromSession = -1)
    {
        _history = history;
        _text = new OperationText(history.History, type);
        _readsFromSession = readsFromSession;
        foreach (var edge in forced)
        {
            if (!_forced.TryGetValue(edge.From, out var list)) _forced[edge.From] = list = [];
            list.Add(edge);
        }
    }

    /// <summary>The words for an operation.</summary>
    public string Full(int op) => _text.Full(_history.Original[op]);

    /// <summary>Fewer words for an operation.</summary>
    public string Short(int op) => _text.Short(_history.Original[op]);

    /// <summary>The steps of an argument in words.</summary>
    public static string Because(IReadOnlyList<Edge> edges) => string.Join("; ", edges.Select(edge => edge.Why));

    /// <summary>The value that an operation writes.</summary>
    public string Written(int op)
    {
        var history = _history.History;
        var original = _history.Original[op];
        return history.Functions[original] switch
        {
            Function.Cas => _text.Text(history.Values.Items(history.Input[original])[1]),
            Function.Delete => "null",
            _ => _text.Text(history.Input[original]),
        };
    }

    /// <summary>"key x", or "the register".</summary>
    public string KeyText(int op)
    {
        var name = _history.History.KeyName(_history.Key[op]);
        return name.IsNull ? "the register" : $"key {name}";
    }

    /// <summary>The fewest steps from one operation to another, steps of program order not counted; empty if there is no path.</summary>
    /// <param name="from">The first operation.</param>
    /// <param name="to">The last; the same as the first for a cycle.</param>
    /// <param name="within">If given, only these operations are walked over.</param>
    public IReadOnlyList<Edge> Path(int from, int to, bool[]? within = null)
    {
        var steps = new Dictionary<int, (int Before, ForcedEdge? Forced)>();
        var ahead = new LinkedList<int>();
        ahead.AddFirst(from);
        var settled = new HashSet<int>();
        while (ahead.First is { } first)
        {
            ahead.RemoveFirst();
            var op = first.Value;
            if (!settled.Add(op)) continue;
            if (op == to && steps.ContainsKey(to)) return Words(from, to, steps);
            // A cycle asks for the way back to its start: let the start be reached again.
            if (op == from && from == to && settled.Count == 1) settled.Remove(op);
            var next = op + 1;
            if (next < _history.Count && _history.Session[next] == _history.Session[op]) Reach(next, op, null, front: true);
            foreach (var reader in _history.ReadersOf(op))
            {
                if (_readsFromSession < 0 || _history.Session[reader] == _readsFromSession) Reach(reader, op, null, front: false);
            }

            if (_forced.TryGetValue(op, out var forced))
            {
                foreach (var edge in forced) Reach(edge.To, op, edge, front: false);
            }
        }

        return [];

        void Reach(int op, int before, ForcedEdge? edge, bool front)
        {
            if (within is { } && !within[op]) return;
            if (settled.Contains(op) || !steps.TryAdd(op, (before, edge))) return;
            if (front) ahead.AddFirst(op);
            else ahead.AddLast(op);
        }
    }

    /// <summary>The operations of the steps, in order and once each, then the reads that force them, then further ones; as numbers of the
    /// history.</summary>
    public IReadOnlyList<int> Operations(IReadOnlyList<Edge> edges, params ReadOnlySpan<int> more)
    {
        var all = new List<int>();
        foreach (var edge in edges)
        {
            if (!all.Contains(edge.From)) all.Add(edge.From);
            if (!all.Contains(edge.To)) all.Add(edge.To);
        }

        // A forced edge is only as good as the read that forces it.
        foreach (var edge in edges)
        {
            if (_reasons.TryGetValue((edge.From, edge.To), out var read) && !all.Contains(read)) all.Add(read);
        }

        foreach (var op in more)
        {
            var original = _history.Original[op];
            if (!all.Contains(original)) all.Add(original);
        }

        return all;
    }

    private List<Edge> Words(int from, int to, Dictionary<int, (int Before, ForcedEdge? Forced)> steps)
    {
        var nodes = new List<(int Op, ForcedEdge? Forced)>();
        var at = to;
        do
        {
            var (before, forced) = steps[at];
            nodes.Add((at, forced));
            at = before;
        }
        while (at != from);
        nodes.Reverse();

        var edges = new List<Edge>();
        var start = from;
        for (var i = 0; i < nodes.Count; i++)
        {
            var (op, forced) = nodes[i];
            var programOrder = forced is null && _history.Previous(op) == (i == 0 ? from : nodes[i - 1].Op);
            if (programOrder)
            {
                // Steps along one session are one step.
                var further = i + 1 < nodes.Count && nodes[i + 1].Forced is null && _history.Previous(nodes[i + 1].Op) == op;
                if (further) continue;
            }

            edges.Add(Word(start, op, forced, programOrder));
            start = op;
        }

        return edges;
    }

    private Edge Word(int from, int to, ForcedEdge? forced, bool programOrder)
    {
        var history = _history.History;
        if (forced is { } edge)
        {
            var source = _history.Source[edge.Because];
            _reasons[(_history.Original[from], _history.Original[to])] = _history.Original[edge.Because];
            var why = source == to
                ? $"{Full(edge.Because)}, which saw {Written(to)} although {Written(from)} of {KeyText(from)} came before that read: so " +
                    $"{Written(from)} must be older than {Written(to)}"
                : $"{Full(edge.Because)}, which did not yet see {Written(to)} of {KeyText(to)}, the newer value: so it must come before " +
                    $"that write";
            return new Edge(_history.Original[from], _history.Original[to], "forced", why);
        }

        return programOrder
            ? new Edge(_history.Original[from], _history.Original[to], "program-order", $"{Short(from)} came before {Short(to)} in the " +
                $"same process")
            : new Edge(_history.Original[from], _history.Original[to], "reads-from", $"{Short(to)} saw what {Short(from)} wrote");
    }
}

using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Evidence;

/// <summary>
/// What else may be left out of a counterexample whose elements come again, by trying everything on plain values; and what excuses that something is there:
/// removals that had not returned where the history was cut. Written apart from the code under test.
/// </summary>
/// <param name="source">The history.</param>
/// <param name="judged">Its operations that count.</param>
/// <param name="shown">The counterexample.</param>
internal sealed class RepeatedRule(SmallHistory source, List<ReferenceOperation> judged, List<ReferenceOperation> shown)
{
    private const int Unused = 10_000; // no process has a number as great

    private readonly List<(int At, int Operation)> _events =
        [.. shown.SelectMany((o, i) => new[] { (At: o.Invoke, Operation: i), (At: o.Return, Operation: ~i) }).Where(e => e.At != History.Never).OrderBy(e => e.At)];

    /// <summary>Whether the counterexample is one of a container or a set in which an element comes again.</summary>
    public bool Applies => source.Type.Sequential.Name == "set" || source.Type.Sequential.Name is "queue" or "unordered-queue" or "stack" or "priority-queue" &&
        judged.Where(IsInsert).Select(o => o.Input).Concat(source.Initial.Kind == ValueKind.List ? source.Initial.AsList() : []).GroupBy(e => e).Any(e => e.Count() > 1);

    /// <summary>
    /// What is left of the counterexample with what may excuse it, for each return where it may have been cut and something was open: answers that came later
    /// are unknown, and removals of shown elements count that are not shown.
    /// </summary>
    public IEnumerable<List<ReferenceOperation>> Excused(List<ReferenceOperation> rest)
    {
        foreach (var cut in shown.Select(o => o.Return).Where(at => at != History.Never && shown.TrueForAll(o => o.Invoke < at || Changes(o))))
        {
            var open = Open(cut).ToList();
            if (open.Count == 0 && !shown.Exists(o => IsUnsure(o, cut))) continue;
            yield return [.. rest.Select(o => IsUnsure(o, cut) ? Unanswered(o) : o).Concat(open.Select(Unanswered)).OrderBy(o => o.Invoke)];
        }
    }

    private IEnumerable<ReferenceOperation> Open(int cut) => judged.Where(o => !shown.Contains(o) && o.Invoke < cut && o.Return > cut && Changes(o) &&
        (Brings(o) ? IsUnsure(o, cut) : o.Type == OperationType.Info || shown.Exists(i => Inserts(i, o.Output))));

    private static bool IsUnsure(ReferenceOperation o, int cut) => o.Type == OperationType.Ok && o.Return > cut && Changes(o) && (!Brings(o) || o.Output.Kind == ValueKind.Boolean);

    // By a process of its own, as one goes on.
    private static ReferenceOperation Unanswered(ReferenceOperation o) => o with { Process = Unused + o.Invoke, Type = OperationType.Info, Output = Value.Null, Return = History.Never };

    /// <summary>A pair of an insertion and a removal of one element, or one change of a set, without which as much is possible as with it; null if there is none.</summary>
    public ReferenceOperation[]? Indifferent()
    {
        var whole = Layers([]);
        var death = whole.FindIndex(layer => layer.Count == 0);
        if (death < 0 || Excused(shown).Any()) return null;
        var returned = shown.Where(o => o.Return < _events[death - 1].At).ToList();
        foreach (var gone in Candidates(returned))
        {
            var rest = shown.Except(gone).ToList();
            if (rest.Exists(o => Lacks(o, shown, rest) is not null)) continue;
            var left = Layers(gone);
            var after = _events.FindIndex(e => e.At == gone.Max(o => o.Return)) + 1;
            if (left[death].Count == 0 && Enumerable.Range(after, death - after).Any(at => whole[at].IsSubsetOf(left[at]))) return gone;
        }

        return null;
    }

    private IEnumerable<ReferenceOperation[]> Candidates(List<ReferenceOperation> returned)
    {
        if (source.Type.Sequential.Name == "set") return returned.Where(o => Brings(o) && shown.Count(p => Brings(p) && p.Input == o.Input) + Initial.Count(e => e == o.Input) > 1).Select(o => new[] { o });
        return returned.Where(IsInsert).SelectMany(i => returned.Where(o => Changes(o) && !IsInsert(o) && o.Type == OperationType.Ok && o.Output == i.Input).Select(o => new[] { i, o }));
    }

    /// <summary>Who is not shown and may have brought about what one operation found, where nobody is shown who may have; null if there is none.</summary>
    public ReferenceOperation? Lacks(ReferenceOperation one) => Lacks(one, judged, shown);

    // The states before each event and after the last, each with what is open and took effect.
    private List<HashSet<(Value State, long Done)>> Layers(ReferenceOperation[] gone)
    {
        var layers = new List<HashSet<(Value State, long Done)>> { new() { (ReferenceModel.Initial(source.Type, source.Initial), 0) } };
        var open = new List<int>();
        foreach (var (_, i) in _events)
        {
            var layer = layers[^1];
            var operation = shown[i < 0 ? ~i : i];
            if (gone.Contains(operation))
            {
                layers.Add(layer);
                continue;
            }

            if (i < 0)
            {
                open.Remove(~i);
                layers.Add([.. layer.Where(c => (c.Done >> ~i & 1) != 0).Select(c => (c.State, c.Done & ~(1L << ~i)))]);
                continue;
            }

            open.Add(i);
            var all = layer.ToHashSet();
            for (var left = new Stack<(Value State, long Done)>(all); left.TryPop(out var c);)
            {
                foreach (var o in open.Where(o => (c.Done >> o & 1) == 0))
                {
                    foreach (var next in ReferenceModel.Step(source.Type, c.State, shown[o]))
                    {
                        if (all.Add((next, c.Done | (1L << o)))) left.Push((next, c.Done | (1L << o)));
                    }
                }
            }

            layers.Add(all);
        }

        return layers;
    }

    private ReferenceOperation? Lacks(ReferenceOperation one, IReadOnlyList<ReferenceOperation> all, IReadOnlyList<ReferenceOperation> left)
    {
        foreach (var (element, present) in Found(one).Where(found => Initial.Contains(found.Element) != found.Present))
        {
            bool BringsAbout(ReferenceOperation o) => Brings(o) && o.Input == element && o.Function != Function.Remove == present;
            if (all.FirstOrDefault(BringsAbout) is { } giver && !left.Any(BringsAbout)) return giver;
        }

        return null;
    }

    private Value[] Initial => source.Initial.Kind == ValueKind.List ? [.. source.Initial.AsList()] : [];

    private static bool IsInsert(ReferenceOperation o) => o.Function is Function.Enqueue or Function.Push or Function.Insert or Function.Add;

    private static bool Inserts(ReferenceOperation o, Value element) => IsInsert(o) && o.Input == element;

    private static bool Brings(ReferenceOperation o) => IsInsert(o) || o.Function == Function.Remove;

    private static bool Changes(ReferenceOperation o) => Brings(o) ||
        (o.Function is Function.Dequeue or Function.Pop or Function.ExtractMax && (o.Type == OperationType.Info || !o.Output.IsNull));

    private IEnumerable<(Value Element, bool Present)> Found(ReferenceOperation o)
    {
        if (o.Type != OperationType.Ok) return [];
        switch (o.Function)
        {
            case Function.Dequeue or Function.Pop or Function.ExtractMax or Function.Peek: return o.Output.IsNull ? [] : [(o.Output, true)];
            case Function.Read:
                Value[] items = o.Output.Kind == ValueKind.List ? [.. o.Output.AsList()] : [];
                return items.Select(e => (e, true)).Concat(Initial.Except(items).Select(e => (e, false)));
            case Function.Contains or Function.Remove or Function.Add:
                var answer = o.Function == Function.Contains && o.Output.Kind == ValueKind.List ? o.Output.AsList()[1] : o.Output;
                return answer.Kind == ValueKind.Boolean ? [(o.Input, answer == true != (o.Function == Function.Add))] : [];
            default: return [];
        }
    }
}

using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Convergence;

/// <summary>
/// Eventual consistency straight from its definition: tries every order of an object's updates (for an or-set, everything that removes may
/// have observed), everything that may have happened early, and for every final read every set of updates that it may have seen.
/// </summary>
internal sealed class EventualReference(DataType type, Value initial, IReadOnlyList<ReferenceOperation> operations)
{
    private static readonly Value[] Writes = ["write", "w"];

    private readonly string _name = type.Sequential.Name;
    private readonly List<ReferenceOperation> _happened = [.. operations.Where(o => o.Type != OperationType.Fail)];

    /// <summary>The verdict: unknown if there are updates, but no final reads.</summary>
    public VerdictKind Judge()
    {
        var updates = _happened.Where(IsUpdate).ToList();
        var start = updates.Count == 0 ? -1 : updates.Max(o => o.Return == History.Never ? o.Invoke : o.Return);
        var reads = _happened.Where(o => o.Type == OperationType.Ok && o.Invoke > start && !IsUpdate(o)).OrderBy(o => o.Invoke).ToList();
        if (reads.Count == 0) return updates.Count == 0 ? VerdictKind.Valid : VerdictKind.Unknown;
        var early = _happened.Where(o => o.Type == OperationType.Ok && o.Return <= start).ToList();
        var places = reads.SelectMany(Views).Select(view => view.Place)
            .Concat(updates.SelectMany(UpdatesOf).Select(u => u.Place)).Distinct().ToList();
        return places.TrueForAll(place => Converges(place, updates, reads, early)) ? VerdictKind.Valid : VerdictKind.Invalid;
    }

    /// <summary>An update of one object. An append is one of a text or of a list.</summary>
    private sealed record Update(Value Place, Function Kind, Value Argument, ReferenceOperation Source)
    {
        public bool IsInfo => Source.Type == OperationType.Info;
    }

    /// <summary>What a read tells of one object: its state, or of a set one element.</summary>
    private sealed record View(Value Place, Value State, Value? Element);

    private bool Converges(Value place, List<ReferenceOperation> updates, List<ReferenceOperation> reads, List<ReferenceOperation> early)
    {
        var all = updates.SelectMany(UpdatesOf).Where(u => u.Place == place).ToList();
        var views = new List<(int Process, View View)>();
        foreach (var read in reads)
        {
            foreach (var view in Views(read).Concat(LeftOut(read, place)).Where(view => view.Place == place)) views.Add((read.Process, view));
        }

        var finals = views.Select((v, i) => Final(views, i)).Where(matches => matches is not null).ToList();
        var isText = all.Exists(u => u.Kind == Function.Append) && _name == "kv";
        var facts = _name is "counter" or "pn-counter" || isText ? [] : early.SelectMany(Facts).Where(fact => fact.Place == place).ToList();
        foreach (var ordered in _name is "counter" or "pn-counter" || type == DataTypes.OrSet ? [all] : Orders(all))
        {
            foreach (var state in type == DataTypes.OrSet ? Observations(all) : [seen => Fold(place, ordered.Where(seen.Contains))])
            {
                foreach (var happened in Subsets(all, u => u.IsInfo))
                {
                    if (!facts.TrueForAll(fact => IsExplained(fact, all, happened))) continue;
                    var possible = Subsets(all, u => u.IsInfo && !happened.Contains(u)).Select(seen => state(seen)).ToList();
                    if (finals.TrueForAll(matches => possible.Exists(s => s is { } known && matches!(known)))) return true;
                }
            }
        }

        return false;
    }

    // Whether a state is what the i-th view shows, as far as its process looked at nothing later; null if nothing of it is final.
    private Predicate<Value>? Final(List<(int Process, View View)> views, int i)
    {
        var (process, view) = views[i];
        var later = views.Skip(i + 1).Where(v => v.Process == process).Select(v => v.View).ToList();
        if (later.Exists(v => v.Element is null || (view.Element is { } e && v.Element == e))) return null;
        if (view.Element is { } element) return state => state.AsList().Contains(element) == view.State.AsBoolean();
        if (_name != "set") return state => state == view.State;
        var looked = later.Select(v => v.Element!.Value).ToList();
        var listed = view.State.IsNull ? [] : view.State.AsList().ToArray();
        return state => listed.Distinct().Count() == listed.Length &&
            listed.Except(looked).ToHashSet().SetEquals(state.AsList().ToArray().Except(looked));
    }

    // A value, element or item found early, so many times. What nobody can have written proves nothing.
    private static bool IsExplained((Value Place, Value Found, int Times) fact, List<Update> all, HashSet<Update> happened)
    {
        bool Writes(Update u) => u.Kind != Function.Remove && u.Argument == fact.Found;
        return happened.Count(Writes) >= Math.Min(fact.Times, all.Count(Writes));
    }

    private IEnumerable<(Value Place, Value Found, int Times)> Facts(ReferenceOperation o)
    {
        switch (_name, o.Function)
        {
            case ("set", Function.Contains):
                if (Truth(o.Output) && !Listed(initial).Contains(o.Input)) yield return (o.Key, o.Input, 1);
                break;
            case ("set", Function.Read):
                foreach (var element in Listed(o.Output).Except(Listed(initial))) yield return (o.Key, element, 1);
                break;
            case ("append-list", Function.Read):
                if (!Listed(o.Output).Take(Listed(initial).Length).SequenceEqual(Listed(initial))) break;
                foreach (var item in Listed(o.Output).Skip(Listed(initial).Length).GroupBy(item => item)) yield return (o.Key, item.Key, item.Count());
                break;
            case (_, Function.Cas):
                if (o.Input.AsList()[0] != InitialOf(o.Key)) yield return (o.Key, o.Input.AsList()[0], 1);
                break;
            default:
                foreach (var view in Views(o).Where(view => view.State != InitialOf(view.Place))) yield return (view.Place, view.State, 1);
                break;
        }
    }

    // Null: the updates make no sense in that order.
    private Value? Fold(Value place, IEnumerable<Update> updates)
    {
        Value? state = _name switch
        {
            "counter" or "pn-counter" => initial.IsNull ? 0 : initial,
            "set" or "append-list" => Value.List(Listed(initial)),
            _ => InitialOf(place),
        };
        foreach (var update in updates)
        {
            state = (_name, update.Kind) switch
            {
                (_, Function.Write) => update.Argument,
                ("kv", Function.Append) when state is { } text => text.IsNull ? update.Argument
                    : text.Kind == ValueKind.String ? (Value)(text.AsString() + update.Argument.AsString()) : default(Value?),
                ("kv", _) => default(Value?),
                ("append-list", _) => Value.List([.. Listed(state!.Value), update.Argument]),
                ("set", Function.Add) => Value.List([.. Listed(state!.Value).Append(update.Argument).Distinct()]),
                ("set", _) => Value.List([.. Listed(state!.Value).Where(e => e != update.Argument)]),
                _ => state!.Value.AsInteger() + update.Argument.AsInteger(),
            };
        }

        return state;
    }

    // Every choice of what each remove has observed: adds of its element that began before it ended. The initial elements are known to all.
    private IEnumerable<Func<HashSet<Update>, Value?>> Observations(List<Update> all)
    {
        var pairs = (
            from remove in all.Where(u => u.Kind == Function.Remove)
            from add in all.Where(u => u.Kind == Function.Add && u.Argument == remove.Argument)
            where remove.IsInfo || add.Source.Invoke < remove.Source.Return
            select (Add: add, Remove: remove)).ToList();
        foreach (var observed in Subsets(pairs, _ => true))
        {
            yield return seen => Value.List(
            [
                .. Listed(initial).Where(e => !seen.Any(u => u.Kind == Function.Remove && u.Argument == e))
                    .Concat(seen.Where(u => u.Kind == Function.Add && !observed.Any(p => p.Add == u && seen.Contains(p.Remove))).Select(u => u.Argument)).Distinct(),
            ]);
        }
    }

    private IEnumerable<Update> UpdatesOf(ReferenceOperation o)
    {
        switch (o.Function)
        {
            case Function.Write: return [new(o.Key, Function.Write, o.Input, o)];
            case Function.Delete: return [new(o.Key, Function.Write, Value.Null, o)];
            case Function.Cas: return [new(o.Key, Function.Write, o.Input.AsList()[1], o)];
            case Function.Increment or Function.Decrement or Function.Add when _name is "counter" or "pn-counter":
                var n = o.Input.IsNull ? 1 : o.Input.AsInteger();
                return [new(o.Key, Function.Add, o.Function == Function.Decrement ? -n : n, o)];
            case Function.Transaction:
                return o.Input.AsList().ToArray().Where(IsWrite).GroupBy(m => m.AsList()[1]).Select(g => new Update(g.Key, Function.Write, g.Last().AsList()[2], o));
            default: return [new(o.Key, o.Function, o.Input, o)];
        }
    }

    private IEnumerable<View> Views(ReferenceOperation o) => o.Function switch
    {
        Function.Read => [new(o.Key, o.Output, null)],
        Function.Contains => [new(o.Key, Truth(o.Output), o.Input)],
        Function.Snapshot => o.Output.AsMap().ToArray().Select(e => new View(e.Key, e.Value, null)),
        Function.Transaction when o.Output.IsNull => [],
        Function.Transaction => o.Output.AsList().ToArray().Where(m => !IsWrite(m)).Select(m => new View(m.AsList()[1], m.AsList()[2], null)),
        _ => [],
    };

    private IEnumerable<View> LeftOut(ReferenceOperation o, Value place) =>
        o.Function == Function.Snapshot && o.Input.IsNull && o.Output.AsMap().ToArray().All(e => e.Key != place) ? [new(place, InitialOf(place), null)] : [];

    private static bool IsUpdate(ReferenceOperation o) => o.Function switch
    {
        Function.Read or Function.Contains or Function.Snapshot => false,
        Function.Transaction => o.Input.AsList().ToArray().Any(IsWrite),
        _ => true,
    };

    private static bool IsWrite(Value micro) => Writes.Contains(micro.AsList()[0]);

    private Value InitialOf(Value place) => _name is "multi-register" or "snapshot" && initial.Kind == ValueKind.Map
        ? initial.AsMap().ToArray().FirstOrDefault(e => e.Key == place).Value
        : initial;

    private static bool Truth(Value output) => (output.Kind == ValueKind.List ? output.AsList()[1] : output) == true;

    private static Value[] Listed(Value list) => list.IsNull ? [] : list.AsList().ToArray();

    private static IEnumerable<List<Update>> Orders(List<Update> updates)
    {
        if (updates.Count == 0) return [[]];
        return updates.SelectMany((first, i) => Orders([.. updates.Take(i), .. updates.Skip(i + 1)]).Select(rest => rest.Prepend(first).ToList()));
    }

    private static IEnumerable<HashSet<T>> Subsets<T>(List<T> all, Func<T, bool> optional)
    {
        var open = all.Where(optional).ToList();
        for (var mask = 0; mask < 1 << open.Count; mask++) yield return [.. all.Where(u => !optional(u) || ((mask >> open.IndexOf(u)) & 1) == 1)];
    }
}

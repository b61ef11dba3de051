using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Evidence;

/// <summary>
/// The rule of minimal counterexamples, pair by pair on plain values: what has to go along when an operation is left out, so that a valid history stays
/// valid. Written apart from the code under test.
/// </summary>
/// <param name="type">The data type.</param>
/// <param name="initial">The first value.</param>
/// <param name="all">The operations.</param>
/// <param name="appended">Whether something was appended by an operation that is not among them: values stay texts of several parts.</param>
internal sealed class EvidenceRule(DataType type, Value initial, IReadOnlyList<ReferenceOperation> all, bool appended = false)
{
    private readonly string _type = type.Sequential.Name;
    private readonly bool _texts = (appended || all.Any(o => o.Function == Function.Append)) && type.Sequential.Name == "kv";

    // To what is no text nothing can be appended.
    private readonly bool _mixed = all.SelectMany(Given).Select(given => given.Value).Append(initial).Any(value => value.Kind is not (ValueKind.Null or ValueKind.String));

    /// <summary>
    /// What is missing among some operations that would change what one of them says; null if nothing. Of several that gave a value one is enough, and
    /// the first value needs none. Whoever may have filled a hole of a log matters only while there is one.
    /// </summary>
    public ReferenceOperation? Missing(ReferenceOperation one, List<ReferenceOperation> among)
    {
        if (one.Type == OperationType.Fail) return null; // a swap that failed takes no value
        if (_type == "semaphore") return one.Function == Function.Acquire ? TakenBack(one, among) : null;
        var values = _type is "register" or "cas-register" or "kv" or "multi-register" or "snapshot";
        if (!values && _type != "log") return all.FirstOrDefault(a => Depends(a, one) && !among.Contains(a));
        if (_texts)
        {
            // A text may be put together of others, of which some may have been overwritten.
            if (one.Function == Function.Append) return null;
            var parts = all.Where(a => Depends(a, one) && Text(Given(a).Single().Value).Length > 0).ToList();
            return parts.Exists(among.Contains) ? null : parts.FirstOrDefault();
        }

        foreach (var taken in values ? Taken(one) : Items(one.Output).Where(_ => one.Function == Function.Poll).Select(pair => (pair.AsList()[0], pair.AsList()[1])))
        {
            if (values && taken.Item2 == First(taken.Item1)) continue;
            var givers = all.Where(a => values ? Given(a).Contains(taken) : a.Function == Function.Send && a.Input == taken.Item2 && (Known(a) is not { } at || taken.Item1 == at)).ToList();
            if (givers.Count > 0 && !givers.Exists(among.Contains)) return givers[0];
        }

        return null;
    }

    /// <summary>The operations that go with one; null if it has to stay, or if a hole of a log would be left.</summary>
    public HashSet<ReferenceOperation>? With(ReferenceOperation one, IReadOnlyList<ReferenceOperation> among)
    {
        var gone = new HashSet<ReferenceOperation> { one };
        var left = new Stack<ReferenceOperation>(gone);
        while (left.TryPop(out var a))
        {
            if (Stays(a, among)) return null;
            foreach (var b in among)
            {
                if (!gone.Contains(b) && Depends(a, b)) left.Push(Added(b));
            }
        }

        // A hole where there was none may have been filled by what was left out before.
        return _type == "log" && !HasHole(among) && HasHole([.. among.Where(o => !gone.Contains(o))]) ? null : gone;

        ReferenceOperation Added(ReferenceOperation b)
        {
            gone.Add(b);
            return b;
        }
    }

    /// <summary>What some operations need, and they themselves.</summary>
    public List<ReferenceOperation> Needed(IEnumerable<ReferenceOperation> operations)
    {
        var kept = operations.ToHashSet();
        foreach (var a in all.Where(a => Stays(a, all))) kept.Add(a);
        var left = new Stack<ReferenceOperation>(kept);
        while (left.TryPop(out var b))
        {
            foreach (var a in all)
            {
                if (Depends(a, b) && kept.Add(a)) left.Push(a);
            }
        }

        return [.. all.Where(kept.Contains)];
    }

    /// <summary>Whether the result of one operation may come from another.</summary>
    public bool Depends(ReferenceOperation a, ReferenceOperation b)
    {
        if (a == b || IsLook(a)) return false;
        switch (_type)
        {
            case "counter" or "pn-counter": return b.Function == Function.Read && b.Return > a.Invoke;
            case "semaphore":
                return Matters(a) && (Held(a) is { } hold ? hold == Held(b) : a.Function == Function.Release && b.Function == Function.Acquire && b.Return > a.Invoke);
            case "unique-ids":
                return b.Function == Function.FetchAndAdd && a.Function == Function.FetchAndAdd && a.Input != 0 && Number(a) is { } before && Number(b) > before;
            case "log": return Offset(a) is { } at && (b.Function == Function.Poll ? Shown(b).Any(o => o >= at) : Known(b) > at);
            case "lock":
                return IsRefusal(b) || (Owner(a) == Owner(b) && (IsBlurred(Owner(a)) || Hold(a) == Hold(b)));
            case "append-list": return b.Function == Function.Append ? a.Input == b.Input : Items(b.Output).Contains(a.Input);
            case "set":
                return b.Function == Function.Read
                    ? Items(b.Output).Contains(a.Input) || Items(initial).Contains(a.Input)
                    : a.Input == b.Input;
            case "queue" or "unordered-queue" or "stack" or "priority-queue":
                if (IsInsert(a) && IsInsert(b) && !all.Any(o => !IsInsert(o) && Element(o) == a.Input && Depends(a, o))) return false;
                return Element(a) is { IsNull: false } element && element == Element(b) && !Ends(element).Any(end => IsBefore(a, end) != IsBefore(b, end) && !Spans(b, end));
            default:
                if (b.Type == OperationType.Fail) return true;
                if (_texts && _mixed && b.Function == Function.Append) return true;
                if (_texts) return b.Function is Function.Read or Function.Cas && b.Return > a.Invoke && Text(Taken(b).Single().Value).Contains(Text(Given(a).Single().Value), StringComparison.Ordinal);
                return Given(a).Intersect(Taken(b)).Any();
        }
    }

    private Value First(Value key) => _type is "multi-register" or "snapshot"
        ? (initial.Kind == ValueKind.Map ? initial.AsMap().FirstOrDefault(e => e.Key == key).Value : Value.Null)
        : initial;

    private bool IsLook(ReferenceOperation o) => o.Type == OperationType.Fail || IsRefusal(o) || o.Function switch
    {
        Function.Read or Function.Contains or Function.Peek or Function.Poll or Function.Snapshot or Function.Generate => true,
        Function.Dequeue or Function.Pop or Function.ExtractMax => o.Type == OperationType.Ok && o.Output.IsNull,
        Function.Acquire => _type == "semaphore" && Held(o) is null,
        Function.Transaction => !Given(o).Any(),
        _ => false,
    };

    private bool Stays(ReferenceOperation o, IReadOnlyList<ReferenceOperation> among)
    {
        var unknown = o.Type == OperationType.Info;
        switch (o.Function)
        {
            case Function.Dequeue or Function.Pop or Function.ExtractMax when unknown:
                var elements = among.Where(x => x.Type == OperationType.Ok || Element(x) is { IsNull: false }).ToList();
                var left = Items(initial).Concat(elements.Where(IsInsert).Select(Element)).GroupBy(e => e);
                return left.Any(e => e.Count() > elements.Count(x => !IsInsert(x) && x.Function != Function.Peek && Element(x) == e.Key)) &&
                    among.Any(x => x.Type == OperationType.Ok && x.Return > o.Invoke);
            case Function.Dequeue or Function.Pop or Function.ExtractMax: return Items(initial).Contains(o.Output) && Ends(o.Output).All(end => IsBefore(o, end));
            case Function.FetchAndAdd: return unknown && HasGap(among);
            case Function.Send: return Known(o) is null && HasHole(among);
            case Function.Acquire or Function.Release: return _type == "lock" && Owner(o) == initial && !IsRefusal(o);
            default: return false;
        }
    }

    private bool HasGap(IReadOnlyList<ReferenceOperation> among)
    {
        var end = initial.IsNull ? 0 : initial.AsInteger();
        foreach (var o in among.Where(o => o.Function == Function.FetchAndAdd && o.Type == OperationType.Ok).OrderBy(o => Number(o)))
        {
            if (Number(o) > end) return true;
            end = Math.Max(end, Number(o)!.Value + (o.Input.IsNull ? 1 : o.Input.AsInteger()));
        }

        return false;
    }

    private bool HasHole(IReadOnlyList<ReferenceOperation> among)
    {
        var taken = among.SelectMany(o => o.Function == Function.Poll ? Shown(o) : Known(o) is { } at ? [at] : []).ToHashSet();
        return taken.Any(offset => Enumerable.Range(Items(initial).Length, (int)Math.Max(0, offset - Items(initial).Length)).Any(below => !taken.Contains(below)));
    }

    // Where a send stands; if it does not say so, where its entry is shown first, or else behind everything.
    private long? Offset(ReferenceOperation o)
    {
        if (o.Function != Function.Send) return null;
        if (Known(o) is { } at) return at;
        var shown = all.Where(p => p.Function == Function.Poll).SelectMany(p => Items(p.Output)).Where(pair => pair.AsList()[1] == o.Input).Select(pair => pair.AsList()[0].AsInteger());
        return shown.Append(long.MaxValue - 1).Min();
    }

    private static long? Known(ReferenceOperation o) =>
        o.Function == Function.Send && o.Type == OperationType.Ok && o.Output.Kind == ValueKind.List ? o.Output.AsList()[0].AsInteger() : null;

    private static IEnumerable<long> Shown(ReferenceOperation poll) => Items(poll.Output).Select(pair => pair.AsList()[0].AsInteger());

    private static long? Number(ReferenceOperation o) => o.Type == OperationType.Ok ? o.Output.AsInteger() : null;

    private static Value[] Items(Value list) => list.Kind == ValueKind.List ? [.. list.AsList()] : [];

    private static bool IsInsert(ReferenceOperation o) => o.Function is Function.Enqueue or Function.Push or Function.Insert;

    // The returns after which nothing of an element can be left, as all that may have been inserted was removed.
    private IEnumerable<int> Ends(Value element) => all.Where(o => !IsInsert(o) && o.Function != Function.Peek && Element(o) == element).Select(o => o.Return).Where(end =>
        Items(initial).Count(e => e == element) + all.Count(o => IsInsert(o) && o.Input == element && o.Invoke < end)
        == all.Count(o => !IsInsert(o) && o.Function != Function.Peek && Element(o) == element && o.Return <= end)
        && all.Where(o => o.Function != Function.Peek && Element(o) == element).Select(o => (At: IsInsert(o) ? o.Invoke : o.Return, Inserts: IsInsert(o))).Where(o => o.At > end).DefaultIfEmpty().MinBy(o => o.At).Inserts);

    private static bool IsBefore(ReferenceOperation o, int end) => IsInsert(o) ? o.Invoke < end : o.Return <= end;

    private static bool Spans(ReferenceOperation o, int end) => o.Function == Function.Peek && o.Invoke < end && o.Return > end;

    private static Value Element(ReferenceOperation o) => IsInsert(o) ? o.Input : o.Type == OperationType.Ok ? o.Output : Value.Null;

    private bool IsRefusal(ReferenceOperation o) => o.Function == Function.Acquire && _type == "lock" && o.Output == false;

    private static Value Owner(ReferenceOperation o) => o.Input.IsNull ? Value.List(o.Process) : o.Input;

    private bool IsBlurred(Value owner)
    {
        var own = all.Where(o => Owner(o) == owner && !IsRefusal(o)).ToList();
        return own.Any(o => o.Type == OperationType.Info) || own.Any(o => own.Any(p => p != o && p.Invoke < o.Return && o.Invoke < p.Return));
    }

    // The acquire that an operation's hold begins with; -1 if there is none.
    private int Hold(ReferenceOperation o)
    {
        if (o.Function == Function.Acquire) return o.Invoke;
        var before = all.Where(p => Owner(p) == Owner(o) && !IsRefusal(p) && p.Invoke < o.Invoke).MaxBy(p => p.Invoke);
        return before is { Function: Function.Acquire } ? before.Invoke : -1;
    }

    // The release that gives back what an acquire took, or what is taken with it: the last acquires that the process had not released, which come to just as much.
    private ReferenceOperation? Held(ReferenceOperation o)
    {
        var held = new List<ReferenceOperation>();
        foreach (var p in all.Where(p => p.Process == o.Process).OrderBy(p => p.Invoke))
        {
            if (p.Function == Function.Acquire)
            {
                if (p.Type == OperationType.Ok) held.Add(p);
                continue;
            }

            var count = Enumerable.Range(0, held.Count + 1).FirstOrDefault(n => held.TakeLast(n).Sum(Permits) == Permits(p), -1);
            var hold = count < 0 ? [] : held.TakeLast(count).ToList();
            if (count >= 0 && (p == o || hold.Contains(o))) return Matters(p) ? p : null;
            held.RemoveRange(held.Count - hold.Count, hold.Count);
        }

        return null;
    }

    // Behind the last acquire nothing does.
    private bool Matters(ReferenceOperation o) => all.Any(p => p.Function == Function.Acquire && p.Return > o.Invoke);

    // A release before an acquire without which there are fewer permits than there were: more was left out of what its process gave back than of what it took.
    private ReferenceOperation? TakenBack(ReferenceOperation acquire, List<ReferenceOperation> among)
    {
        foreach (var process in all.Where(o => !among.Contains(o)).GroupBy(o => o.Process))
        {
            var balance = 0L;
            foreach (var o in process.OrderBy(o => o.Invoke).Where(o => o.Function == Function.Acquire ? o.Type == OperationType.Ok : o.Invoke < acquire.Return))
            {
                balance += o.Function == Function.Acquire ? Permits(o) : -Permits(o);
                if (balance < 0) return o;
            }
        }

        return null;
    }

    private static long Permits(ReferenceOperation o) => o.Input.IsNull ? 1 : o.Input.AsInteger();

    private static IEnumerable<(Value Key, Value Value)> Given(ReferenceOperation o) => o.Function switch
    {
        Function.Write or Function.Append => [(o.Key, o.Input)],
        Function.Delete => [(o.Key, Value.Null)],
        Function.Cas => o.Type == OperationType.Fail ? [] : [(o.Key, o.Input.AsList()[1])],
        Function.Transaction => Micros(o).Where(m => m[0] == "write").Select(m => (m[1], m[2])),
        _ => [],
    };

    private static IEnumerable<(Value Key, Value Value)> Taken(ReferenceOperation o) => o.Function switch
    {
        Function.Read => [(o.Key, o.Output)],
        Function.Cas => [(o.Key, o.Input.AsList()[0])],
        Function.Snapshot => o.Output.AsMap().Select(e => (e.Key, e.Value)),
        Function.Transaction when o.Type == OperationType.Ok => Micros(o).Where(m => m[0] == "read").Select(m => (m[1], m[2])),
        _ => [],
    };

    private static IEnumerable<Value[]> Micros(ReferenceOperation o) => Items(o.Type == OperationType.Ok ? o.Output : o.Input).Select(Items);

    private static string Text(Value value) => value.IsNull ? "" : value.ToString().Trim('"');
}

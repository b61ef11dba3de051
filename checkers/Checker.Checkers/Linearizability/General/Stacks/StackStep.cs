using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General.Stacks;

/// <summary>
/// Carries configurations past one return: what is due is placed just before it, or just before the push of something that is still there and was pushed
/// while it was open. See <see cref="StackSearch"/>.
/// </summary>
internal sealed class StackStep(StackMoment moment, StackContents contents, StackUses uses, StepMeter meter)
{
    /// <summary>How far below the top anything is placed.</summary>
    public const int Deepest = 400;

    private const int NodesOfStep = 16;

    private readonly Dictionary<(int Set, int Time), int> _inserted = [];
    private readonly Dictionary<int, int> _aged = [];
    private readonly Stack<List<(StackConfiguration To, int Row)>> _free = [];
    private long _counted; // of the work
    private bool _truncated;

    /// <summary>Why the last step was given up; null if it was not.</summary>
    public string? Spent { get; private set; }

    /// <summary>Carries a layer past the return that is due.</summary>
    public StackLayer Pass(StackLayer before, int width)
    {
        _inserted.Clear();
        _aged.Clear();
        _truncated = before.Truncated;
        var past = new StackLayer();
        foreach (var (was, set) in before.All)
        {
            meter.Steps += 1 + ((contents.Work - _counted) / NodesOfStep);
            _counted = contents.Work;
            if ((Spent = meter.Spent()) is not null) return past;
            var at = was with { Pending = was.Pending | moment.Invoked };
            var (now, due) = (moment.Due.Return, moment.Due);
            if ((at.Pending & moment.DueSlot) == 0)
            {
                past.Add(at, Aged(set, 0), contents);
            }
            else if (due.IsPush)
            {
                past.Add(at.Without(moment.DueSlot), Aged(Insert(set, now, 0), 0), contents);
            }
            else
            {
                foreach (var (to, left) in Take(at, set, now, 0).All) past.Add(to, Aged(left, 0), contents);
                if (due.Value >= 0) Pair(past, at, contents.Without(set, due.Value));
            }
        }

        past.Prune(uses, contents);
        past.Truncated = _truncated;
        past.Keep(width, uses);
        return past;
    }

    // What is due takes what is pushed just before it.
    private void Pair(StackLayer past, StackConfiguration at, int set)
    {
        if (set == StackContents.None) return;
        var found = Rent();
        moment.Find(at.Without(moment.DueSlot), push: true, moment.Due.Value, moment.Due.Return, found);
        foreach (var (to, _) in found) past.Add(to, Aged(set, 0), contents);
        _free.Push(found);
    }

    // Puts what is due on top, or below what was pushed while it was open.
    private int Insert(int set, int time, int depth)
    {
        if (_inserted.TryGetValue((set, time), out var result)) return result;
        meter.Steps++;
        result = contents.Push(set, moment.Due.Value, time);
        foreach (var node in contents.Tops(set))
        {
            if (!IsLater(node, depth)) continue;
            result = contents.Join(result, contents.Over(node, Insert(contents.Below(node), contents.Time(node), depth + 1)));
        }

        return _inserted[(set, time)] = result;
    }

    // Takes what is due from the top, or from below what was pushed while it was open.
    private StackLayer Take(StackConfiguration at, int set, int time, int depth)
    {
        var results = new StackLayer();
        TakeFromTop(at, set, time, results);
        foreach (var node in contents.Tops(set))
        {
            if (!IsLater(node, depth)) continue;
            foreach (var (to, left) in Take(at, contents.Below(node), contents.Time(node), depth + 1).All)
                results.Add(to, contents.Over(node, left), contents);
        }

        return results;
    }

    // Takes what is due from the top, after pops of what lies above it.
    private void TakeFromTop(StackConfiguration at, int set, int time, StackLayer results)
    {
        meter.Steps++;
        var due = moment.Due.Value;
        if (due < 0 && contents.Has(set, StackContents.Bottom)) results.Add(at.Without(moment.DueSlot), StackContents.Nothing, contents);
        if (due >= 0 && contents.Pop(set, due) is not StackContents.None and var left) results.Add(at.Without(moment.DueSlot), left, contents);
        var last = -1;
        foreach (var node in contents.Tops(set))
        {
            var value = contents.Value(node);
            if (value < 0 || value == due || value == last) continue;
            last = value;
            _truncated |= moment.MissesUnknownPop(at, time);
            var found = Rent();
            moment.Find(at, push: false, value, time, found);
            foreach (var (to, _) in found) TakeFromTop(to, contents.Pop(set, value), time, results);
            _free.Push(found);
        }
    }

    private bool IsLater(int node, int depth)
    {
        if (contents.Time(node) <= moment.Due.Invoke) return false;
        _truncated |= depth == Deepest;
        return depth < Deepest;
    }

    // The same contents, but with no times that need not be told any more.
    private int Aged(int set, int depth)
    {
        if (_aged.TryGetValue(set, out var aged)) return aged;
        aged = StackContents.None;
        foreach (var node in contents.Tops(set))
        {
            var time = contents.Time(node);
            var one = time == 0 || depth == Deepest ? node : contents.Node(contents.Value(node), moment.Age(time), Aged(contents.Below(node), depth + 1));
            aged = contents.Join(aged, contents.Only(one));
        }

        return _aged[set] = aged;
    }

    private List<(StackConfiguration To, int Row)> Rent()
    {
        if (!_free.TryPop(out var found)) return [];
        found.Clear();
        return found;
    }
}

using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General.Stacks;

/// <summary>
/// Makes an order of operations of what a <see cref="StackSearch"/> carried. Backwards it finds what the stack held, from the top down to where it may
/// have been anything that there is, and where each operation was placed; forwards it places them.
/// </summary>
internal sealed class StackReplay(StackContents contents, StackUses uses, StackMoment moment)
{
    private readonly List<Placing> _placings = []; // last first
    private StackConfiguration _target;

    /// <summary>An order, as numbers of operations.</summary>
    /// <param name="layers">What was carried past each return.</param>
    /// <param name="history">The stack.</param>
    public int[] Order(IReadOnlyList<StackLayer> layers, in KeyHistory history)
    {
        (_target, var held) = (layers[^1].All.OrderBy(one => uses.Total(one.Key.Uses)).First().Key, (Held?)null);
        for (var at = layers.Count - 1; at > 0; at--)
        {
            moment.Load(at - 1);
            held = Back(layers[at - 1], held);
        }

        var operations = new List<int>();
        foreach (var row in Place()) operations.Add(history.Operations[row]);
        return [.. operations];
    }

    private LinkedList<int> Place()
    {
        var (order, pushes) = (new LinkedList<int>(), new List<LinkedListNode<int>>());
        foreach (var (depth, chain, row, kind) in Enumerable.Reverse(_placings))
        {
            var at = pushes.Count - depth;
            foreach (var pop in chain)
            {
                Put(pop, at);
                if (kind != PlacingKind.Pair) pushes.RemoveAt(--at);
            }

            var put = Put(row, at);
            if (kind == PlacingKind.Push) pushes.Insert(at, put);
            if (kind == PlacingKind.Pop) pushes.RemoveAt(at - 1);
        }

        return order;

        LinkedListNode<int> Put(int row, int at) => at == pushes.Count ? order.AddLast(row) : order.AddBefore(pushes[at], row);
    }

    // What the stack held before a return, if it held something after it.
    private Held? Back(StackLayer before, Held? held)
    {
        foreach (var (earlier, set) in before.All)
        {
            var at = earlier with { Pending = earlier.Pending | moment.Invoked };
            if ((at.Pending & _target.Pending) != _target.Pending) continue;
            Held? was;
            if ((at.Pending & moment.DueSlot) == 0)
            {
                if (at != _target || !Same(set, held, out was)) continue;
            }
            else if (moment.Due.IsPush)
            {
                if (at.Without(moment.DueSlot) != _target || !Insert(set, moment.Due.Return, held, 0, out was)) continue;
            }
            else if (!Take(at, set, moment.Due.Return, held, 0, out was) && !Pair(at, set, held, out was))
            {
                continue;
            }

            _target = earlier;
            return was;
        }

        throw new InvalidOperationException("what was carried came from nowhere");
    }

    // Nothing happened.
    private bool Same(int set, Held? held, out Held? was)
    {
        was = held;
        if (held is null) return true;
        foreach (var node in contents.Tops(set))
        {
            if (!IsSame(node, held)) continue;
            if (node == held.Node && contents.Time(node) == 0) return true;
            if (!Same(contents.Below(node), held.Below, out var below)) continue;
            was = new(node, below);
            return true;
        }

        return false;
    }

    private bool Pair(StackConfiguration at, int set, Held? held, out Held? was)
    {
        was = null;
        var others = moment.Due.Value < 0 ? StackContents.None : contents.Without(set, moment.Due.Value);
        if (others == StackContents.None || !Same(others, held, out was)) return false;
        var found = new List<(StackConfiguration To, int Row)>();
        moment.Find(at.Without(moment.DueSlot), push: true, moment.Due.Value, moment.Due.Return, found);
        foreach (var (to, row) in found)
        {
            if (to != _target) continue;
            _placings.Add(new(0, [row], moment.Due.Row, PlacingKind.Pair));
            return true;
        }

        return false;
    }

    private bool Insert(int set, int time, Held? held, int depth, out Held? was)
    {
        was = null;
        if ((held is null || IsSame(moment.Due.Value, time, held)) && Same(set, held?.Below, out was))
        {
            _placings.Add(new(depth, [], moment.Due.Row, PlacingKind.Push));
            return true;
        }

        if (depth == StackStep.Deepest) return false;
        foreach (var node in contents.Tops(set))
        {
            if (!IsLater(node) || !IsSame(node, held!) || !Insert(contents.Below(node), contents.Time(node), held!.Below, depth + 1, out var below)) continue;
            was = new(node, below);
            return true;
        }

        return false;
    }

    private bool Take(StackConfiguration at, int set, int time, Held? held, int depth, out Held? was)
    {
        if (TakeFromTop(at, set, time, held, depth, [], out was)) return true;
        if (depth == StackStep.Deepest) return false;
        foreach (var node in contents.Tops(set))
        {
            if (!IsLater(node) || (held is not null && !IsSame(node, held))) continue;
            if (!Take(at, contents.Below(node), contents.Time(node), held?.Below, depth + 1, out var below)) continue;
            was = new(node, below);
            return true;
        }

        return false;
    }

    private bool TakeFromTop(StackConfiguration at, int set, int time, Held? held, int depth, List<int> chain, out Held? was)
    {
        var due = moment.Due.Value;
        was = null;
        foreach (var node in contents.Tops(set))
        {
            var value = contents.Value(node);
            if (value == due)
            {
                if (at.Without(moment.DueSlot) != _target) continue;
                if (due < 0 ? held is not null && held.Node != StackContents.Bottom : !Same(contents.Below(node), held, out was)) continue;
                was = new(node, due < 0 ? null : was);
                _placings.Add(new(depth, [.. chain], moment.Due.Row, due < 0 ? PlacingKind.Empty : PlacingKind.Pop));
                return true;
            }

            if (value < 0) continue;
            var found = new List<(StackConfiguration To, int Row)>();
            moment.Find(at, push: false, value, time, found);
            foreach (var (to, row) in found)
            {
                chain.Add(row);
                if (TakeFromTop(to, contents.Below(node), time, held, depth, chain, out var below))
                {
                    was = new(node, below);
                    return true;
                }

                chain.RemoveAt(chain.Count - 1);
            }
        }

        return false;
    }

    private bool IsLater(int node) => contents.Time(node) > moment.Due.Invoke;

    private bool IsSame(int node, Held held) => IsSame(contents.Value(node), contents.Time(node), held);

    private bool IsSame(int value, int time, Held held) => value == contents.Value(held.Node) && moment.Age(time) >= contents.Time(held.Node);

    // A node that is held and what lies below it; anything that may if that is null.
    private sealed record Held(int Node, Held? Below);

    private enum PlacingKind
    {
        Push,
        Pop,
        Pair,
        Empty,
    }

    // Where an operation was placed: below how much; after pops of what lay above it there, or of a pair after the push.
    private readonly record struct Placing(int Depth, int[] Chain, int Row, PlacingKind Kind);
}

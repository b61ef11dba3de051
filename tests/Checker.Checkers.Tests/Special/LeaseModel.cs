using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>
/// Small histories of a lock with leases, and their definition: a walk through time, gap by gap between the events, in which every
/// operation takes effect in one gap, and a lease may lapse in a gap before whose end its time is over. Times are those of
/// <see cref="TestHistory"/>: one millisecond from event to event.
/// </summary>
internal static class LeaseModel
{
    /// <summary>A random history of a lock, right but for results that were made up.</summary>
    public static List<TestOperation> Next(Random random, bool named, bool tokens)
    {
        var operations = RandomHistories.Next(new LockModel(tokens, named), random, random.Next(2, 9), random.Next(1, 5), random.Next(2) == 0 ? 0.25 : 0, 0);
        var longest = random.Next(1, 14);
        foreach (var operation in operations)
        {
            if (operation.Does != Function.Acquire || random.Next(5) == 0)
            {
                if (operation.Type == OperationType.Fail && random.Next(3) == 0) operation.Type = OperationType.Ok;
                continue;
            }

            if (operation.Type == OperationType.Fail && random.Next(3) > 0) operation.Type = OperationType.Ok;
            Value lease = random.Next(5) == 0 ? true : random.Next(longest + 1);
            var inOutput = operation.Type == OperationType.Ok && random.Next(4) == 0;
            if (inOutput)
            {
                operation.Output = Value.Map([new("token", operation.Output), new("lease", lease)]);
            }
            else
            {
                operation.Input = Value.Map([new("owner", operation.Input), new("lease", lease)]);
            }

            if (tokens && operation.Type == OperationType.Ok && random.Next(6) == 0 && !inOutput) operation.Output = random.Next(1, 6);
            if (random.Next(12) == 0 && operation.Type == OperationType.Ok && !inOutput) operation.Output = false;
        }

        return operations;
    }

    /// <summary>Whether such a history can be walked through.</summary>
    public static bool IsLinearizable(IReadOnlyList<TestOperation> operations)
    {
        var all = operations.Where(op => op.Type != OperationType.Fail).ToArray();
        var events = operations.Count == 0 ? 0 : operations.Max(op => Math.Max(op.Invoke, op.Return == int.MaxValue ? 0 : op.Return)) + 1;
        var seen = new HashSet<(int Gap, int Done, int Holder, string Lessees, long Token)>();
        return Walk(0, 0, -1, [], long.MinValue);

        // Gap g lies behind event g.
        bool Walk(int gap, int done, int holder, SortedSet<string> lessees, long token)
        {
            if (!seen.Add((gap, done, holder, string.Join(",", lessees), token))) return false;
            if (gap == events - 1 && Enumerable.Range(0, all.Length).All(i => (done >> i & 1) != 0 || all[i].IsInfo)) return true;
            if (holder >= 0 && Lease(all[holder]) is { } lease && (lease == 0 || (gap + 1 < events && gap + 1 >= all[holder].Invoke + lease)) &&
                Walk(gap, done, -1, lessees, token)) return true;
            for (var i = 0; i < all.Length; i++)
            {
                var op = all[i];
                if ((done >> i & 1) != 0 || op.Invoke > gap || op.End <= gap) continue;
                var after = done | (1 << i);
                if (op.Does == Function.Release)
                {
                    if (holder >= 0 && Owner(all[holder]) == Owner(op) && Walk(gap, after, -1, lessees, token)) return true;
                    if ((holder < 0 || Owner(all[holder]) != Owner(op)) && lessees.Contains(Owner(op)) && Walk(gap, after, holder, lessees, token)) return true;
                }
                else if (!op.IsInfo && op.Output == false)
                {
                    if (holder >= 0 && Walk(gap, after, holder, lessees, token)) return true;
                }
                else if (holder < 0 && !(Token(op) <= token))
                {
                    var more = Lease(op) is null ? lessees : [.. lessees, Owner(op)];
                    if (Walk(gap, after, i, more, Token(op) ?? token)) return true;
                }
            }

            // The next event happens; a return needs its operation done.
            return gap + 1 < events && !all.Where((op, i) => (done >> i & 1) == 0 && op.End == gap + 1).Any() && Walk(gap + 1, done, holder, lessees, token);
        }
    }

    private static string Owner(TestOperation op)
    {
        var owner = op.Input.Kind == ValueKind.Map ? Entry(op.Input, "owner") : op.Input;
        return owner.IsNull ? $"process {op.Process}" : owner.ToString();
    }

    private static long? Lease(TestOperation op)
    {
        var lease = op.Input.Kind == ValueKind.Map ? Entry(op.Input, "lease") : Value.Null;
        if (!op.IsInfo && op.Output.Kind == ValueKind.Map && !Entry(op.Output, "lease").IsNull) lease = Entry(op.Output, "lease");
        return lease.IsNull ? null : lease == true ? 0 : lease.AsInteger();
    }

    private static long? Token(TestOperation op)
    {
        var token = op.IsInfo || op.Output == op.Input ? Value.Null : op.Output.Kind == ValueKind.Map ? Entry(op.Output, "token") : op.Output;
        return token.Kind == ValueKind.Integer ? token.AsInteger() : null;
    }

    private static Value Entry(Value map, string name) => map.AsMap().FirstOrDefault(entry => entry.Key == name).Value;
}

using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>Linearizability straight from the definition: all orders that respect real time, with memory of what was tried. For a few operations.</summary>
internal static class BruteForce
{
    public static bool IsLinearizable(IReadOnlyList<TestOperation> operations, Model model)
    {
        var all = operations.Where(op => op.Type != OperationType.Fail || op.Does == Function.Cas).ToArray();
        var required = 0L;
        for (var i = 0; i < all.Length; i++)
        {
            if (!all[i].IsInfo) required |= 1L << i;
        }

        var seen = new HashSet<(long, Value)>();
        var stack = new Stack<(long Done, Value State)>();
        stack.Push((0, model.Initial));
        while (stack.TryPop(out var at))
        {
            if ((at.Done & required) == required) return true;
            if (!seen.Add(at)) continue;
            var limit = int.MaxValue;
            for (var i = 0; i < all.Length; i++)
            {
                if ((at.Done >> i & 1) == 0) limit = Math.Min(limit, all[i].End);
            }

            for (var i = 0; i < all.Length; i++)
            {
                if ((at.Done >> i & 1) != 0 || all[i].Invoke > limit) continue;
                foreach (var next in model.Step(at.State, all[i])) stack.Push((at.Done | (1L << i), next));
            }
        }

        return false;
    }

    /// <summary>Whether an order holds every operation of a known outcome once, respects real time, and explains every result.</summary>
    public static string? Refute(IReadOnlyList<TestOperation> operations, IReadOnlyList<int> order, Model model)
    {
        var all = operations.OrderBy(op => op.Invoke).ToArray();
        var placed = new HashSet<int>();
        var latest = -1;
        var states = new HashSet<Value> { model.Initial };
        foreach (var index in order)
        {
            var op = all[index];
            if (!placed.Add(index)) return $"{op} is there twice";
            if (op.Type == OperationType.Fail && op.Does != Function.Cas) return $"{op} failed";
            if (op.End < latest) return $"{op} had returned before an earlier one was invoked";
            latest = Math.Max(latest, op.Invoke);
            states = [.. states.SelectMany(state => model.Step(state, op))];
            if (states.Count == 0) return $"{op} cannot have had this result there";
        }

        var missing = Enumerable.Range(0, all.Length).Where(i => all[i].Type == OperationType.Ok && !placed.Contains(i)).ToArray();
        return missing.Length == 0 ? null : $"{all[missing[0]]} is missing";
    }
}

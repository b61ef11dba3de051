using Checker.Histories;

namespace Checker.Harness.Generators;

/// <summary>So many operations, then no more.</summary>
internal sealed record Limit(IGenerator Inner, long Left) : Wrapper(Inner)
{
    public override Step Next(in GeneratorContext context)
    {
        if (Left == 0) return Step.Exhausted;
        var step = Inner.Next(context);
        if (!step.IsOperation || !step.Operation.IsInvocation) return Around(step);
        return step.Then(Left == 1 || step.Next is Nothing ? Nothing.Instance : new Limit(step.Next, Left - 1));
    }
}

/// <summary>Operations for a while from when it is first asked.</summary>
internal sealed record TimeLimit(IGenerator Inner, long Duration, long End = -1) : Wrapper(Inner)
{
    public override Step Next(in GeneratorContext context)
    {
        var end = End >= 0 ? End : Nanoseconds.Add(context.Time, Duration);
        if (context.Time >= end) return Step.Exhausted;
        var step = Inner.Next(context);
        if (step.IsExhausted || step.Next is Nothing) return step;
        var next = End >= 0 && ReferenceEquals(step.Next, Inner) ? this : new TimeLimit(step.Next, Duration, end);
        return step.IsPending ? Step.Pending(next, Math.Min(step.WakeTime, end)) : step.Then(next);
    }
}

/// <summary>Operations of so many processes: ends where one more process would be needed.</summary>
internal sealed record ProcessLimit(IGenerator Inner, int Left, PersistentArray<int> Seen) : Wrapper(Inner)
{
    public override Step Next(in GeneratorContext context)
    {
        var step = Inner.Next(context);
        if (!step.IsOperation || !step.Operation.IsInvocation) return Around(step);
        var operation = step.Operation;
        // The processes of a thread follow one another, so the last one seen (plus two: 0 is none, 1 the nemesis) tells a new one.
        if (Seen[operation.Thread + 1] == operation.Process + 2) return Around(step);
        return Left == 0
            ? Step.Exhausted
            : step.Then(new ProcessLimit(step.Next, Left - 1, Seen.Set(operation.Thread + 1, operation.Process + 2)));
    }
}

/// <summary>Operations until one of them is ok.</summary>
internal sealed record UntilOk(IGenerator Inner, ThreadSet Running) : Wrapper(Inner)
{
    public override Step Next(in GeneratorContext context)
    {
        var step = Inner.Next(context);
        if (!step.IsOperation || !step.Operation.IsInvocation) return step.IsExhausted ? step : step.Then(this with { Inner = step.Next });
        return step.Then(new UntilOk(step.Next, Running.With(step.Operation.Thread)));
    }

    public override IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        var thread = context.ThreadOf(e.Process);
        if (!context.IsFree(thread) || !Running.Contains(thread)) return base.Update(context, e);
        return e.Type == EventType.Ok ? Nothing.Instance : new UntilOk(Inner.Update(context, e), Running.Without(thread));
    }
}

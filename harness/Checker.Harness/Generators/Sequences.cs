using Checker.Histories;

namespace Checker.Harness.Generators;

/// <summary>All of the first, then all of the second, and so on. Only the current one hears of events.</summary>
internal sealed record Concat(IGenerator[] Generators, int Index, IGenerator Current) : IGenerator
{
    public Step Next(in GeneratorContext context)
    {
        var index = Index;
        var current = Current;
        while (true)
        {
            var step = current.Next(context);
            if (!step.IsExhausted)
            {
                if (index == Generators.Length - 1) return step;
                if (index == Index && ReferenceEquals(step.Next, Current)) return step.Then(this);
                return step.Then(new Concat(Generators, index, step.Next));
            }

            if (++index == Generators.Length) return Step.Exhausted;
            current = Generators[index];
        }
    }

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        var current = Current.Update(context, e);
        return ReferenceEquals(current, Current) ? this : this with { Current = current };
    }
}

/// <summary>Begins once every thread is free.</summary>
internal sealed record Synchronize(IGenerator Inner) : IGenerator
{
    public Step Next(in GeneratorContext context) => context.AllFree ? Inner.Next(context) : Step.Pending(this);

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e) => this;
}

/// <summary>The first operation again and again; log lines come once.</summary>
internal sealed record Repeat(IGenerator Inner) : Wrapper(Inner)
{
    public override Step Next(in GeneratorContext context)
    {
        var step = Inner.Next(context);
        return step.IsOperation && step.Operation.IsInvocation ? step.Then(this) : Around(step);
    }
}

/// <summary>All of it, then all of it again; ends with a round that neither had an operation nor waited.</summary>
internal sealed record Cycle(IGenerator Inner, IGenerator Original, long Left, bool Moved) : Wrapper(Inner)
{
    public override Step Next(in GeneratorContext context)
    {
        var step = Inner.Next(context);
        if (!step.IsExhausted) return On(step, Left, Moved);
        if (Left <= 1 || !Moved) return step;
        step = Original.Next(context);
        return step.IsExhausted ? step : On(step, Left == long.MaxValue ? Left : Left - 1, moved: false);
    }

    private Step On(in Step step, long left, bool moved)
    {
        moved |= step.IsPending || step.Operation.IsInvocation;
        return step.Then(moved == Moved && left == Left && ReferenceEquals(step.Next, Inner) ? this : new Cycle(step.Next, Original, left, moved));
    }
}

/// <summary>One of each in turn; ends with the first that ends.</summary>
internal sealed record FlipFlop(IGenerator[] Generators, int Turn) : IGenerator
{
    public Step Next(in GeneratorContext context)
    {
        var step = Generators[Turn].Next(context);
        if (step.IsExhausted) return step;
        var turn = step.IsOperation && step.Operation.IsInvocation ? (Turn + 1) % Generators.Length : Turn;
        return step.Then(turn == Turn && ReferenceEquals(step.Next, Generators[Turn]) ? this : new FlipFlop(Generators.With(Turn, step.Next), turn));
    }

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        var generators = Generators.Updated(context, e);
        return ReferenceEquals(generators, Generators) ? this : this with { Generators = generators };
    }
}

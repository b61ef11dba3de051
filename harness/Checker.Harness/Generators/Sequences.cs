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

/// <summary>The first operation again and again.</summary>
internal sealed record Repeat(IGenerator Inner) : Wrapper(Inner)
{
    public override Step Next(in GeneratorContext context)
    {
        var step = Inner.Next(context);
        return step.IsOperation ? step.Then(this) : Around(step);
    }
}

/// <summary>All of it, then all of it again.</summary>
internal sealed record Cycle(IGenerator Inner, IGenerator Original, long Left) : Wrapper(Inner)
{
    public override Step Next(in GeneratorContext context)
    {
        var step = Inner.Next(context);
        if (!step.IsExhausted) return step.Then(this with { Inner = step.Next });
        if (Left <= 1) return Step.Exhausted;
        // One fresh start only: what has nothing at once would have nothing for ever.
        step = Original.Next(context);
        return step.IsExhausted ? step : step.Then(this with { Inner = step.Next, Left = Left == long.MaxValue ? Left : Left - 1 });
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

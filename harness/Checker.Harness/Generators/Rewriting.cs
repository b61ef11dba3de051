using Checker.Histories;

namespace Checker.Harness.Generators;

/// <summary>Other operations in place of those generated.</summary>
internal sealed record Map(IGenerator Inner, Func<GeneratedOperation, OperationTemplate> Function) : Wrapper(Inner)
{
    public override Step Next(in GeneratorContext context)
    {
        var step = Inner.Next(context);
        if (!step.IsOperation || !step.Operation.IsInvocation) return Around(step);
        var template = Function(step.Operation);
        return Around(Step.Of(step.Operation with { F = template.F, Key = template.Key, Value = template.Value }, step.Next));
    }
}

/// <summary>Only those operations that a predicate lets pass.</summary>
internal sealed record Filter(IGenerator Inner, Func<GeneratedOperation, bool> Predicate) : Wrapper(Inner)
{
    private const int MostInARow = 1_000_000;

    public override Step Next(in GeneratorContext context)
    {
        var step = Inner.Next(context);
        for (var refused = 0; step.IsOperation && step.Operation.IsInvocation && !Predicate(step.Operation); refused++)
        {
            if (refused == MostInARow) throw new GeneratorException($"the filter around {Inner.InShort()} refused {MostInARow} operations in a row");
            step = step.Next.Next(context);
        }

        return Around(step);
    }
}

/// <summary>A function that may replace the generator at every event.</summary>
internal sealed record OnUpdate(IGenerator Inner, Func<IGenerator, GeneratorContext, HistoryEvent, IGenerator> Handler) : Wrapper(Inner)
{
    public override Step Next(in GeneratorContext context)
    {
        var step = Inner.Next(context);
        return step.IsExhausted ? step : step.Then(ReferenceEquals(step.Next, Inner) ? this : this with { Inner = step.Next });
    }

    public override IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        var inner = Handler(Inner.Update(context, e), context, e);
        return ReferenceEquals(inner, Inner) ? this : this with { Inner = inner };
    }
}

/// <summary>Writes down every question and answer.</summary>
internal sealed record Trace(IGenerator Inner, string Name, Action<string> Write) : Wrapper(Inner)
{
    public override Step Next(in GeneratorContext context)
    {
        var step = Inner.Next(context);
        Write($"{Name} at {context.Time} ns, free {context.Free}: {step}");
        return step.IsExhausted ? step : step.Then(ReferenceEquals(step.Next, Inner) ? this : this with { Inner = step.Next });
    }

    public override IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        Write($"{Name} at {context.Time} ns hears: {e.Process} {e.Type} {e.F} {e.Key} {e.Value}");
        return base.Update(context, e);
    }
}

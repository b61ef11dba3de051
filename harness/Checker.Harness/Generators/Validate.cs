using Checker.Histories;

namespace Checker.Harness.Generators;

/// <summary>Refuses answers that break a rule.</summary>
internal sealed record Validate(IGenerator Inner, string? Name) : Wrapper(Inner)
{
    public override Step Next(in GeneratorContext context)
    {
        var step = Inner.Next(context);
        if (Broken(step, context) is { } rule)
        {
            var threads = $"free {context.Free} of {context.Threads}";
            throw new GeneratorException($"the generator {Name ?? Inner.InShort()} answered \"{step}\" at {context.Time} ns with {threads}: {rule}");
        }

        return Around(step);
    }

    public override IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        if (Inner.Update(context, e) is not { } inner) throw new GeneratorException($"the generator {Name ?? Inner.InShort()} became null at {e}");
        return ReferenceEquals(inner, Inner) ? this : this with { Inner = inner };
    }

    private static string? Broken(in Step step, in GeneratorContext context)
    {
        if (step.IsExhausted) return null;
        if (step.IsPending)
        {
            return step.WakeTime > context.Time ? null : $"a pending generator must name a later time to be asked again, not {step.WakeTime} ns";
        }

        var operation = step.Operation;
        if (operation.Time != context.Time) return $"an operation must be for now, not for {operation.Time} ns";
        if (string.IsNullOrEmpty(operation.F)) return "an operation must have a name (f)";
        if (!operation.IsInvocation) return operation.Kind == GeneratedKind.Log ? null : $"there is no kind {operation.Kind}";
        if (!context.Threads.Contains(operation.Thread)) return $"thread {operation.Thread} is not one that it may use";
        if (!context.IsFree(operation.Thread)) return $"thread {operation.Thread} is busy";
        var process = context.ProcessOf(operation.Thread);
        return operation.Process == process ? null : $"thread {operation.Thread} is now process {process}, not {operation.Process}";
    }
}

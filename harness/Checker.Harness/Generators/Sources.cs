using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Harness.Generators;

/// <summary>One operation, once.</summary>
internal sealed record SingleOperation(OperationTemplate Template) : IGenerator
{
    public Step Next(in GeneratorContext context)
    {
        var thread = context.NextFreeThread();
        return thread == GeneratorContext.NoThread ? Step.Pending(this) : Step.Of(Template.On(thread, context), Nothing.Instance);
    }

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e) => this;
}

/// <summary>Whatever a function says, for ever.</summary>
internal sealed record FunctionSource(Func<GeneratorContext, OperationTemplate> Function) : IGenerator
{
    public Step Next(in GeneratorContext context)
    {
        var thread = context.NextFreeThread();
        return thread == GeneratorContext.NoThread ? Step.Pending(this) : Step.Of(Function(context).On(thread, context), this);
    }

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e) => this;
}

/// <summary>Whatever a function of a counter says, until the counter reaches its end.</summary>
internal sealed record CountedSource(Func<long, OperationTemplate> Function, long Count, long End) : IGenerator
{
    public Step Next(in GeneratorContext context)
    {
        if (Count >= End) return Step.Exhausted;
        var thread = context.NextFreeThread();
        if (thread == GeneratorContext.NoThread) return Step.Pending(this);
        return Step.Of(Function(Count).On(thread, context), Count + 1 == End ? Nothing.Instance : this with { Count = Count + 1 });
    }

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e) => this;
}

/// <summary>Writes 1, 2, 3 … to each key.</summary>
internal sealed record UniqueWrites(string F, KeySkew Skew, Func<int, Value> Key, PersistentArray<long> Written) : IGenerator
{
    public Step Next(in GeneratorContext context)
    {
        var thread = context.NextFreeThread();
        if (thread == GeneratorContext.NoThread) return Step.Pending(this);
        var key = Skew.Pick(context.Random);
        var value = Written[key] + 1;
        return Step.Of(new OperationTemplate(F, value, Key(key)).On(thread, context), this with { Written = Written.Set(key, value) });
    }

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e) => this;
}

/// <summary>A line for the log, once.</summary>
internal sealed record LogLine(string Text) : IGenerator
{
    public Step Next(in GeneratorContext context) =>
        Step.Of(
            new GeneratedOperation(GeneratedKind.Log, context.Time, GeneratorContext.NoThread, GeneratorContext.NoThread, Text, default, default),
            Nothing.Instance);

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e) => this;
}

/// <summary>No operation for a while, from when a thread is first free for it.</summary>
internal sealed record Sleep(long Duration, long End = -1) : IGenerator
{
    public Step Next(in GeneratorContext context)
    {
        if (End >= 0) return context.Time >= End ? Step.Exhausted : Step.Pending(this, End);
        if (context.Free.IsEmpty) return Step.Pending(this);
        if (Duration == 0) return Step.Exhausted;
        var end = Nanoseconds.Add(context.Time, Duration);
        return Step.Pending(this with { End = end }, end);
    }

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e) => this;
}

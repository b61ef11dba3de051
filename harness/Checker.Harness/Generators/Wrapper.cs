using Checker.Histories;

namespace Checker.Harness.Generators;

/// <summary>A generator around another one, which hears of every event.</summary>
internal abstract record Wrapper(IGenerator Inner) : IGenerator
{
    public abstract Step Next(in GeneratorContext context);

    public virtual IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        var inner = Inner.Update(context, e);
        return ReferenceEquals(inner, Inner) ? this : this with { Inner = inner };
    }

    // A wrapper around what is known to have no more operations is known to have none: what waits for its end need not ask once more.
    protected Step Around(in Step step)
    {
        if (step.IsExhausted || step.Next is Nothing || ReferenceEquals(step.Next, this)) return step;
        return step.Then(ReferenceEquals(step.Next, Inner) ? this : this with { Inner = step.Next });
    }
}

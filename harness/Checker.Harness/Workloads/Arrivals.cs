using Checker.Harness.Generators;
using Checker.Histories;

namespace Checker.Harness.Workloads;

/// <summary>Lets operations through as a Poisson process: the times between them are exponentially distributed. Arrivals that find no free client wait.</summary>
internal sealed class Arrivals : IGenerator
{
    private readonly IGenerator _inner;
    private readonly double _mean;
    private readonly long _due;

    /// <summary>So many operations per second on average.</summary>
    public Arrivals(IGenerator inner, double rate)
        : this(inner, 1e9 / rate, -1)
    {
    }

    private Arrivals(IGenerator inner, double mean, long due)
    {
        _inner = inner;
        _mean = mean;
        _due = due;
    }

    /// <inheritdoc/>
    public Step Next(in GeneratorContext context)
    {
        var due = _due >= 0 ? _due : context.Time + (long)context.Random.Exponential(_mean);
        if (due > context.Time) return Step.Pending(new Arrivals(_inner, _mean, due), due);
        var step = _inner.Next(context);
        if (!step.IsOperation) return step.Then(new Arrivals(step.Next, _mean, due));

        // An arrival that had to wait does not drag the later ones behind it: overload is shed, not stored up.
        return step.Then(new Arrivals(step.Next, _mean, context.Time + (long)context.Random.Exponential(_mean)));
    }

    /// <inheritdoc/>
    public IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        var inner = _inner.Update(context, e);
        return ReferenceEquals(inner, _inner) ? this : new Arrivals(inner, _mean, _due);
    }
}

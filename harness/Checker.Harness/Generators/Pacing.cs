using Checker.Targets;

namespace Checker.Harness.Generators;

/// <summary>How the pauses between operations are drawn.</summary>
public enum Pauses
{
    /// <summary>From 0 to twice the mean, all equally likely.</summary>
    Uniform,

    /// <summary>Exponentially distributed: operations arrive as a Poisson process, now in bursts, now with gaps, as independent users' do.</summary>
    Exponential,

    /// <summary>All the same.</summary>
    Fixed,
}

/// <summary>Pauses between operations.</summary>
internal sealed record Paced(IGenerator Inner, long Mean, Pauses Pauses, long Due = -1) : Wrapper(Inner)
{
    private const long LeastCatchUp = 20_000_000;

    public override Step Next(in GeneratorContext context)
    {
        if (context.Time < Due) return Step.Pending(this, Due);
        var step = Inner.Next(context);
        if (!step.IsOperation || !step.Operation.IsInvocation || step.Next is Nothing) return Around(step);
        // A late operation does not shift those after it, so that the rate holds; but a long wait is not made good by a burst.
        var catchUp = Math.Max(LeastCatchUp, 10 * Math.Min(Mean, long.MaxValue / 16));
        var from = Due < 0 ? context.Time : Math.Max(Due, context.Time - catchUp);
        return step.Then(new Paced(step.Next, Mean, Pauses, Nanoseconds.Add(from, Pause(context.Random))));
    }

    private long Pause(SeededRandom random) => Pauses switch
    {
        Pauses.Fixed => Mean,
        _ when Mean == 0 => 0,
        Pauses.Uniform => random.Next(0, Math.Min(Mean, long.MaxValue / 2) * 2),
        _ => (long)random.Exponential(Mean),
    };
}

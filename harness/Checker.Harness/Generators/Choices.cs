using Checker.Histories;

namespace Checker.Harness.Generators;

/// <summary>Whichever has an operation; where several have, they take turns.</summary>
internal sealed record Any(IGenerator[] Generators, int Turn) : IGenerator
{
    public Step Next(in GeneratorContext context)
    {
        var generators = Generators;
        var wake = Step.Never;
        var exhausted = 0;
        for (var i = 0; i < Generators.Length; i++)
        {
            var index = Turn + i < Generators.Length ? Turn + i : Turn + i - Generators.Length;
            if (generators[index] is Nothing)
            {
                exhausted++;
                continue;
            }

            var step = generators[index].Next(context);
            if (!ReferenceEquals(step.Next, generators[index]))
            {
                if (ReferenceEquals(generators, Generators)) generators = generators.AsSpan().ToArray();
                generators[index] = step.Next;
            }

            if (step.IsOperation) return step.Then(new Any(generators, index + 1 == generators.Length ? 0 : index + 1));
            if (step.IsExhausted) exhausted++;
            else wake = Math.Min(wake, step.WakeTime);
        }

        if (exhausted == Generators.Length) return Step.Exhausted;
        return Step.Pending(ReferenceEquals(generators, Generators) ? this : this with { Generators = generators }, wake);
    }

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        var generators = Generators.Updated(context, e);
        return ReferenceEquals(generators, Generators) ? this : this with { Generators = generators };
    }
}

/// <summary>
/// A random one by weight. The one drawn keeps its turn until it has an operation, so that a slow one gets its share; meanwhile the others go on.
/// </summary>
internal sealed record Mix(IGenerator[] Generators, int[] Weights, int Drawn) : IGenerator
{
    public Step Next(in GeneratorContext context)
    {
        if (context.Free.IsEmpty) return Step.Pending(this);
        var generators = Generators;
        var weights = Weights;
        var drawn = Drawn;
        while (generators.Length > 0)
        {
            if (drawn < 0) drawn = Draw(weights, default, context);
            var step = generators[drawn].Next(context);
            if (step.IsPending) return NextOfOthers(generators.With(drawn, step.Next), weights, drawn, step.WakeTime, context);
            if (step.IsOperation) return step.Then(After(generators, weights, drawn, step, -1));
            (generators, weights, drawn) = (generators.WithoutAt(drawn), weights.WithoutAt(drawn), -1);
        }

        return Step.Exhausted;
    }

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        var generators = Generators.Updated(context, e);
        return ReferenceEquals(generators, Generators) ? this : this with { Generators = generators };
    }

    private static Step NextOfOthers(IGenerator[] generators, int[] weights, int drawn, long wake, in GeneratorContext context)
    {
        Span<bool> asked = generators.Length <= 64 ? stackalloc bool[generators.Length] : new bool[generators.Length];
        asked[drawn] = true;
        for (var other = Draw(weights, asked, context); other >= 0; other = Draw(weights, asked, context))
        {
            asked[other] = true;
            var step = generators[other].Next(context);
            if (step.IsOperation) return step.Then(After(generators, weights, other, step, drawn));
            generators[other] = step.Next; // the array is this call's own copy
            wake = Math.Min(wake, step.WakeTimeOrNever);
        }

        return Step.Pending(new Mix(generators, weights, drawn), wake);
    }

    private static Mix After(IGenerator[] generators, int[] weights, int taken, in Step step, int drawn) =>
        new(ReferenceEquals(step.Next, generators[taken]) ? generators : generators.With(taken, step.Next), weights, drawn);

    // One of those not yet asked, by weight; −1 if all have been.
    private static int Draw(int[] weights, ReadOnlySpan<bool> asked, in GeneratorContext context)
    {
        var total = 0;
        for (var i = 0; i < weights.Length; i++) total += asked.IsEmpty || !asked[i] ? weights[i] : 0;
        if (total == 0) return -1;
        var ticket = context.Random.Next(total);
        for (var i = 0; ; i++)
        {
            if (!asked.IsEmpty && asked[i]) continue;
            ticket -= weights[i];
            if (ticket < 0) return i;
        }
    }
}

/// <summary>Each for a while in turn, over and over; each goes on where it was.</summary>
internal sealed record CycleTimes(IGenerator[] Generators, long[] Ends, long Start = -1) : IGenerator
{
    public Step Next(in GeneratorContext context)
    {
        var start = Start >= 0 ? Start : context.Time;
        var round = Ends[^1];
        var into = (context.Time - start) % round;
        var current = 0;
        while (Ends[current] <= into) current++;
        var step = Generators[current].Next(context);
        var generators = ReferenceEquals(step.Next, Generators[current]) ? Generators : Generators.With(current, step.Next);
        var next = Start >= 0 && ReferenceEquals(generators, Generators) ? this : new CycleTimes(generators, Ends, start);
        if (step.IsOperation) return step.Then(next);
        if (step.IsExhausted && Array.TrueForAll(generators, static g => g is Nothing)) return step;
        return Step.Pending(next, Math.Min(step.WakeTimeOrNever, Nanoseconds.Add(context.Time, Ends[current] - into)));
    }

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        var generators = Generators.Updated(context, e);
        return ReferenceEquals(generators, Generators) ? this : this with { Generators = generators };
    }
}

using Checker.Histories;

namespace Checker.Harness.Generators;

/// <summary>Only some threads, or all but some; hears of the events of these threads only.</summary>
internal sealed record OnThreads(IGenerator Inner, ThreadSet Set, bool AllBut) : Wrapper(Inner)
{
    public override Step Next(in GeneratorContext context)
    {
        var narrow = Narrow(context);
        if (narrow.Free.IsEmpty) return narrow.Threads.IsEmpty ? Step.Exhausted : Step.Pending(this);
        return Around(Inner.Next(narrow));
    }

    public override IGenerator Update(in GeneratorContext context, in HistoryEvent e) =>
        Set.Contains(context.ThreadOf(e.Process)) == AllBut ? this : base.Update(Narrow(context), e);

    private GeneratorContext Narrow(in GeneratorContext context) => AllBut ? context.Except(Set) : context.On(Set);
}

/// <summary>Only the threads that a predicate names; it is asked once per thread.</summary>
internal sealed record OnMatchingThreads(IGenerator Inner, Func<int, bool> Predicate) : IGenerator
{
    public Step Next(in GeneratorContext context) => Resolve(context).Next(context);

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e) => Resolve(context).Update(context, e);

    private OnThreads Resolve(in GeneratorContext context)
    {
        var set = ThreadSet.Empty;
        foreach (var thread in context.Threads.InOrder())
        {
            if (Predicate(thread)) set = set.With(thread);
        }

        return new OnThreads(Inner, set, AllBut: false);
    }
}

/// <summary>So many of the client threads it is given for each generator in order, and what is left for the rest.</summary>
internal sealed record Reserve((int Threads, IGenerator Generator)[] Groups, IGenerator Rest) : IGenerator
{
    public Step Next(in GeneratorContext context) => Resolve(context).Next(context);

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e) => Resolve(context).Update(context, e);

    private Any Resolve(in GeneratorContext context)
    {
        var wanted = Groups.Sum(static g => g.Threads);
        var left = context.Threads;
        if (left.ClientCount < wanted)
        {
            throw new InvalidOperationException($"reserve needs {wanted} client threads, but only {left.ClientCount} are here: {left}");
        }

        var generators = new IGenerator[Groups.Length + 1];
        for (var i = 0; i < Groups.Length; i++)
        {
            var own = left.FirstClients(Groups[i].Threads);
            generators[i] = new OnThreads(Groups[i].Generator, own, AllBut: false);
            left = left.Except(own);
        }

        generators[^1] = new OnThreads(Rest, left, AllBut: false);
        return new Any(generators, 0);
    }
}

/// <summary>A copy for each thread, or for each process.</summary>
internal sealed record EachThread(IGenerator Template, bool PerProcess, PersistentArray<IGenerator> Copies, ThreadSet Done) : IGenerator
{
    public Step Next(in GeneratorContext context)
    {
        var copies = Copies;
        var done = Done;
        var changed = false;
        var wake = Step.Never;
        var candidates = context.Free.Except(done);
        for (var thread = context.TurnIn(candidates); thread != GeneratorContext.NoThread; thread = context.NextAfter(thread, candidates))
        {
            var copy = copies[thread + 1] ?? Template;
            var step = copy.Next(context.OnThread(thread));
            if (step.Next is Nothing)
            {
                done = done.With(thread);
                changed = true;
            }
            else if (!ReferenceEquals(step.Next, copy))
            {
                copies = copies.Set(thread + 1, step.Next);
                changed = true;
            }

            if (step.IsOperation) return step.Then(changed ? new EachThread(Template, PerProcess, copies, done) : this);
            wake = Math.Min(wake, step.WakeTimeOrNever);
        }

        if (context.Threads.Except(done).IsEmpty && (!PerProcess || context.AllFree)) return Step.Exhausted;
        return Step.Pending(changed ? new EachThread(Template, PerProcess, copies, done) : this, wake);
    }

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        var thread = context.ThreadOf(e.Process);
        if (!context.Threads.Contains(thread)) return this;
        if (PerProcess && e.Type == EventType.Info && !e.IsNemesis)
        {
            // This process is retired: the thread's next one begins anew.
            return new EachThread(Template, PerProcess, Copies.Set(thread + 1, Template), Done.Without(thread));
        }

        if (Done.Contains(thread)) return this;
        var copy = Copies[thread + 1] ?? Template;
        var updated = copy.Update(context.OnThread(thread), e);
        return ReferenceEquals(copy, updated) ? this : this with { Copies = Copies.Set(thread + 1, updated) };
    }
}

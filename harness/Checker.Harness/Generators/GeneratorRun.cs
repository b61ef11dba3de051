using Checker.Histories;
using Checker.Targets;

namespace Checker.Harness.Generators;

/// <summary>
/// A generator at work: keeps the generator and its context in step with what happens. Whoever runs operations, for real or simulated, asks
/// <see cref="Next"/>, starts what it says, and tells <see cref="Observe"/> of every invocation and completion. From one thread only.
/// </summary>
public sealed class GeneratorRun
{
    /// <summary>Begins at time 0 with every thread free.</summary>
    /// <param name="generator">What to run.</param>
    /// <param name="concurrency">The number of client threads.</param>
    /// <param name="random">The stream that the generator draws from; nobody else should.</param>
    /// <param name="nemesis">Whether there is a nemesis.</param>
    public GeneratorRun(IGenerator generator, int concurrency, SeededRandom random, bool nemesis = true)
    {
        ArgumentNullException.ThrowIfNull(generator);
        Generator = generator;
        Context = GeneratorContext.Start(concurrency, random, nemesis);
    }

    /// <summary>The generator as it now is.</summary>
    public IGenerator Generator { get; private set; }

    /// <summary>The state of the threads.</summary>
    public GeneratorContext Context { get; private set; }

    /// <summary>Goes on with another generator, in the next phase of a run; time, threads and processes stay as they are.</summary>
    public void GoOnWith(IGenerator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        Generator = generator;
    }

    /// <summary>Asks for an operation to start now. An invocation must be observed before asking again; a log line needs no more.</summary>
    /// <param name="time">Nanoseconds since the start; a time before the last one counts as the last one.</param>
    public Step Next(long time)
    {
        Context = Context.At(Math.Max(time, Context.Time));
        var step = Generator.Next(Context);
        Generator = step.Next;
        return step;
    }

    /// <summary>Tells of an invocation or a completion.</summary>
    /// <param name="e">
    /// The event, with the process given by the operation. An <see cref="EventType.Info"/> event of the nemesis is an invocation if it
    /// was free, else a completion.
    /// </param>
    /// <exception cref="ArgumentException">A busy process is invoked, a free one completes, or a retired one does either.</exception>
    public void Observe(in HistoryEvent e)
    {
        var thread = Context.ThreadOf(e.Process);
        if (Context.ProcessOf(thread) != e.Process) throw new ArgumentException($"process {e.Process} is retired", nameof(e));
        var invokes = e.IsNemesis ? Context.IsFree(thread) : e.Type == EventType.Invoke;
        if (invokes != Context.IsFree(thread))
        {
            throw new ArgumentException(
                $"process {e.Process} {(invokes ? "is busy and cannot be invoked" : "is free and has nothing to complete")}", nameof(e));
        }

        var context = Context.At(Math.Max(e.Time, Context.Time));
        context = invokes ? context.Busy(thread) : context.Release(thread);
        Generator = Generator.Update(context, e);
        Context = !invokes && e.Type == EventType.Info ? context.Retire(thread) : context;
    }
}

using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Harness.Generators;

/// <summary>What can be done to a generator. Each method returns a new one; <c>g.Stagger(x).TimeLimit(y)</c> limits the staggered generator.</summary>
public static class GenExtensions
{
    /// <summary>At most so many operations.</summary>
    public static IGenerator Limit(this IGenerator generator, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new Limit(generator, count);
    }

    /// <summary>One operation.</summary>
    public static IGenerator Once(this IGenerator generator) => generator.Limit(1);

    /// <summary>Operations for so long, from when it is first asked; those under way then may end later.</summary>
    public static IGenerator TimeLimit(this IGenerator generator, TimeSpan duration) => new TimeLimit(generator, Nanoseconds.Of(duration));

    /// <summary>Operations of at most so many processes. Crashed operations retire processes, so this bounds how many a history can have.</summary>
    public static IGenerator ProcessLimit(this IGenerator generator, int processes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(processes);
        return new ProcessLimit(generator, processes, default);
    }

    /// <summary>
    /// Random pauses between operations, over all threads together. An operation that comes late, because every thread was busy, does not shift
    /// those after it; up to 10 pauses or 20 ms, whichever is more, are made good.
    /// </summary>
    /// <param name="generator">The operations.</param>
    /// <param name="mean">The mean pause.</param>
    /// <param name="pauses">How pauses are drawn.</param>
    public static IGenerator Stagger(this IGenerator generator, TimeSpan mean, Pauses pauses = Pauses.Uniform) =>
        new Paced(generator, Nanoseconds.Of(mean), pauses);

    /// <summary>So many operations per second on average, over all threads together, arriving as a Poisson process.</summary>
    public static IGenerator Rate(this IGenerator generator, double operationsPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(operationsPerSecond);
        return new Paced(generator, (long)Math.Min(1e9 / operationsPerSecond, 9e18), Pauses.Exponential);
    }

    /// <summary>Pauses of one length between operations, over all threads together.</summary>
    public static IGenerator Delay(this IGenerator generator, TimeSpan pause) => new Paced(generator, Nanoseconds.Of(pause), Pauses.Fixed);

    /// <summary>This one; then, once all threads are free, that one.</summary>
    public static IGenerator Then(this IGenerator generator, IGenerator next) => Gen.Concat(generator, next.Synchronize());

    /// <summary>Begins once all threads are free.</summary>
    public static IGenerator Synchronize(this IGenerator generator) => new Synchronize(generator);

    /// <summary>The generator's first operation, for ever. What draws randomness or counts is asked anew but never moves on.</summary>
    public static IGenerator Repeat(this IGenerator generator) => new Repeat(generator);

    /// <summary>The generator's first operation, so many times.</summary>
    public static IGenerator Repeat(this IGenerator generator, long times) => generator.Repeat().Limit(times);

    /// <summary>Starts again from the beginning whenever it ends, unless a whole round had no operation and no pause.</summary>
    /// <param name="generator">The operations.</param>
    /// <param name="times">How many times in all.</param>
    public static IGenerator Cycle(this IGenerator generator, long times = long.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        return times == 0 ? Gen.Nothing : new Cycle(generator, generator, times, Moved: false);
    }

    /// <summary>A copy of the generator for each thread.</summary>
    public static IGenerator EachThread(this IGenerator generator) => new EachThread(generator, PerProcess: false, default, default);

    /// <summary>A copy of the generator for each process: a thread whose process is retired begins anew.</summary>
    public static IGenerator EachProcess(this IGenerator generator) => new EachThread(generator, PerProcess: true, default, default);

    /// <summary>On these threads only.</summary>
    public static IGenerator OnThreads(this IGenerator generator, ThreadSet threads) => new OnThreads(generator, threads, AllBut: false);

    /// <summary>On the threads that the predicate names; −1 is the nemesis.</summary>
    public static IGenerator OnThreads(this IGenerator generator, Func<int, bool> predicate) => new OnMatchingThreads(generator, predicate);

    /// <summary>On all threads but the nemesis.</summary>
    public static IGenerator Clients(this IGenerator generator) => new OnThreads(generator, ThreadSet.Nemesis, AllBut: true);

    /// <summary>On the nemesis only.</summary>
    public static IGenerator Nemesis(this IGenerator generator) => new OnThreads(generator, ThreadSet.Nemesis, AllBut: false);

    /// <summary>This one on the clients, that one on the nemesis, side by side.</summary>
    public static IGenerator WithNemesis(this IGenerator clients, IGenerator nemesis) => Gen.Any(nemesis.Nemesis(), clients.Clients());

    /// <summary>Until one of its operations is ok.</summary>
    public static IGenerator UntilOk(this IGenerator generator) => new UntilOk(generator, default);

    /// <summary>Other operations in place of those generated; thread and time stay.</summary>
    public static IGenerator Map(this IGenerator generator, Func<GeneratedOperation, OperationTemplate> function) => new Map(generator, function);

    /// <summary>The operations, all on this key.</summary>
    public static IGenerator WithKey(this IGenerator generator, Value key) => generator.Map(o => o.Template with { Key = key });

    /// <summary>Only the operations that the predicate lets pass; log lines always pass.</summary>
    /// <exception cref="GeneratorException">While asking: a million operations in a row were refused.</exception>
    public static IGenerator Filter(this IGenerator generator, Func<GeneratedOperation, bool> predicate) => new Filter(generator, predicate);

    /// <summary>A function that is given the generator at every event, after it heard of it, and says which one to go on with.</summary>
    public static IGenerator OnUpdate(this IGenerator generator, Func<IGenerator, GeneratorContext, HistoryEvent, IGenerator> handler) =>
        new OnUpdate(generator, handler);

    /// <summary>Checks every answer of this generator against the rules; see <see cref="GeneratorException"/>.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="name">What to call it in messages; by default what it says of itself.</param>
    public static IGenerator Validate(this IGenerator generator, string? name = null) => new Validate(generator, name);

    /// <summary>Writes down every question, answer and event.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="name">Begins every line.</param>
    /// <param name="write">Takes the lines.</param>
    public static IGenerator Trace(this IGenerator generator, string name, Action<string> write) => new Trace(generator, name, write);
}

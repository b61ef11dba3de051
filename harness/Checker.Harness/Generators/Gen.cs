using Checker.Histories.Values;

namespace Checker.Harness.Generators;

/// <summary>Makes generators. What is done to one generator is an extension method, so that a workload reads like a sentence.</summary>
public static class Gen
{
    /// <summary>Has no operations.</summary>
    public static IGenerator Nothing => Generators.Nothing.Instance;

    /// <summary>One operation, once; for more of it, <see cref="GenExtensions.Repeat(IGenerator)"/>.</summary>
    public static IGenerator Operation(string f, Value value = default, Value key = default) =>
        new SingleOperation(new OperationTemplate(f, value, key));

    /// <summary>These operations in order.</summary>
    public static IGenerator Sequence(params OperationTemplate[] operations)
    {
        var copy = operations.AsSpan().ToArray();
        return new CountedSource(i => copy[i], 0, copy.Length);
    }

    /// <summary>
    /// Whatever the function says, for ever. It is called once per operation, when a thread is free, and must depend on nothing but the context.
    /// </summary>
    public static IGenerator Operations(Func<GeneratorContext, OperationTemplate> function) => new FunctionSource(function);

    /// <summary>Whatever the function says of 0, 1, 2 …, so many times.</summary>
    public static IGenerator Counted(Func<long, OperationTemplate> function, long count = long.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new CountedSource(function, 0, count);
    }

    /// <summary>Writes 1, 2, 3 … to each key, so that no key sees a value twice, for ever.</summary>
    /// <param name="skew">How often each key is written.</param>
    /// <param name="key">The key of each number; by default the number itself.</param>
    /// <param name="f">The name of the function.</param>
    public static IGenerator UniqueWrites(KeySkew skew, Func<int, Value>? key = null, string f = "write") =>
        new UniqueWrites(f, skew, key ?? (static i => i), default);

    /// <summary>A line for the log, once.</summary>
    public static IGenerator Log(string text) => new LogLine(text);

    /// <summary>
    /// No operation for so long, from when a thread is first free for it. Takes no thread: on the nemesis, or in a copy per thread, it is that
    /// thread's pause; among several threads it is a pause of all of them.
    /// </summary>
    public static IGenerator Sleep(TimeSpan duration) => new Sleep(Nanoseconds.Of(duration));

    /// <summary>All of the first, then all of the second, and so on. The next one begins while operations of the last are still under way.</summary>
    public static IGenerator Concat(params IGenerator[] generators) =>
        generators.Length == 0 ? Nothing : new Concat(Checked(generators), 0, generators[0]);

    /// <summary>As <see cref="Concat"/>, but each one begins only once all threads are free.</summary>
    public static IGenerator Phases(params IGenerator[] generators) => Concat(Array.ConvertAll(Checked(generators), static g => g.Synchronize()));

    /// <summary>A random one each time, all equally likely. See <see cref="Mix(ValueTuple{int, IGenerator}[])"/>.</summary>
    public static IGenerator Mix(params IGenerator[] generators) => Mix(Array.ConvertAll(generators, static g => (1, g)));

    /// <summary>
    /// A random one each time, by weight. One that was drawn but has no operation now keeps its turn, and the others go on meanwhile. One that
    /// ends drops out; the mix ends when all have ended.
    /// </summary>
    /// <exception cref="ArgumentException">A weight is not positive.</exception>
    public static IGenerator Mix(params (int Weight, IGenerator Generator)[] generators)
    {
        foreach (var (weight, _) in generators) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weight, nameof(generators));
        _ = checked(generators.Sum(static g => g.Weight));
        return generators.Length == 0
            ? Nothing
            : new Mix(Checked(Array.ConvertAll(generators, static g => g.Generator)), Array.ConvertAll(generators, static g => g.Weight), -1);
    }

    /// <summary>Whichever has an operation now; where several have, they take turns. Ends when all have ended.</summary>
    public static IGenerator Any(params IGenerator[] generators) => generators.Length == 0 ? Nothing : new Any(Checked(generators), 0);

    /// <summary>One of each in turn; if the one whose turn it is has none now, the others wait. Ends with the first that ends.</summary>
    public static IGenerator FlipFlop(params IGenerator[] generators) => generators.Length == 0 ? Nothing : new FlipFlop(Checked(generators), 0);

    /// <summary>
    /// Each for its time in turn, over and over, beginning when first asked. Each goes on where it was. The time of one that has ended passes
    /// in silence; it ends when all have ended.
    /// </summary>
    /// <exception cref="ArgumentException">A time is not positive.</exception>
    public static IGenerator CycleTimes(params (TimeSpan Time, IGenerator Generator)[] generators)
    {
        var ends = new long[generators.Length];
        var end = 0L;
        for (var i = 0; i < ends.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(generators[i].Time, TimeSpan.Zero, nameof(generators));
            ends[i] = end = checked(end + Nanoseconds.Of(generators[i].Time));
        }

        return generators.Length == 0 ? Nothing : new CycleTimes(Checked(Array.ConvertAll(generators, static g => g.Generator)), ends);
    }

    /// <summary>
    /// Sets threads apart: the first so many client threads, of those it is given, for the first generator, the next for the second …,
    /// and what is left, the nemesis included, for the rest. Within another reserve it divides that one's group.
    /// </summary>
    /// <exception cref="InvalidOperationException">While asking: there are fewer client threads than that.</exception>
    public static IGenerator Reserve((int Threads, IGenerator Generator)[] groups, IGenerator rest)
    {
        foreach (var (threads, _) in groups) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads, nameof(groups));
        return new Reserve(groups.AsSpan().ToArray(), rest);
    }

    /// <summary>
    /// Independent keys, several at a time: the client threads form groups, and each group works on one key until that key's generator ends, then
    /// on the next key that no group has had. Ends when all keys have. A last group may have fewer threads; the nemesis is left out.
    /// Many short histories, one per key, are cheaper to judge than a long one.
    /// </summary>
    /// <param name="keys">The keys.</param>
    /// <param name="threadsPerKey">The threads of a group.</param>
    /// <param name="perKey">The generator of a key, bounded by a limit; its operations get the key, and it hears of that key's events only.</param>
    /// <exception cref="GeneratorException">While asking: 100,000 keys in a row had no operation.</exception>
    public static IGenerator Independent(KeySequence keys, int threadsPerKey, Func<Value, IGenerator> perKey)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threadsPerKey);
        return new ConcurrentKeys(new KeyedSource(keys, perKey), threadsPerKey, null, default, 0, default);
    }

    /// <summary>Independent keys, one after another, each by all client threads. See <see cref="Independent"/>.</summary>
    public static IGenerator SequentialKeys(KeySequence keys, Func<Value, IGenerator> perKey) => Independent(keys, int.MaxValue, perKey);

    /// <summary>
    /// Independent keys, a bounded number of them open at a time, each used by all threads; when a key's generator ends, the next key takes its
    /// place. Ends when all keys have.
    /// </summary>
    /// <param name="keys">The keys.</param>
    /// <param name="skew">How many keys are open, and how often each of the places is picked.</param>
    /// <param name="perKey">The generator of a key, bounded by a limit; its operations get the key, and it hears of that key's events only.</param>
    /// <exception cref="GeneratorException">While asking: 100,000 keys in a row had no operation.</exception>
    public static IGenerator OpenKeys(KeySequence keys, KeySkew skew, Func<Value, IGenerator> perKey) =>
        new OpenKeys(new KeyedSource(keys, perKey), skew, new KeyedGenerator[skew.Count], 0);

    private static IGenerator[] Checked(IGenerator[] generators)
    {
        foreach (var generator in generators) ArgumentNullException.ThrowIfNull(generator, nameof(generators));
        return generators.AsSpan().ToArray();
    }
}

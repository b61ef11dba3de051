using System.Runtime.CompilerServices;
using Checker.Histories;
using Checker.Targets;

namespace Checker.Harness.Generators;

/// <summary>
/// What a generator may know: the time, the threads it may use, which of them are free, the process that each of them now is, and randomness.
/// An immutable value, but for the stream of <see cref="Random"/>. Narrowing it to some threads shares everything else.
/// </summary>
public readonly struct GeneratorContext
{
    /// <summary>The thread of the nemesis.</summary>
    public const int Nemesis = HistoryEvent.NemesisProcess;

    /// <summary>Stands for "no thread".</summary>
    public const int NoThread = -2;

    private readonly int[]? _processes; // by client thread; null: every thread is still its first process
    private readonly int _rotation; // where to begin to look for a free thread, so that all get their turn

    private GeneratorContext(long time, ThreadSet threads, ThreadSet free, int concurrency, int[]? processes, int rotation, SeededRandom random)
    {
        Time = time;
        Threads = threads;
        Free = free;
        Concurrency = concurrency;
        _processes = processes;
        _rotation = rotation;
        Random = random;
    }

    /// <summary>The start of a run: time 0, every thread free.</summary>
    /// <param name="concurrency">The number of client threads.</param>
    /// <param name="random">The stream that the run's generator draws from.</param>
    /// <param name="nemesis">Whether there is a nemesis.</param>
    /// <exception cref="ArgumentOutOfRangeException">The concurrency is negative.</exception>
    public static GeneratorContext Start(int concurrency, SeededRandom random, bool nemesis = true)
    {
        ArgumentNullException.ThrowIfNull(random);
        var threads = ThreadSet.Clients(0, concurrency);
        if (nemesis) threads = threads.With(Nemesis);
        return new(0, threads, threads, concurrency, null, 0, random);
    }

    /// <summary>Nanoseconds since the start of the run.</summary>
    public long Time { get; }

    /// <summary>The threads that this generator may use, free or not. For one generator they are always the same.</summary>
    public ThreadSet Threads { get; }

    /// <summary>Those of the threads that have nothing to do.</summary>
    public ThreadSet Free { get; }

    /// <summary>The number of client threads of the whole run.</summary>
    public int Concurrency { get; }

    /// <summary>The run's randomness. Drawing from it moves it on.</summary>
    public SeededRandom Random { get; }

    /// <summary>Whether none of the threads is busy.</summary>
    public bool AllFree => Free == Threads;

    /// <summary>Whether the thread has nothing to do and may be used.</summary>
    public bool IsFree(int thread) => Free.Contains(thread);

    /// <summary>The process that a thread now is.</summary>
    public int ProcessOf(int thread) => thread < 0 || _processes is null ? thread : _processes[thread];

    /// <summary>The thread that a process runs, or ran, on: process modulo concurrency.</summary>
    public int ThreadOf(int process) => process < Concurrency ? process : process % Concurrency;

    /// <summary>The free thread whose turn it is, client threads and nemesis alike; <see cref="NoThread"/> if all are busy.</summary>
    public int NextFreeThread() => TurnIn(Free);

    /// <summary>The free threads, beginning with the one whose turn it is, until <see cref="NoThread"/>.</summary>
    /// <param name="thread">The last one had.</param>
    public int NextFreeThreadAfter(int thread) => NextAfter(thread, Free);

    internal int NextAfter(int thread, ThreadSet threads)
    {
        var next = threads.NextFrom(thread + 1);
        if (next == NoThread) next = threads.NextFrom(Nemesis);
        return next == TurnIn(threads) ? NoThread : next;
    }

    // The thread of a set whose turn it is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int TurnIn(ThreadSet threads)
    {
        var thread = threads.NextFrom(_rotation);
        return thread != NoThread ? thread : threads.NextFrom(Nemesis);
    }

    /// <summary>The same at another time.</summary>
    public GeneratorContext At(long time) => new(time, Threads, Free, Concurrency, _processes, _rotation, Random);

    /// <summary>The same, drawing from another stream.</summary>
    public GeneratorContext WithRandom(SeededRandom random) => new(Time, Threads, Free, Concurrency, _processes, _rotation, random);

    /// <summary>The same, with only those of its threads that are also in the set.</summary>
    public GeneratorContext On(ThreadSet threads) =>
        new(Time, Threads.Intersect(threads), Free.Intersect(threads), Concurrency, _processes, _rotation, Random);

    /// <summary>The same, with only this one of its threads.</summary>
    public GeneratorContext OnThread(int thread)
    {
        var single = Threads.Contains(thread) ? ThreadSet.Of(thread) : ThreadSet.Empty;
        return new(Time, single, Free.Contains(thread) ? single : ThreadSet.Empty, Concurrency, _processes, _rotation, Random);
    }

    /// <summary>The same, without the threads of the set.</summary>
    public GeneratorContext Except(ThreadSet threads) =>
        new(Time, Threads.Except(threads), Free.Except(threads), Concurrency, _processes, _rotation, Random);

    /// <summary>The same, with this thread busy. The next thread in order is then the first to be looked at.</summary>
    public GeneratorContext Busy(int thread) =>
        new(Time, Threads, Free.Without(thread), Concurrency, _processes, thread == Nemesis ? _rotation : thread + 1, Random);

    /// <summary>The same, with this thread free again.</summary>
    public GeneratorContext Release(int thread) => new(Time, Threads, Free.With(thread), Concurrency, _processes, _rotation, Random);

    /// <summary>The same, with this thread's process retired: it goes on as the process whose number is greater by the concurrency.</summary>
    public GeneratorContext Retire(int thread)
    {
        if (thread < 0) return this;
        int[] processes = _processes is null ? [.. Enumerable.Range(0, Concurrency)] : (int[])_processes.Clone();
        processes[thread] += Concurrency;
        return new(Time, Threads, Free, Concurrency, processes, _rotation, Random);
    }
}

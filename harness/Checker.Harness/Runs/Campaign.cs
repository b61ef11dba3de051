using System.Runtime.ExceptionServices;
using Checker.Checkers;
using Checker.Harness.Worlds;

namespace Checker.Harness.Runs;

/// <summary>
/// Runs one plan with many seeds, several at a time. Each run has a world of its own; what it shows depends on its seed alone.
/// </summary>
public static class Campaign
{
    /// <summary>Runs the plan once for each seed.</summary>
    /// <param name="template">The plan; its own seed is not used.</param>
    /// <param name="seeds">The seeds, in order.</param>
    /// <param name="worlds">Makes the world of a seed. Called from several threads at once.</param>
    /// <param name="judge">Judges a run. Called from several threads at once.</param>
    /// <param name="options">How many at a time, and when to stop.</param>
    /// <returns>What each seed showed, in the order of the seeds, whatever the parallelism.</returns>
    /// <exception cref="ArgumentException">The plan makes no sense; nothing was run.</exception>
    public static IReadOnlyList<SeedOutcome> Run(
        RunPlan template,
        IEnumerable<long> seeds,
        Func<long, IWorld> worlds,
        Func<RunResult, IReadOnlyList<Verdict>> judge,
        CampaignOptions options)
    {
        template.Validate();
        template.Configure();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parallelism, 1, nameof(options));
        var work = new Work(template, [.. seeds], worlds, judge, options);
        try
        {
            Parallel.For(
                0, options.Parallelism, new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism }, _ => work.TakeTurns());
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return work.Outcomes();
    }

    private sealed class Work(
        RunPlan template, long[] seeds, Func<long, IWorld> worlds, Func<RunResult, IReadOnlyList<Verdict>> judge, CampaignOptions options)
    {
        private readonly SeedOutcome?[] _outcomes = new SeedOutcome?[seeds.Length];
        private readonly Lock _telling = new();
        private int _next = -1;
        private int _last = seeds.Length - 1;

        public void TakeTurns()
        {
            while (true)
            {
                var turn = Interlocked.Increment(ref _next);
                if (turn > Volatile.Read(ref _last) || options.Cancellation.IsCancellationRequested) return;
                var outcome = RunOne(seeds[turn]);
                if (outcome is null) return;
                _outcomes[turn] = outcome;
                lock (_telling)
                {
                    // Seeds after the first violation in order do not count, however early they ended.
                    if (options.StopAtViolation && outcome.IsViolation) _last = Math.Min(_last, turn);
                    options.Observer?.OnNext(outcome);
                }
            }
        }

        public IReadOnlyList<SeedOutcome> Outcomes() =>
            [.. _outcomes.Take(_last + 1).TakeWhile(outcome => outcome is not null).Select(outcome => outcome!)];

        private SeedOutcome? RunOne(long seed)
        {
            var plan = template with { Seed = seed };
            using var digest = new HistoryDigest(Runs.Run.HeaderOf(plan));
            var result = Runs.Run.Execute(plan, worlds, new RunObservers { Events = [digest] }, options.Cancellation);
            if (result.End == RunEnd.Cancelled) return null;
            return new SeedOutcome
            {
                Seed = seed,
                End = result.End,
                Error = result.Error,
                Counts = result.Counts,
                Verdicts = [.. judge(result).Select(verdict => verdict with { Certificate = null })],
                Vacuity = result.Vacuity,
                Liveness = result.Liveness,
                HistorySha256 = digest.Sha256,
                ReplayCommand = result.ReplayCommand,
            };
        }
    }
}

/// <summary>How a campaign goes about it.</summary>
public sealed record CampaignOptions
{
    /// <summary>How many runs at a time; 1.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Whether to stop at the first seed, in order, whose run violates a model; later seeds are then left out.</summary>
    public bool StopAtViolation { get; init; }

    /// <summary>Told of each outcome as it comes, in no particular order, one at a time.</summary>
    public IObserver<SeedOutcome>? Observer { get; init; }

    /// <summary>Stops: seeds that were not finished, and those after the first of them, are left out.</summary>
    public CancellationToken Cancellation { get; init; }
}

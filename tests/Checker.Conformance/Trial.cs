using Checker.Checkers;
using Checker.Checkers.Linearizability;
using Checker.Harness.Nemeses;
using Checker.Harness.Runs;
using Checker.Harness.Simulation;
using Checker.Harness.Workloads;
using Checker.Targets.Nodes;

namespace Checker.Conformance;

/// <summary>One kind of run of a store, to be done with one seed after another and judged for linearizability.</summary>
/// <param name="Store">The store.</param>
/// <param name="Workload">What its clients do.</param>
/// <param name="Nemeses">The faults, as <c>--nemesis</c> takes them.</param>
public sealed record Trial(INodeTarget Store, Workload Workload, string Nemeses)
{
    /// <summary>The bugs to plant.</summary>
    public IReadOnlyList<string> Bugs { get; init; } = [];

    /// <summary>Settings of the store.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The length of the main phase in seconds of the simulated clock.</summary>
    public int Seconds { get; init; } = 60;

    /// <summary>The share of compare-and-sets among the updates; null: the workload's own.</summary>
    public double? CasFraction { get; init; }

    /// <summary>Operations per second over all clients.</summary>
    public double Rate { get; init; } = WorkloadOptions.Default.Rate;

    /// <summary>The number of nodes.</summary>
    public int Nodes { get; init; } = 5;

    /// <summary>When which faults come; null: as the seed draws it.</summary>
    public NemesisSchedule? Schedule { get; init; }

    /// <summary>How often faults come.</summary>
    public NemesisOptions NemesisOptions { get; init; } = NemesisOptions.Default;

    /// <summary>Does the run of a seed and judges its history.</summary>
    public Outcome Run(long seed)
    {
        var plan = new RunPlan(Store, Workload, seed)
        {
            Nemeses = NemesisCatalogue.Parse(Nemeses),
            Schedule = Schedule,
            Nodes = Nodes,
            Bugs = Bugs,
            Settings = Settings,
            TimeLimit = Seconds * Intervals.Second,
            WorkloadOptions = WorkloadOptions.Default with { CasFraction = CasFraction, Rate = Rate },
            NemesisOptions = NemesisOptions,
        };
        var result = Harness.Runs.Run.Execute(plan, new SimulatedWorld(seed));
        var verdict = Linearizability.Check(result.History, Workload.Type, CheckOptions.Default with { Certify = false });
        return new Outcome(result, verdict);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Store.Name} {Workload.Name} [{string.Join(' ', Bugs)}{string.Join(' ', Settings.Select(s => $"{s.Key}={s.Value}"))}] under {Nemeses}";
}

/// <summary>What came of one run.</summary>
/// <param name="Result">What the run left behind.</param>
/// <param name="Verdict">Whether its history is linearizable.</param>
public sealed record Outcome(RunResult Result, Verdict Verdict)
{
    /// <summary>What is wrong if a correct store made this run, in a line; null: nothing.</summary>
    public string? Complaint
    {
        get
        {
            if (Result.End != RunEnd.Completed) return $"the run ended {Result.End}: {Result.Error}";
            if (Verdict.Kind == VerdictKind.Unknown) return "unknown: " + Verdict.Reason;
            if (Verdict.Kind == VerdictKind.Invalid) return "invalid: " + Verdict.Anomalies[0].Explanation;
            var finding = Result.Vacuity.Concat(Result.Liveness).FirstOrDefault();
            return finding is null ? null : $"{finding.Kind}: {finding.Explanation}";
        }
    }
}

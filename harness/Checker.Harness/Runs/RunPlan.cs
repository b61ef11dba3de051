using Checker.Harness.Nemeses;
using Checker.Harness.Workloads;
using Checker.Histories;
using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.Runs;

/// <summary>
/// Everything that decides a run: in a simulated world the same plan gives the same history. Lengths of time are nanoseconds.
/// </summary>
/// <param name="Target">What is tested.</param>
/// <param name="Workload">What the clients do.</param>
/// <param name="Seed">Where all randomness comes from.</param>
public sealed record RunPlan(ITarget Target, Workload Workload, long Seed)
{
    /// <summary>How the workload is tuned.</summary>
    public WorkloadOptions WorkloadOptions { get; init; } = WorkloadOptions.Default;

    /// <summary>The faults; none unless given.</summary>
    public IReadOnlyList<INemesis> Nemeses { get; init; } = [];

    /// <summary>How often faults come and how long they last.</summary>
    public NemesisOptions NemesisOptions { get; init; } = NemesisOptions.Default;

    /// <summary>When which faults come; null: drawn for <see cref="Nemeses"/> by <see cref="NemesisOptions"/>.</summary>
    public NemesisSchedule? Schedule { get; init; }

    /// <summary>The length of the main phase; 60 s.</summary>
    public long TimeLimit { get; init; } = 60 * Intervals.Second;

    /// <summary>The number of client threads; 10.</summary>
    public int Concurrency { get; init; } = 10;

    /// <summary>The number of nodes; 5.</summary>
    public int Nodes { get; init; } = 5;

    /// <summary>The name of the world; <c>sim</c>.</summary>
    public string World { get; init; } = "sim";

    /// <summary>Values for the target's settings, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The bugs to plant, by name.</summary>
    public IReadOnlyList<string> Bugs { get; init; } = [];

    /// <summary>
    /// How long operations that are open at the end of a phase are waited for; 10 s. Then they are asked to end, and a second later
    /// abandoned.
    /// </summary>
    public long DrainLimit { get; init; } = 10 * Intervals.Second;

    /// <summary>How soon after all faults were healed every client must have had an operation succeed; 20 s.</summary>
    public long RecoveryLimit { get; init; } = 20 * Intervals.Second;

    /// <summary>How long a cluster that has recovered is left alone before the final reads, so that replicas can catch up; 1 s.</summary>
    public long SettleTime { get; init; } = Intervals.Second;

    /// <summary>How long the final reads may take; 30 s.</summary>
    public long FinalReadsLimit { get; init; } = 30 * Intervals.Second;

    /// <summary>Whether the run is to be done twice and its histories compared. Only a simulated world can pass.</summary>
    public bool VerifyDeterminism { get; init; }

    /// <summary>Everything that a run needs to know is set, and fits together.</summary>
    /// <exception cref="ArgumentException">Something does not; the message says what was expected.</exception>
    public void Validate()
    {
        WorkloadOptions.Validate();
        NemesisOptions.Validate();
        if (TimeLimit <= 0) throw new ArgumentException("time limit: expected more than nothing");
        if (Concurrency is < 1 or > 1000) throw new ArgumentException($"concurrency {Concurrency}: expected 1 to 1000");
        if (Nodes is < 1 or > 1000) throw new ArgumentException($"nodes {Nodes}: expected 1 to 1000");
        if (Target.DataTypes.All(type => type.Name != Workload.Type.Name))
        {
            throw new ArgumentException(
                $"workload \"{Workload.Name}\" needs the data type {Workload.Type.Name}, but the target \"{Target.Name}\" offers only " +
                string.Join(", ", Target.DataTypes.Select(type => type.Name)));
        }

        if (WorkloadOptions.CasFraction > 0 && Target.Unsupported.Contains(Function.Cas))
        {
            throw new ArgumentException($"cas fraction {WorkloadOptions.CasFraction}: the target \"{Target.Name}\" has no compare-and-set: expected 0");
        }
    }

    /// <summary>Configures a node target.</summary>
    /// <exception cref="ArgumentException">The target is not one of nodes, or a setting makes no sense.</exception>
    public Deployment Configure() => Target is INodeTarget nodes
        ? nodes.Configure(new DeploymentOptions(Nodes, Settings, Bugs))
        : throw new ArgumentException($"the target \"{Target.Name}\" is not written as nodes: the world \"{World}\" cannot run it");
}

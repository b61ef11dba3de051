using Checker.Harness.Nemeses;
using Checker.Harness.Runs;
using Checker.Harness.Simulation;
using Checker.Harness.Workloads;
using Checker.Histories;
using Checker.Histories.Values;
using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.Tests.Runs;

/// <summary>One register in the memory of the test, behind clients that do what the test says.</summary>
internal sealed class ToyTarget(Func<ToyCall, ValueTask<Completion>?>? behaviour = null, Action<INodeContext>? onStart = null) : INodeTarget
{
    public string Name => "toy";

    public string Summary => "a register";

    public string Protocol => "none";

    public IReadOnlyList<DataType> DataTypes => [Histories.DataTypes.Register];

    public IReadOnlyList<Setting> Settings => [];

    public IReadOnlyList<PlantedBug> Bugs => [];

    /// <summary>How often a client was opened, for all threads.</summary>
    public int Opened { get; set; }

    /// <summary>Which attempt to open a client fails, from 1.</summary>
    public Func<int, bool> RefusesToOpen { get; init; } = _ => false;

    public Deployment Configure(DeploymentOptions options) => new ToyDeployment(this, options.Nodes, behaviour, onStart);

    /// <summary>A short run: 5 s, no faults.</summary>
    public RunPlan Plan(string nemeses = "none", long seed = 1) => new(this, WorkloadCatalogue.Register, seed)
    {
        TimeLimit = 5 * Intervals.Second,
        Concurrency = 3,
        Nodes = 3,
        Nemeses = NemesisCatalogue.Parse(nemeses),
    };

    public RunResult Run(RunPlan? plan = null, RunObservers? observers = null, CancellationToken cancellation = default) =>
        Checker.Harness.Runs.Run.Execute(plan ?? Plan(), seed => new SimulatedWorld(seed), observers, cancellation);

    private sealed class ToyDeployment(
        ToyTarget target, int nodes, Func<ToyCall, ValueTask<Completion>?>? behaviour, Action<INodeContext>? onStart) : Deployment
    {
        private readonly ToyRegister _register = new();

        public override int Nodes => nodes;

        public override IReadOnlyList<Type> MessageTypes => [];

        public override IReadOnlyList<string> Claims(DataType type) => [];

        public override INode CreateNode(INodeContext context) => new ToyNode(context, onStart);

        public override IClient CreateClient(IEndpoint endpoint)
        {
            if (target.RefusesToOpen(++target.Opened)) throw new IOException("connection refused");
            return new ToyClient(endpoint, _register, behaviour);
        }
    }

    private sealed class ToyNode(INodeContext context, Action<INodeContext>? onStart) : INode
    {
        public bool IsPrimary => false;

        public void Start() => onStart?.Invoke(context);

        public void Receive(EndpointId from, Message message)
        {
        }
    }
}

internal sealed class ToyRegister
{
    public Value Value { get; set; }

    public int Calls { get; set; }
}

/// <summary>One operation, as the behaviour of a toy client sees it; a behaviour that answers null lets the register do its work.</summary>
internal sealed record ToyCall(Invocation Invocation, int Number, long Now, IEndpoint Endpoint, CancellationToken Cancellation);

/// <summary>Works on the register after a millisecond, unless the test wants something else.</summary>
internal sealed class ToyClient(IEndpoint endpoint, ToyRegister register, Func<ToyCall, ValueTask<Completion>?>? behaviour) : IClient
{
    public ValueTask<Completion> InvokeAsync(Invocation invocation, CancellationToken cancellation)
    {
        var call = new ToyCall(invocation, ++register.Calls, endpoint.MonotonicClock, endpoint, cancellation);
        if (behaviour?.Invoke(call) is { } answer) return answer;
        var done = new TaskCompletionSource<Completion>();
        endpoint.After(1_000_000, () =>
        {
            if (invocation.Function == Function.Write) register.Value = invocation.Value;
            done.SetResult(Completion.Ok(invocation.Function == Function.Read ? register.Value : default));
        });
        return new ValueTask<Completion>(done.Task);
    }

    public ValueTask DisposeAsync() => default;
}

using System.CommandLine;
using Checker.Cli.Conventions;
using Checker.Harness.Nemeses;
using Checker.Harness.Runs;
using Checker.Harness.Workloads;
using Checker.Targets;
using Checker.Targets.Stores;

namespace Checker.Cli.Verbs;

/// <summary>The options that describe a run, and the plan they make.</summary>
internal sealed class RunOptions
{
    private static readonly RunPlan Defaults = new(StoreCatalogue.All[0], WorkloadCatalogue.Register, 0);

    private readonly Argument<string> _target = new("TARGET") { Description = "What to test. See: checker list targets" };

    private readonly Option<string?> _workload = new("--workload", "-w")
    {
        HelpName = "NAME",
        Description = "What the clients do (default: the target's most natural). See: checker list workloads",
    };

    private readonly Option<string> _nemesis = new("--nemesis", "-n")
    {
        HelpName = "NAME,NAME…",
        Description = "Faults, separated by commas. See: checker list nemeses",
        DefaultValueFactory = _ => "partition",
    };

    private readonly Option<TimeSpan?> _nemesisInterval = TimeOption.Create(
        "--nemesis-interval", "About how often a fault begins (default: bursts of a few seconds in cycles of 15 s)");

    private readonly Option<TimeSpan?> _timeLimit = TimeOption.Create("--time-limit", "Length of the main phase: 500ms, 30s, 5m (default: 60s)");
    private readonly Option<double> _rate = NumberOption.Create("--rate", "Operations per second, all clients together", Defaults.WorkloadOptions.Rate);
    private readonly Option<int> _concurrency = NumberOption.Create("--concurrency", "Clients that work at the same time", Defaults.Concurrency);
    private readonly Option<int> _nodes = NumberOption.Create("--nodes", "Nodes", Defaults.Nodes);
    private readonly Option<double> _readFraction = NumberOption.Create("--read-fraction", "Share of reads, 0 to 1", Defaults.WorkloadOptions.ReadFraction);

    private readonly Option<double?> _casFraction = NumberOption.Optional<double>(
        "--cas-fraction", "Share of compare-and-sets among what is not a read, 0 to 1 (default: the workload's)");

    private readonly Option<int> _keys = NumberOption.Create("--keys", "Keys in use at a time (kv)", Defaults.WorkloadOptions.Keys);

    private readonly Option<int> _operationsPerKey = NumberOption.Create(
        "--ops-per-key", "Operations on a key before a fresh one takes its place (kv)", Defaults.WorkloadOptions.OperationsPerKey);

    private readonly Option<string> _keyChoice = ChoiceOption.Create(
        "--key-choice", "How often each key is chosen", [.. Enum.GetNames<KeyChoice>().Select(name => name.ToLowerInvariant())]);

    private readonly Option<int?> _values = NumberOption.Optional<int>("--values", "Write values from 0 to N − 1 again and again, instead of unique ones");

    private readonly Option<string[]> _set = new("--set")
    {
        HelpName = "NAME=VALUE",
        Description = "Configure the target; repeatable. See: checker list targets",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _bug = new("--bug")
    {
        HelpName = "NAME",
        Description = "Plant a bug in the target; repeatable. See: checker list targets",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _world = ChoiceOption.Create(
        "--world", "sim: simulated, repeatable, faster than real time; real: this machine's clock, nodes over loopback TCP", Worlds.Simulated, Worlds.Real);

    private readonly Option<long?> _seed = NumberOption.Optional<long>("--seed", "Where all randomness comes from (default: a random one, printed)");
    private readonly Option<bool> _verifyDeterminism = new("--verify-determinism") { Description = "Run twice and compare the histories byte by byte" };

    /// <summary>Adds the arguments and options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_target);
        _seed.Aliases.Add("-s");
        Option[] options =
        [
            _workload, _nemesis, _nemesisInterval, _timeLimit, _rate, _concurrency, _nodes, _readFraction, _casFraction, _keys, _operationsPerKey,
            _keyChoice, _values, _set, _bug, _world, _seed, _verifyDeterminism,
        ];
        foreach (var option in options) command.Options.Add(option);
    }

    /// <summary>The plan that the user described.</summary>
    /// <exception cref="UsageException">Something does not exist or does not fit; the message says what would.</exception>
    public RunPlan Plan(ParseResult parsed)
    {
        var name = parsed.GetValue(_target)!;
        var target = StoreCatalogue.Find(name) ?? throw Lookup.Unknown("target", name, StoreCatalogue.All.Select(t => t.Name));
        var bugs = parsed.GetValue(_bug)!;
        foreach (var bug in bugs)
        {
            if (target.Bugs.All(known => known.Name != bug)) throw Lookup.Unknown($"bug of {target.Name}", bug, target.Bugs.Select(known => known.Name));
        }

        var plan = new RunPlan(target, Workload(parsed, target), parsed.GetValue(_seed) ?? Random.Shared.Next(1, 1_000_000))
        {
            WorkloadOptions = WorkloadOptionsOf(parsed),
            NemesisOptions = parsed.GetValue(_nemesisInterval) is { } interval ? Every(interval) : NemesisOptions.Default,
            TimeLimit = parsed.GetValue(_timeLimit) is { } limit ? TimeOption.Nanoseconds(limit) : Defaults.TimeLimit,
            Concurrency = parsed.GetValue(_concurrency),
            Nodes = parsed.GetValue(_nodes),
            World = parsed.GetValue(_world)!,
            Settings = Settings(parsed.GetValue(_set)!, target),
            Bugs = bugs,
            VerifyDeterminism = parsed.GetValue(_verifyDeterminism),
        };
        try
        {
            plan = plan with { Nemeses = NemesisCatalogue.Parse(parsed.GetValue(_nemesis)!) };
            plan.Validate();
            plan.Configure();
        }
        catch (ArgumentException problem)
        {
            throw UsageException.Of(problem);
        }

        return plan;
    }

    private Workload Workload(ParseResult parsed, ITarget target)
    {
        if (parsed.GetValue(_workload) is { } name)
        {
            return WorkloadCatalogue.Find(name) ?? throw Lookup.Unknown("workload", name, WorkloadCatalogue.All.Select(w => w.Name));
        }

        return WorkloadCatalogue.DefaultFor(target.DataTypes) ?? throw new UsageException($"no workload fits the target {target.Name}");
    }

    private WorkloadOptions WorkloadOptionsOf(ParseResult parsed)
    {
        var options = Defaults.WorkloadOptions with
        {
            Rate = parsed.GetValue(_rate),
            ReadFraction = parsed.GetValue(_readFraction),
            CasFraction = parsed.GetValue(_casFraction),
            Keys = parsed.GetValue(_keys),
            OperationsPerKey = parsed.GetValue(_operationsPerKey),
            KeyChoice = Enum.Parse<KeyChoice>(parsed.GetValue(_keyChoice)!, ignoreCase: true),
        };
        return parsed.GetValue(_values) is { } values ? options with { UniqueValues = false, Values = values } : options;
    }

    private static Dictionary<string, string> Settings(string[] assignments, ITarget target)
    {
        var settings = new Dictionary<string, string>();
        foreach (var assignment in assignments)
        {
            var at = assignment.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0) throw new UsageException($"--set {assignment}: expected name=value");
            var name = assignment[..at];
            var setting = target.Settings.FirstOrDefault(s => s.Name == name)
                ?? throw Lookup.Unknown($"setting of {target.Name}", name, target.Settings.Select(s => s.Name));
            settings[setting.Name] = assignment[(at + 1)..];
        }

        return settings;
    }

    private static NemesisOptions Every(TimeSpan interval)
    {
        try
        {
            return NemesisOptions.Every(TimeOption.Nanoseconds(interval));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new UsageException($"--nemesis-interval {interval.TotalMilliseconds}ms: expected at least 10ms");
        }
    }
}

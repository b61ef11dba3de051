using Checker.Harness.Generators;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Harness.Workloads;

/// <summary>The workloads by name.</summary>
public static class WorkloadCatalogue
{
    // Values of probes lie above those of the main phase, so that no value is written twice.
    private const long FirstProbeValue = 1_000_000_000;
    private const long MostThreads = 1_000;
    private static readonly Value ProbeKey = "probe";

    /// <summary>Reads and writes of one register.</summary>
    public static Workload Register { get; } = new(
        "register",
        "reads and writes of one register",
        DataTypes.Register,
        ["linearizable"],
        options => Single(options, 0),
        (thread, attempt) => new OperationTemplate(FunctionNames.Of(Function.Write), ProbeValue(thread, attempt)),
        keys => new FinalReads(keys));

    /// <summary>Reads, writes and compare-and-sets of one register.</summary>
    public static Workload CasRegister { get; } = new(
        "cas-register",
        "reads, writes and compare-and-sets of one register",
        DataTypes.CasRegister,
        ["linearizable"],
        options => Single(options, options.CasFraction ?? 0.5),
        (thread, attempt) => new OperationTemplate(FunctionNames.Of(Function.Write), ProbeValue(thread, attempt)),
        keys => new FinalReads(keys));

    /// <summary>Reads and writes of many registers, each for a bounded number of operations.</summary>
    public static Workload Kv { get; } = new(
        "kv",
        "reads and writes of many registers by key, each for a bounded number of operations",
        DataTypes.Kv,
        ["linearizable"],
        options => new Arrivals(
            RegisterOperations.Keyed(Mix(options, options.CasFraction ?? 0, new KeyChooser(options.KeyChoice, options.Keys)), options.Keys), options.Rate),
        (thread, attempt) => new OperationTemplate(FunctionNames.Of(Function.Write), ProbeValue(thread, attempt), ProbeKey),
        keys => new FinalReads(keys));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Workload> All { get; } = [Register, CasRegister, Kv];

    /// <summary>The workload of that name, or null.</summary>
    public static Workload? Find(string name) => All.FirstOrDefault(workload => workload.Name == name);

    /// <summary>The most natural workload of a target: that of the first of its data types that has one; or null.</summary>
    /// <param name="types">The data types that the target offers, the most natural first.</param>
    public static Workload? DefaultFor(IEnumerable<DataType> types) =>
        types.Select(type => All.FirstOrDefault(workload => workload.Type.Name == type.Name)).FirstOrDefault(workload => workload is not null);

    private static Arrivals Single(WorkloadOptions options, double casFraction) =>
        new(RegisterOperations.Single(Mix(options, casFraction, new KeyChooser(KeyChoice.Uniform, 1))), options.Rate);

    private static RegisterMix Mix(WorkloadOptions options, double casFraction, KeyChooser chooser) =>
        new(options.ReadFraction, casFraction, options.UniqueValues, options.Values, options.OperationsPerKey, chooser);

    private static Value ProbeValue(int thread, int attempt) => Value.Integer(FirstProbeValue + (attempt * MostThreads) + thread);
}

using System.Globalization;
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
        options => Operations(options, 0).Rate(options.Rate),
        (thread, attempt) => new OperationTemplate(FunctionNames.Of(Function.Write), ProbeValue(thread, attempt)),
        FinalReads);

    /// <summary>Reads, writes and compare-and-sets of one register.</summary>
    public static Workload CasRegister { get; } = new(
        "cas-register",
        "reads, writes and compare-and-sets of one register",
        DataTypes.CasRegister,
        ["linearizable"],
        options => Operations(options, options.CasFraction ?? 0.5).Rate(options.Rate),
        (thread, attempt) => new OperationTemplate(FunctionNames.Of(Function.Write), ProbeValue(thread, attempt)),
        FinalReads);

    /// <summary>Reads and writes of many registers, each for a bounded number of operations.</summary>
    public static Workload Kv { get; } = new(
        "kv",
        "reads and writes of many registers by key, each for a bounded number of operations",
        DataTypes.Kv,
        ["linearizable"],
        options => Gen.OpenKeys(
            KeySequence.From(key => string.Create(CultureInfo.InvariantCulture, $"k{key}")),
            Skew(options),
            key => Operations(options, options.CasFraction ?? 0).Limit(options.OperationsPerKey)).Rate(options.Rate),
        (thread, attempt) => new OperationTemplate(FunctionNames.Of(Function.Write), ProbeValue(thread, attempt), ProbeKey),
        FinalReads);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Workload> All { get; } = [Register, CasRegister, Kv];

    /// <summary>The workload of that name, or null.</summary>
    public static Workload? Find(string name) => All.FirstOrDefault(workload => workload.Name == name);

    /// <summary>The most natural workload of a target: that of the first of its data types that has one; or null.</summary>
    /// <param name="types">The data types that the target offers, the most natural first.</param>
    public static Workload? DefaultFor(IEnumerable<DataType> types) =>
        types.Select(
            type => All.FirstOrDefault(workload => workload.Type.Name == type.Name)).FirstOrDefault(workload => workload is not null);

    private static RegisterOperations Operations(WorkloadOptions options, double casFraction) =>
        new(options.ReadFraction, casFraction, options.UniqueValues ? null : options.Values);

    private static KeySkew Skew(WorkloadOptions options) => options.KeyChoice switch
    {
        KeyChoice.Zipf => KeySkew.Zipf(options.Keys, 1),
        KeyChoice.Exponential => KeySkew.Exponential(options.Keys, 1),
        _ => KeySkew.Uniform(options.Keys),
    };

    // Every client reads every key once, each as fast as it can.
    private static IGenerator FinalReads(IReadOnlyList<Value> keys) =>
        Gen.Sequence([.. keys.Select(key => new OperationTemplate(FunctionNames.Of(Function.Read), default, key))]).EachThread();

    private static Value ProbeValue(int thread, int attempt) => Value.Integer(FirstProbeValue + (attempt * MostThreads) + thread);
}

using System.Globalization;
using Checker.Checkers.Specs;
using Checker.Histories;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>How many random histories a property is tried on: a few in the test command, many in a campaign, on all cores.</summary>
internal static class Campaign
{
    /// <summary>How many histories share one stream of chance, so that the outcome does not depend on the number of cores.</summary>
    public const int Batch = 250;

    /// <summary>Where they begin otherwise.</summary>
    public const int UsualSeed = 20_261_120;

    /// <summary>The multiplier that <c>CHECKER_CAMPAIGN</c> gives; 1 without it.</summary>
    public static int Multiplier { get; } = Math.Max(1, Number("CHECKER_CAMPAIGN", 1));

    /// <summary>Where the streams of chance begin, by <c>CHECKER_CAMPAIGN_SEED</c>: another number, other histories.</summary>
    public static int Seed { get; } = Number("CHECKER_CAMPAIGN_SEED", UsualSeed);

    /// <summary>
    /// The data types that are judged here; <c>CHECKER_CAMPAIGN_TYPES</c>, names between commas, keeps some of them, to share a campaign out.
    /// </summary>
    public static IReadOnlyList<DataType> Types { get; } = [.. DataTypes.All.Where(BundledSpecs.Has).Where(Wanted)];

    /// <summary>Does something with every history of a campaign, batch by batch, on all cores. Throws what the first failing batch threw.</summary>
    /// <param name="histories">How many; rounded up to whole batches.</param>
    /// <param name="batch">What to do: with the batch's number and its stream of chance. Called from several threads.</param>
    public static void InBatches(int histories, Action<int, Random> batch)
    {
        var failures = new SortedDictionary<int, Exception>();
        Parallel.For(0, (histories + Batch - 1) / Batch, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (number, state) =>
        {
            try
            {
                batch(number, new Random(unchecked((Seed * 31) + number)));
            }
            catch (Exception exception)
            {
                lock (failures) failures.Add(number, exception);
                state.Stop();
            }
        });
        if (failures.Count > 0) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures.First().Value);
    }

    private static bool Wanted(DataType type) =>
        Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN_TYPES") is not { Length: > 0 } names || names.Split(',').Contains(type.Name);

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : otherwise;
}

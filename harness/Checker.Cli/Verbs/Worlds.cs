using Checker.Harness.RealTime;
using Checker.Harness.Simulation;
using Checker.Harness.Worlds;

namespace Checker.Cli.Verbs;

/// <summary>The worlds by name.</summary>
internal static class Worlds
{
    public const string Simulated = "sim";
    public const string Real = "real";

    /// <summary>Makes the world of that name for a seed.</summary>
    public static IWorld Make(string name, long seed) => name == Real ? new RealTimeWorld(seed) : new SimulatedWorld(seed);
}

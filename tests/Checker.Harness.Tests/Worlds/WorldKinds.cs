using Xunit;

namespace Checker.Harness.Tests.Worlds;

internal static class WorldKinds
{
    /// <summary>Every world; each test of the suite runs in all of them.</summary>
    public static TheoryData<string> All => ["sim", "real"];
}

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>How many random histories a property is tried on: a few in the test command, many in a campaign.</summary>
internal static class Campaign
{
    /// <summary>The multiplier that <c>CHECKER_CAMPAIGN</c> gives; 1 without it.</summary>
    public static int Multiplier { get; } = int.TryParse(Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN"), out var given)
        ? Math.Max(1, given)
        : 1;
}

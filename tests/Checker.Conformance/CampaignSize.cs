using System.Globalization;

namespace Checker.Conformance;

/// <summary>How long the campaigns are: <c>CHECKER_CAMPAIGN=100</c> does a hundred times as many seeds as the test command.</summary>
internal static class CampaignSize
{
    /// <summary>The number of seeds, given the number for the test command.</summary>
    public static int Seeds(int few) => few * Multiplier;

    private static int Multiplier =>
        int.TryParse(Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN"), NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times > 0
            ? times
            : 1;
}

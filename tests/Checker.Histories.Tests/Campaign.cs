using System.Globalization;

namespace Checker.Histories.Tests;

/// <summary>How long randomized tests run: <c>CHECKER_CAMPAIGN=50</c> makes them 50 times as long as in the test command.</summary>
internal static class Campaign
{
    public static int Times(int count) =>
        count * int.Parse(Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN") ?? "1", CultureInfo.InvariantCulture);
}

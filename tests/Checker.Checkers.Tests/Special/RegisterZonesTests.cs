using Checker.Checkers.Linearizability.Special;
using Xunit.Abstractions;

namespace Checker.Checkers.Tests.Special;

public sealed class RegisterZonesTests(ITestOutputHelper output)
{
    [Fact]
    public void Agrees_with_the_definition_on_random_registers()
    {
        var campaign = new Campaign(new RegisterModel(), new RegisterZones(), output);
        campaign.Run(4_000, 1);
        Assert.True(campaign.Undecided < campaign.Total / 10, $"{campaign.Undecided} undecided");
        Assert.True(campaign.Invalid > campaign.Total / 4, $"{campaign.Invalid} invalid");
    }

    [Fact]
    public void Agrees_with_the_definition_where_values_repeat()
    {
        var campaign = new Campaign(new RegisterModel(repeats: 0.3), new RegisterZones(), output);
        campaign.Run(2_000, 2);
        Assert.True(campaign.Valid > campaign.Total / 20);
    }

    [Fact]
    public void Agrees_with_the_definition_where_failed_compare_and_sets_count()
    {
        var campaign = new Campaign(new RegisterModel(failedSwaps: true), new RegisterZones(), output) { ObserveFailedCas = true };
        campaign.Run(2_000, 3);
        Assert.True(campaign.Undecided < campaign.Total / 4, $"{campaign.Undecided} undecided");
    }
}

using System.Xml.Linq;
using Checker.Checkers;
using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Checkers.Staleness;
using Checker.Histories;
using Checker.Reports.Output;
using Checker.Reports.Pages;
using Newtonsoft.Json.Linq;

namespace Checker.Reports.Tests;

public class LatticeSectionTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public void Each_model_is_a_box_and_a_violated_one_leads_to_its_witness()
    {
        var input = Placed();
        var svg = XElement.Parse(LatticeFigure.Of(input.Classification!, ShownAnomalies.Of(input)).Markup);
        var models = svg.Elements().Where(e => e.Attribute("data-model") is not null).ToDictionary(e => (string)e.Attribute("data-model")!);
        Assert.Equal(ModelLattice.Models.Order(), models.Keys.Order());
        foreach (var placement in input.Classification!.Placements)
        {
            var box = models[placement.Model];
            Assert.Contains(ReportOutcomes.Name(placement.Kind), ((string)box.Attribute("class")!).Split(' '));
            Assert.Equal(placement.Kind == VerdictKind.Invalid, box.Attribute("data-anomaly") is not null);
            if (placement.ImpliedBy is { } other) Assert.Contains($"follows from {other}", box.Value, StringComparison.Ordinal);
        }

        var extremes = input.Classification.StrongestSatisfied.Concat(input.Classification.WeakestViolated).Select(p => p.Model);
        Assert.Equal(extremes.Order(), models.Where(m => ((string)m.Value.Attribute("class")!).EndsWith(" extreme", StringComparison.Ordinal)).Select(
            m => m.Key).Order());
    }

    [Fact]
    public void Verdicts_that_are_known_are_not_judged_again()
    {
        var input = SampleHistories.StaleRead();
        var known = Verdict.Invalid("read-your-writes", "known", [new Anomaly("known", [0], "")], 1);
        var found = Classification.Of(Models.All, input.History, DataTypes.Register, CheckOptions.Default, [known]);
        Assert.Same(known, found.Placements.Single(p => p.Model == "read-your-writes").Verdict);
        Assert.Equal("read-your-writes", found.Placements.Single(p => p.Model == "causal").ImpliedBy);
    }

    [Fact]
    public void Staleness_is_drawn_and_written_where_a_read_was_stale()
    {
        var input = Placed();
        Assert.Equal(1, input.Staleness!.Summary.Stale);
        var svg = XElement.Parse(ReportWriter.StalenessSvg(input)!);
        Assert.Contains(svg.DescendantsAndSelf(), e => e.Value == "Stale reads by versions behind");
        Assert.Contains(svg.Descendants(), e => (string?)e.Attribute("class") == "fill-info");
        using var text = new StringWriter();
        ResultsWriter.Write(input, text);
        var json = JObject.Parse(text.ToString());
        Assert.Equal(6.0, (double)json["staleness"]!["milliseconds"]!["max"]!, 6);
        Assert.Equal(1, json["staleness"]!["versions"]!["histogram"]!.Sum(bar => (int)bar["from"]! > 0 ? (int)bar["count"]! : 0));
        Assert.Equal(input.Classification!.WeakestViolated.Select(p => p.Model), json["classification"]!["weakestViolated"]!.ToObject<string[]>()!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_history_of_nothing_or_one_failed_operation_has_a_report(int operations)
    {
        var builder = new HistoryBuilder(DataTypes.Register);
        if (operations > 0)
        {
            SampleHistories.Invoke(builder, 0, Function.Read, default, default, 1);
            SampleHistories.Complete(builder, 0, OperationType.Fail, Function.Read, default, default, 2);
        }

        var page = ReportWriter.Html(Placed(builder.Build(), []));
        Assert.Contains("<svg class=\"lattice\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page[..page.IndexOf("<script", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(1280, false)]
    [InlineData(480, true)]
    public async Task A_click_on_a_violated_model_goes_to_the_anomaly_on_the_timeline(int width, bool dark)
    {
        await using var report = await browser.OpenAsync(Placed(), dark);
        await report.Page.SetViewportSizeAsync(width, 900);
        var model = report.Page.Locator(width > 820 ? ".lattice a.extreme" : ".lattice-tree .extreme a").First;
        await model.HoverAsync();
        if (width > 820) Assert.True(await report.Page.Locator(".lattice .implies.lit").CountAsync() > 0);
        var number = int.Parse((await model.GetAttributeAsync("data-anomaly"))!, System.Globalization.CultureInfo.InvariantCulture);
        await model.ClickAsync();
        await report.SettleAsync();
        Assert.Equal(number, await report.Page.EvaluateAsync<int>("() => window.checkerReport.state.anomaly"));
        // The drawing scrolls by itself; the page does not.
        Assert.True(await report.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"));
        Assert.Empty(report.Errors);
    }

    private static ReportInput Placed() => Placed(SampleHistories.StaleRead().History, SampleHistories.StaleRead().Models);

    private static ReportInput Placed(History history, IReadOnlyList<ModelResult> models) => new()
    {
        History = history,
        DataType = DataTypes.CasRegister,
        Models = models,
        Classification = Classification.Of(Models.All, history, DataTypes.CasRegister, CheckOptions.Default, [.. models.Select(model => model.Verdict)]),
        Staleness = ReadStaleness.Measure(history, DataTypes.CasRegister, CheckOptions.Default),
    };
}

using System.Xml.Linq;
using Checker.Reports.Charts;

namespace Checker.Reports.Tests.Charts;

public class SvgChartRendererTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_small_figure_is_exactly_this()
    {
        var figure = new Figure(
            "Small",
            new Axis("time", AxisUnit.Seconds, 0, 10),
            [new Panel("p", new Axis("rate", AxisUnit.Number, 0, 100), [new LineSeries("ok", Tone.Ok, [new(0, 0), new(5, 100), new(10, double.NaN)])], 100)])
        {
            Width = 294,
            Regions = [new ShadedRegion(2, 4, "kill", "kill n1")],
        };
        const string expected =
            """
            <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 294 201" role="img" aria-label="Small">
            <title>Small</title>
            <text class="fault-name" x="66" y="13" text-anchor="end">kill</text>
            <g class="fault"><title>kill n1</title><rect class="shade" x="114" y="23" width="40" height="130"/><rect class="fault-bar" x="114" y="5" width="40" height="9" rx="2"/></g>
            <text class="panel-title" x="74" y="43">p</text>
            <text class="legend" x="260.8" y="43">ok</text><path class="line tone-ok" d="M238.8 39h16"/>
            <path class="grid" d="M74 153H274"/><text class="tick" x="66" y="156.5" text-anchor="end">0</text>
            <path class="grid" d="M74 103H274"/><text class="tick" x="66" y="106.5" text-anchor="end">50</text>
            <path class="grid" d="M74 53H274"/><text class="tick" x="66" y="56.5" text-anchor="end">100</text>
            <path class="line tone-ok" d="M74 153L174 53"/>
            <path class="axis" d="M74 53V153H274"/>
            <path class="axis" d="M74 153v4"/><text class="tick" x="74" y="170" text-anchor="middle">0 s</text>
            <path class="axis" d="M174 153v4"/><text class="tick" x="174" y="170" text-anchor="middle">5 s</text>
            <path class="axis" d="M274 153v4"/><text class="tick" x="274" y="170" text-anchor="middle">10 s</text>
            <text class="label" x="174" y="188" text-anchor="middle">time</text>
            </svg>

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), new SvgChartRenderer(standalone: false).Render(figure));
    }

    [Fact]
    public void A_static_file_is_well_formed_brings_its_style_and_names_its_faults()
    {
        var document = XDocument.Parse(Output.ReportWriter.LatencySvg(SampleHistories.Run(2000, invalid: false)));
        Assert.Equal(Svg + "svg", document.Root!.Name);
        Assert.Contains("prefers-color-scheme:dark", document.Root.Element(Svg + "style")!.Value, StringComparison.Ordinal);
        var faults = document.Descendants(Svg + "text").Where(text => (string?)text.Attribute("class") == "fault-name").Select(text => text.Value);
        Assert.Equal(["partition", "kill", "pause"], faults);
        Assert.Equal(9, document.Descendants(Svg + "rect").Count(rect => (string?)rect.Attribute("class") == "shade"));
    }

    [Fact]
    public void Names_and_titles_are_escaped()
    {
        var axis = new Axis("<x> & \"y\"", AxisUnit.Number, 0, 1);
        var series = new ScatterSeries("</svg><script>", Tone.Fail, [new(0.5, 0.5)], Marker.Cross);
        var figure = new Figure("a < b \u0000 \u202e", axis, [new("'p'", axis, [series], 80)]) { Regions = [new(0, 1, "<f>", "</title>")], Note = "&" };
        var document = XDocument.Parse(new SvgChartRenderer(standalone: true).Render(figure));
        Assert.Equal("a < b \\u0000 \\u202e", document.Root!.Element(Svg + "title")!.Value);
        Assert.Empty(document.Descendants(Svg + "script"));
    }

    [Fact]
    public void Outcomes_differ_in_shape_and_not_in_colour_alone()
    {
        var points = new ChartPoint[] { new(10, 10) };
        var shapes = Enum.GetValues<Marker>().Select(marker => SvgPath.Markers(points, marker)).ToList();
        Assert.Equal(shapes.Count, shapes.Distinct().Count());
        Assert.Equal(3, Plots.OutcomeStyles.All.Select(style => style.Marker).Distinct().Count());
        Assert.Equal(3, Plots.OutcomeStyles.All.Select(style => style.Tone).Distinct().Count());
    }

    [Fact]
    public void A_point_between_two_gaps_is_not_lost()
    {
        ChartPoint[] points = [new(0, 1), new(1, double.NaN), new(2, 2), new(3, double.NaN), new(4, 3), new(5, 4)];
        Assert.Equal("M4 3L5 4", SvgPath.Line(points));
        Assert.Equal([new(0, 1), new(2, 2)], SvgPath.Lonely(points));
    }

    [Fact]
    public void Coordinates_have_one_decimal_and_no_negative_zero()
    {
        Assert.Equal("0", SvgPath.Number(-0.04));
        Assert.Equal("1.3", SvgPath.Number(1.25));
        Assert.Equal("100", SvgPath.Number(100));
    }

    [Fact]
    public void A_logarithmic_scale_gives_every_decade_the_same_room()
    {
        var scale = new Scale(new Axis("", AxisUnit.Seconds, 0.001, 1, Logarithmic: true), 0, 300);
        Assert.Equal(100, scale[0.01], 9);
        Assert.Equal(200, scale[0.1], 9);
        Assert.Equal(0, scale[0], 9);
        Assert.Equal(300, scale[50], 9);
    }
}

using System.Xml.Linq;
using Checker.Checkers;
using Checker.Histories;
using Checker.Reports.Pages;

namespace Checker.Reports.Tests;

public class AnomalyFigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Draws_every_operation_once_and_every_edge_with_its_reason()
    {
        var svg = Draw(SampleHistories.StaleRead(), null);
        var bars = Groups(svg, "bar");
        Assert.Equal(["0", "1", "3"], bars.Select(bar => (string?)bar.Attribute("data-op")));
        Assert.Equal(["write 1", "write 2", "read → 1"], bars.Select(bar => bar.Elements().Single(e => e.Name.LocalName == "text").Value));
        Assert.Equal(4, Groups(svg, "edge").Count);
        Assert.Contains("reads-from: read → 1 returned what this write wrote", Groups(svg, "edge")[3].Value, StringComparison.Ordinal);
        Assert.Contains("it must come before write 2", Groups(svg, "edge")[2].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_lie_in_the_order_of_events_and_overlap_where_the_operations_do()
    {
        var anomaly = new Anomaly("x", [1, 2, 3], "");
        var bars = Groups(Draw(SampleHistories.StaleRead(), anomaly), "bar").Select(bar => bar.Elements().Single(e => e.Name.LocalName == "rect")).ToList();
        double Begin(int bar) => (double)bars[bar].Attribute("x")!;
        double End(int bar) => Begin(bar) + (double)bars[bar].Attribute("width")!;
        Assert.True(Begin(1) > Begin(0) && Begin(1) < End(0), "write 3 began while write 2 was open");
        Assert.True(Begin(2) > End(0), "the read began after write 2 had ended");
        Assert.True(End(1) > End(2), "of write 3 nobody knows: it stays open");
    }

    [Fact]
    public void No_label_covers_an_operation_that_the_arrow_passes()
    {
        var builder = new HistoryBuilder(DataTypes.Register);
        for (var process = 0; process < 3; process++)
        {
            SampleHistories.Invoke(builder, process, Function.Write, default, process, 10 * process);
            SampleHistories.Complete(builder, process, OperationType.Ok, Function.Write, default, process, (10 * process) + 5);
        }

        var anomaly = new Anomaly("x", [0, 1, 2], "") { Edges = [new(0, 2, "reads-from", "why")] };
        var input = new ReportInput { History = builder.Build(), DataType = DataTypes.Register, Models = [] };
        var svg = Draw(input, anomaly);
        var (left, top, right, bottom) = Edges(Groups(svg, "relation-label")[0]);
        var (barLeft, barTop, barRight, barBottom) = Edges(Groups(svg, "bar")[1]);
        Assert.True(right <= barLeft || left >= barRight || bottom <= barTop || top >= barBottom);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Arrows_keep_off_other_operations_and_labels_off_all(int seed)
    {
        // Six writes by three processes, one after another, and five arrows between any of them.
        var random = new System.Random(seed);
        var builder = new HistoryBuilder(DataTypes.Register);
        for (var i = 0; i < 6; i++)
        {
            var process = random.Next(3);
            SampleHistories.Invoke(builder, process, Function.Write, default, i, 10 * i);
            SampleHistories.Complete(builder, process, OperationType.Ok, Function.Write, default, i, (10 * i) + 5);
        }

        var edges = Enumerable.Range(0, 5).Select(_ => (From: random.Next(6), To: random.Next(6))).Where(edge => edge.From != edge.To).Distinct()
            .Select(edge => new Edge(edge.From, edge.To, "program-order", "why")).ToList();
        var input = new ReportInput { History = builder.Build(), DataType = DataTypes.Register, Models = [] };
        var svg = Draw(input, new Anomaly("x", [0, 1, 2, 3, 4, 5], "") { Edges = edges });
        var bars = Groups(svg, "bar").Select(Edges).ToList();
        foreach (var (label, k) in Groups(svg, "relation-label").Select((label, k) => (Edges(label), k)))
        {
            Assert.DoesNotContain(bars, bar => label.Left < bar.Right && bar.Left < label.Right && label.Top < bar.Bottom && bar.Top < label.Bottom);
            var curve = (string)Groups(svg, "edge")[k].Elements().First(e => (string?)e.Attribute("class") == "way").Attribute("d")!;
            var own = new[] { bars[edges[k].From], bars[edges[k].To] };
            Assert.DoesNotContain(
                bars.Except(own), bar => Points(curve).Any(p => p.X > bar.Left && p.X < bar.Right && p.Y > bar.Top && p.Y < bar.Bottom));
        }
    }

    [Fact]
    public void Of_many_operations_the_one_that_is_stuck_is_drawn_and_every_label_is_whole()
    {
        var input = SampleHistories.Run(200, invalid: false);
        var anomaly = new Anomaly("x", [.. Enumerable.Range(0, 60)], "") { Partials = [new([.. Enumerable.Range(0, 59)], [59], "why")] };
        var svg = Draw(input, anomaly);
        var bars = Groups(svg, "bar");
        Assert.InRange(bars.Count, 6, 59);
        Assert.Equal("59", (string?)bars[^1].Attribute("data-op"));
        Assert.Contains("stuck", (string?)bars[^1].Attribute("class"), StringComparison.Ordinal);
        Assert.DoesNotContain(bars.Select(bar => bar.Elements().Single(e => e.Name.LocalName == "text").Value), text => text.EndsWith('…'));
        Assert.True((double)svg.Attribute("width")! <= 1150);
    }

    [Fact]
    public void Of_many_operations_those_before_the_one_that_is_stuck_are_drawn()
    {
        var input = SampleHistories.Run(200, invalid: false);
        var anomaly = new Anomaly("x", [.. Enumerable.Range(0, 60)], "") { Partials = [new([.. Enumerable.Range(0, 30)], [30], "why")] };
        var drawn = Groups(Draw(input, anomaly), "bar").Select(bar => int.Parse((string)bar.Attribute("data-op")!, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Contains(30, drawn);
        Assert.Contains(29, drawn);
        Assert.All(drawn, operation => Assert.True(input.History.Invoke[operation] <= input.History.Complete[30]));
    }

    [Fact]
    public void A_single_operation_needs_no_drawing() =>
        Assert.True(AnomalyFigure.Of(SampleHistories.StaleRead().History, Text(SampleHistories.StaleRead()), new Anomaly("x", [3], "")).IsEmpty);

    private static XElement Draw(ReportInput input, Anomaly? anomaly)
    {
        anomaly ??= input.Models[0].Verdict.Anomalies[0];
        var svg = AnomalyFigure.Of(input.History, Text(input), anomaly).Markup;
        svg = svg[..(svg.IndexOf("</svg>", StringComparison.Ordinal) + "</svg>".Length)];
        return XDocument.Parse(svg.Replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", StringComparison.Ordinal)).Root!;
    }

    private static OperationText Text(ReportInput input) => new(input.History, input.DataType);

    private static List<XElement> Groups(XElement svg, string name) =>
        [.. svg.Descendants(Svg + "g").Where(group => ((string?)group.Attribute("class") ?? "").Split(' ')[0] == name)];

    private static (double Left, double Top, double Right, double Bottom) Edges(XElement group)
    {
        var rect = group.Element(Svg + "rect")!;
        var (x, y) = ((double)rect.Attribute("x")!, (double)rect.Attribute("y")!);
        return (x, y, x + (double)rect.Attribute("width")!, y + (double)rect.Attribute("height")!);
    }

    // Points on a curve, from its path: M x y C x y x y x y.
    private static IEnumerable<(double X, double Y)> Points(string path)
    {
        var numbers = path.Split(['M', 'C', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        for (var i = 0; i <= 50; i++)
        {
            var t = i / 50.0;
            var (a, b, c, d) = (Math.Pow(1 - t, 3), 3 * t * (1 - t) * (1 - t), 3 * t * t * (1 - t), t * t * t);
            yield return (
                (a * numbers[0]) + (b * numbers[2]) + (c * numbers[4]) + (d * numbers[6]),
                (a * numbers[1]) + (b * numbers[3]) + (c * numbers[5]) + (d * numbers[7]));
        }
    }
}

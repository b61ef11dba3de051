namespace Checker.Reports.Charts;

/// <summary>Draws figures. The only implementation writes SVG; a plotting library can be put in its place.</summary>
public interface IChartRenderer
{
    /// <summary>The figure as text. The same figure gives the same text, whatever the machine and its culture.</summary>
    string Render(Figure figure);
}

/// <summary>One or more charts above each other that share the horizontal axis.</summary>
/// <param name="Title">The heading.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Panels">The charts, from top to bottom.</param>
public sealed record Figure(string Title, Axis X, IReadOnlyList<Panel> Panels)
{
    /// <summary>A line below the heading: what is shown and what is not, such as "sampled".</summary>
    public string? Note { get; init; }

    /// <summary>Stretches of the horizontal axis that are shaded in every panel, and named in a strip above the first.</summary>
    public IReadOnlyList<ShadedRegion> Regions { get; init; } = [];

    /// <summary>The width in pixels.</summary>
    public double Width { get; init; } = 1120;
}

/// <summary>One chart.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">What is drawn, from back to front.</param>
/// <param name="Height">The height of the plot in pixels, without heading and axis.</param>
public sealed record Panel(string Title, Axis Y, IReadOnlyList<Series> Series, double Height);

/// <summary>An axis: a range and how its numbers read.</summary>
/// <param name="Label">What it measures.</param>
/// <param name="Unit">How its numbers read.</param>
/// <param name="Minimum">The left or lower end.</param>
/// <param name="Maximum">The right or upper end; more than the minimum.</param>
/// <param name="Logarithmic">Whether powers of ten have equal distances; the minimum is then above 0.</param>
public sealed record Axis(string Label, AxisUnit Unit, double Minimum, double Maximum, bool Logarithmic = false);

/// <summary>How the numbers of an axis read.</summary>
public enum AxisUnit
{
    /// <summary>A plain number, such as <c>2,500</c>.</summary>
    Number,

    /// <summary>Seconds, written with the unit that fits, such as <c>20 ms</c> or <c>1.5 s</c>.</summary>
    Seconds,
}

/// <summary>A colour with a meaning of its own, chosen so that colour-blind readers can tell them apart.</summary>
public enum Tone
{
    /// <summary>Blue: what went well.</summary>
    Ok,

    /// <summary>Orange: what failed.</summary>
    Fail,

    /// <summary>Purple: what is unknown.</summary>
    Info,

    /// <summary>The lightest of four steps of one hue.</summary>
    Step1,

    /// <summary>The second step.</summary>
    Step2,

    /// <summary>The third step.</summary>
    Step3,

    /// <summary>The darkest step.</summary>
    Step4,
}

/// <summary>The shape of a point.</summary>
public enum Marker
{
    /// <summary>A filled dot.</summary>
    Dot,

    /// <summary>A cross.</summary>
    Cross,

    /// <summary>A triangle.</summary>
    Triangle,
}

/// <summary>A point of a series, in the units of the axes.</summary>
/// <param name="X">Along the horizontal axis.</param>
/// <param name="Y">Along the vertical axis; not a number: a gap in a line.</param>
public readonly record struct ChartPoint(double X, double Y);

/// <summary>Something drawn in a panel.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Points">Its points, by X.</param>
public abstract record Series(string Name, Tone Tone, IReadOnlyList<ChartPoint> Points);

/// <summary>Points.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Points">Its points, by X.</param>
/// <param name="Marker">Their shape.</param>
public sealed record ScatterSeries(string Name, Tone Tone, IReadOnlyList<ChartPoint> Points, Marker Marker) : Series(Name, Tone, Points);

/// <summary>A line through points, with gaps.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Points">Its points, by X.</param>
/// <param name="Marker">The shape of its points in the legend and on the line; null: none.</param>
public sealed record LineSeries(string Name, Tone Tone, IReadOnlyList<ChartPoint> Points, Marker? Marker = null) : Series(Name, Tone, Points);

/// <summary>A stretch of the horizontal axis that is shaded.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Name">The name of its row in the strip above the chart.</param>
/// <param name="Details">What is shown when the pointer rests on it.</param>
public sealed record ShadedRegion(double From, double To, string Name, string Details);

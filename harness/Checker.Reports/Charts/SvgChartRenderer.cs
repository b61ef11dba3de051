namespace Checker.Reports.Charts;

/// <summary>
/// Writes figures as SVG. Colours hang on CSS classes: a static file brings its own style sheet, light or dark as the reader's system is;
/// in a page the page's style sheet colours it.
/// </summary>
/// <param name="standalone">Whether the SVG is a file of its own.</param>
public sealed class SvgChartRenderer(bool standalone) : IChartRenderer
{
    /// <inheritdoc/>
    public string Render(Figure figure) => new SvgDrawing(figure, standalone).Draw();
}

namespace Checker.Reports.Pages;

/// <summary>A rectangle of a drawing, in pixels from its upper left corner.</summary>
internal readonly record struct FigureBox(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double MiddleX => X + (Width / 2);

    public double MiddleY => Y + (Height / 2);

    public bool Overlaps(FigureBox other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

    /// <summary>Whether a point is inside, or nearer to it than some pixels.</summary>
    public bool Covers(double x, double y, double margin) => x > X - margin && x < Right + margin && y > Y - margin && y < Bottom + margin;
}

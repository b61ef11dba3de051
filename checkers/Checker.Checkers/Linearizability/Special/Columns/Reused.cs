namespace Checker.Checkers.Linearizability.Special.Columns;

/// <summary>A column that serves one object after another: it grows, and is never made anew for a small one.</summary>
internal static class Reused
{
    /// <summary>Makes a column long enough, and fills so much of it; what lies behind is arbitrary.</summary>
    public static void Prepare<T>(ref T[] column, int length, T fill)
    {
        Reserve(ref column, length);
        Array.Fill(column, fill, 0, length);
    }

    /// <summary>Makes a column long enough; its contents are arbitrary.</summary>
    public static void Reserve<T>(ref T[] column, int length)
    {
        if (column.Length < length) column = new T[Math.Max(length, Math.Min(2 * column.Length, 1 << 16))];
    }
}

namespace Checker.Histories;

/// <summary>A history that cannot be read: says where, and what was expected.</summary>
public sealed class HistoryFormatException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, from 1; 0 if it concerns the whole file.</param>
    /// <param name="problem">What is wrong, and what was expected.</param>
    /// <param name="inner">The cause, if any.</param>
    public HistoryFormatException(string file, int line, string problem, Exception? inner = null)
        : base(line > 0 ? $"{file}:{line}: {problem}" : $"{file}: {problem}", inner)
    {
        File = file;
        Line = line;
        Problem = problem;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line, from 1; 0 if it concerns the whole file.</summary>
    public int Line { get; }

    /// <summary>What is wrong, and what was expected.</summary>
    public string Problem { get; }
}

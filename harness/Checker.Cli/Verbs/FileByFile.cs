using Checker.Cli.Conventions;
using Checker.Histories;
using Newtonsoft.Json;

namespace Checker.Cli.Verbs;

/// <summary>Works through files one after another. A bad file, and a bug that one file brings out, do not stop the others; Ctrl-C does.</summary>
/// <param name="json">Whether standard output has one JSON object per file.</param>
/// <param name="output">Standard output.</param>
/// <param name="error">Where problems are told.</param>
/// <param name="cancellation">Stops before the next file.</param>
internal sealed class FileByFile(bool json, TextWriter output, TextWriter error, CancellationToken cancellation)
{
    /// <summary>How many files could not be read.</summary>
    public int Unreadable { get; private set; }

    /// <summary>How many files Checker crashed on.</summary>
    public int Crashed { get; private set; }

    /// <summary>How many files were left out because the user stopped.</summary>
    public int Left { get; private set; }

    /// <summary>Judges the files; the worst exit code of all.</summary>
    public ExitCode Run(IReadOnlyList<string> files, Func<string, ExitCode> judge)
    {
        var code = ExitCode.Valid;
        foreach (var file in files) code = ExitCodes.Combine(code, Try(file, judge));
        if (Left > 0) error.WriteLine($"checker: stopped: {Left:N0} of {files.Count:N0} histories were not judged");
        return code;
    }

    private ExitCode Try(string file, Func<string, ExitCode> judge)
    {
        if (cancellation.IsCancellationRequested)
        {
            Left++;
            WriteJson(file, "stopped before it was judged");
            return ExitCode.Unknown;
        }

        try
        {
            return judge(file);
        }
        catch (Exception problem) when (problem is HistoryFormatException or UsageException or IOException or UnauthorizedAccessException)
        {
            Unreadable++;
            Tell(file, problem.Message);
            return ExitCode.BadInput;
        }
#pragma warning disable CA1031 // whatever it is, the other files are still to be judged
        catch (Exception problem)
#pragma warning restore CA1031
        {
            Crashed++;
            Tell(file, $"{file}: this is a bug in Checker, please report it: {problem}");
            return ExitCode.Crash;
        }
    }

    private void Tell(string file, string problem)
    {
        error.WriteLine($"checker: {problem}");
        WriteJson(file, problem);
    }

    private void WriteJson(string file, string problem)
    {
        if (json) output.WriteLine(JsonConvert.SerializeObject(new { file, verdict = (string?)null, error = problem }));
    }
}

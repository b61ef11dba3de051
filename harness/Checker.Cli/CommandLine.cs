using System.CommandLine;
using Checker.Cli.Conventions;
using Checker.Cli.Verbs;
using Checker.Histories;

namespace Checker.Cli;

/// <summary>The command <c>checker</c>: its verbs, and how their errors become exit codes.</summary>
public static class CommandLine
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="cancellation">Ends the verb early, as Ctrl-C does.</param>
    public static async Task<ExitCode> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        var root = new RootCommand(
            "Checks whether a data store keeps the consistency it promises. Exit codes: 0 valid, 1 a violation, 2 unknown, 3 vacuous run, " +
            "4 the target could not be set up, 254 bad arguments or input, 255 a crash of Checker; over several inputs the worst.")
        {
            RunVerb.Create(),
            CheckVerb.Create(),
            ClassifyVerb.Create(),
            ListVerb.Create(),
        };
        try
        {
            if (args.Length == 0)
            {
                await root.Parse("--help").InvokeAsync(Configuration(error, error), cancellation);
                return ExitCode.BadInput;
            }

            var parsed = root.Parse(args);
            if (ParseProblem.Of(parsed, root) is not { } mistake) return (ExitCode)await parsed.InvokeAsync(Configuration(output, error), cancellation);
            await error.WriteLineAsync($"checker: {mistake}");
            return ExitCode.BadInput;
        }
        catch (Exception problem) when (problem is UsageException or HistoryFormatException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"checker: {problem.Message}");
            return ExitCode.BadInput;
        }
#pragma warning disable CA1031 // the last resort: whatever it is, the caller must learn that Checker crashed
        catch (Exception problem)
#pragma warning restore CA1031
        {
            await error.WriteLineAsync($"checker: this is a bug in Checker, please report it: {problem}");
            return ExitCode.Crash;
        }
    }

    // Signals are Interruption's, which can tell a second one from the first.
    private static InvocationConfiguration Configuration(TextWriter output, TextWriter error) => new()
    {
        Output = output,
        Error = error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };
}

using System.CommandLine;
using Checker.Checkers;
using Checker.Cli.Conventions;
using Checker.Histories.Values;

namespace Checker.Cli.Verbs;

/// <summary>What all verbs that judge stored histories take: the files, how to read them, how hard to try, and where the outcome goes.</summary>
internal sealed class HistoryOptions
{
    private readonly Argument<string[]> _paths = new("FILE|DIR")
    {
        Description = "Histories: .jsonl, .jsonl.gz, .edn, .edn.gz; a directory stands for all histories below it",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _type = new("--type", "-t")
    {
        HelpName = "NAME",
        Description = "Data type; else the manifest, the header, or the operations say. See: checker list types",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object per file and nothing else" };

    private readonly Option<long> _maxSteps = NumberOption.Positive(
        "--max-steps", "Steps that the search for each model may take before it answers unknown", "steps", CheckOptions.Default.MaxSteps);

    private readonly Option<long> _maxBytes = NumberOption.Positive(
        "--max-bytes", "Bytes that a search may hold before it answers unknown", "bytes", CheckOptions.Default.MaxBytes);

    private readonly Option<int> _threads = NumberOption.Positive("--threads", "Cores to use", "cores", Environment.ProcessorCount);

    private readonly Option<string?> _initial = new("--initial")
    {
        HelpName = "JSON",
        Description = "Value of an object before the first write, as JSON (default: null, or what manifest or header say)",
    };

    private readonly Option<TimeSpan?> _quiet = TimeOption.Create(
        "--quiet",
        "How long updates and faults must have been over before a read counts as final for the model eventual (default: the order of events decides alone)");

    private readonly Option<string?> _report = new("--report")
    {
        HelpName = "DIR",
        Description = "Write a report for each file into a folder of its name below this one",
    };

    /// <summary>Adds the argument and the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_paths);
        foreach (var option in new Option[] { _type, _json, _maxSteps, _maxBytes, _threads, _initial, _quiet, _report }) command.Options.Add(option);
    }

    /// <summary>The histories.</summary>
    /// <exception cref="UsageException">A path does not exist, or a directory holds no history.</exception>
    public IReadOnlyList<string> Files(ParseResult parsed) => HistoryPaths.Expand(parsed.GetValue(_paths)!);

    /// <summary>What the user asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="models">The models to judge by.</param>
    /// <param name="cancellation">Stops early.</param>
    /// <exception cref="UsageException">Something does not exist; the message says what does.</exception>
    public CheckRequest Request(ParseResult parsed, IReadOnlyList<IConsistencyModel> models, CancellationToken cancellation) => new()
    {
        Type = parsed.GetValue(_type) is { } name ? Lookup.Type(name) : null,
        Models = models,
        Initial = parsed.GetValue(_initial) is { } text ? Lookup.Json(text, "--initial") : (Value?)null,
        Json = parsed.GetValue(_json),
        ReportFolder = parsed.GetValue(_report),
        Options = new CheckOptions
        {
            MaxSteps = parsed.GetValue(_maxSteps),
            MaxBytes = parsed.GetValue(_maxBytes),
            Parallelism = parsed.GetValue(_threads),
            Quiet = parsed.GetValue(_quiet) is { } wait ? TimeOption.Nanoseconds(wait) : 0,
            Cancellation = cancellation,
        },
    };
}

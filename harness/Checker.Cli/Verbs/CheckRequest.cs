using System.Globalization;
using Checker.Checkers;
using Checker.Histories;
using Checker.Histories.Corpora;
using Checker.Histories.Values;

namespace Checker.Cli.Verbs;

/// <summary>What the user asked <c>checker check</c> for.</summary>
internal sealed record CheckRequest
{
    private readonly Dictionary<string, CorpusManifest?> _manifests = [];

    public DataType? Type { get; init; }

    public required IReadOnlyList<IConsistencyModel> Models { get; init; }

    public Value? Initial { get; init; }

    public required CheckOptions Options { get; init; }

    public bool Json { get; init; }

    public bool Explain { get; init; }

    public bool Verify { get; init; }

    public string? ReportFolder { get; init; }

    /// <summary>The options that a verdict may depend on and that are not the default, as the command line has them, each after a space.</summary>
    public string Limits
    {
        get
        {
            var (steps, bytes) = (Options.MaxSteps, Options.MaxBytes);
            return (steps == CheckOptions.Default.MaxSteps ? "" : string.Create(CultureInfo.InvariantCulture, $" --max-steps {steps}")) +
                (bytes == CheckOptions.Default.MaxBytes ? "" : string.Create(CultureInfo.InvariantCulture, $" --max-bytes {bytes}")) +
                (Initial is { } initial ? $" --initial '{initial}'" : "") +
                (Options.ObserveFailedCas ? " --observe-failed-cas" : "") +
                (Options.Quiet == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" --quiet {Options.Quiet / 1e6:0.######}ms"));
        }
    }

    /// <summary>The manifest beside a file; null if there is none. Each is read once.</summary>
    public CorpusManifest? ManifestOf(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (!_manifests.TryGetValue(folder, out var manifest)) _manifests[folder] = manifest = CorpusManifest.Beside(file);
        return manifest;
    }
}

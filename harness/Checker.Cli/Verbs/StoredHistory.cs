using Checker.Checkers;
using Checker.Cli.Conventions;
using Checker.Histories;
using Checker.Histories.Corpora;
using Checker.Histories.Formats;

namespace Checker.Cli.Verbs;

/// <summary>A history from a file, and how it is to be judged: as the user says, else its manifest, else its header, else its operations.</summary>
/// <param name="History">The history.</param>
/// <param name="Type">The data type.</param>
/// <param name="Options">The user's options, with what the manifest and the header say beside them.</param>
/// <param name="Warnings">What the reader met and the user should know.</param>
/// <param name="Entry">What the manifest beside the file says; null if there is none.</param>
internal sealed record StoredHistory(History History, DataType Type, CheckOptions Options, IReadOnlyList<string> Warnings, CorpusEntry? Entry)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="HistoryFormatException">It is malformed.</exception>
    /// <exception cref="UsageException">Nothing says which data type it is.</exception>
    public static StoredHistory Read(string file, CheckRequest request)
    {
        var entry = request.ManifestOf(file)?.Find(file);
        var read = HistoryFile.Read(file, new HistoryReadOptions { Type = request.Type ?? entry?.Type });
        var warnings = read.Warnings.ToList();
        var type = request.Type ?? entry?.Type ?? read.History.Type ?? Infer(file, read.History, warnings);
        var options = request.Options with
        {
            Initial = request.Initial ?? entry?.Initial ?? read.History.Header.Initial,
            ObserveFailedCas = request.Options.ObserveFailedCas || entry is { ObserveFailedCas: true },
        };
        return new(read.History, type, options, warnings, entry);
    }

    private static DataType Infer(string file, History history, List<string> warnings)
    {
        var inferred = DataTypeInference.Infer(history);
        if (inferred.Type is not { } type)
        {
            var problem = $"{file}: which data type this is cannot be told from its operations ({inferred.Reason}): expected --type";
            throw new UsageException(string.Join("; ", [.. warnings, problem]));
        }

        warnings.Add($"read as {type.Name} ({inferred.Reason})");
        return type;
    }
}

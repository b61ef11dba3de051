namespace Checker.Histories.Formats;

/// <summary>A history that was read, and what there is to say about its file.</summary>
/// <param name="History">The history.</param>
/// <param name="Warnings">
/// Sentences for people, each with file and line: a last line that was torn and skipped, fields that were skipped, an assumption that was
/// made. Empty as a rule.
/// </param>
public sealed record HistoryReadResult(History History, IReadOnlyList<string> Warnings);

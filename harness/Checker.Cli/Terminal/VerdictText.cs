using System.Globalization;
using Checker.Checkers;
using Checker.Histories;
using Checker.Histories.Words;
using Checker.Reports;
using Spectre.Console;

namespace Checker.Cli.Terminal;

/// <summary>Verdicts for people.</summary>
internal static class VerdictText
{
    /// <summary>Prints one verdict: the word, the algorithm, the reason or the first anomalies.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="result">The verdict.</param>
    /// <param name="history">The history it is about.</param>
    /// <param name="full">Every anomaly with its operations, argument and longest attempts; else the first one's explanation.</param>
    public static void Write(IAnsiConsole console, ModelResult result, History history, bool full)
    {
        var verdict = result.Verdict;
        console.MarkupLine(
            $"  {verdict.Model}: {Word(verdict.Kind)} [grey]({Markup.Escape(verdict.Algorithm)}, {TimeText.Length(result.Seconds)})[/]");
        if (verdict.Reason is { } reason) console.MarkupLine($"    {Markup.Escape(reason)}");
        foreach (var anomaly in full ? verdict.Anomalies : verdict.Anomalies.Take(1)) Write(console, anomaly, history, full);
        var more = verdict.Anomalies.Count - 1;
        if (!full && more > 0) console.MarkupLine($"    [grey]and {more} more; see --explain[/]");
    }

    /// <summary>The word for a verdict, in its colour.</summary>
    public static string Word(VerdictKind kind) => kind switch
    {
        VerdictKind.Valid => "[green]VALID[/]",
        VerdictKind.Invalid => "[red]INVALID[/]",
        _ => "[yellow]UNKNOWN[/]",
    };

    private static void Write(IAnsiConsole console, Anomaly anomaly, History history, bool full)
    {
        console.MarkupLine($"    [red]{Markup.Escape(anomaly.Kind)}[/]: {Markup.Escape(anomaly.Explanation)}");
        if (!full) return;
        foreach (var operation in anomaly.Operations) console.MarkupLine($"      {Markup.Escape(OperationLine(history, operation))}");
        foreach (var edge in anomaly.Edges)
        {
            console.MarkupLine($"      [blue]{Markup.Escape(edge.Relation)}[/]: operation {edge.From} before {edge.To}: {Markup.Escape(edge.Why)}");
        }

        foreach (var partial in anomaly.Partials)
        {
            console.MarkupLine($"      [grey]longest attempt: {Plural.Of(partial.Order.Count, "operation")} placed; {Markup.Escape(partial.Why)}[/]");
        }
    }

    private static string OperationLine(History history, int index)
    {
        var operation = history[index];
        var key = history.KeyName(operation.Key);
        var line = history.Line(operation.Invoke);
        var what = $"{FunctionNames.Of(operation.Function, history.Type)} {(key.IsNull ? "" : $"{key} ")}{history.Values.Text(operation.Input)}";
        var result = operation.Type == OperationType.Ok ? $" → {history.Values.Text(operation.Output)}" : "";
        var outcome = operation.Type.ToString().ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"operation {index} (line {line}): process {operation.Process} {what}{result} {outcome}");
    }
}

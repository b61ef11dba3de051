namespace Checker.Reports.Pages;

/// <summary>The files that a report is made from, embedded in this assembly.</summary>
internal static class Assets
{
    // In the order in which they are run: each uses what is before it.
    private static readonly string[] Scripts =
        ["data.js", "operations.js", "view.js", "cells.js", "evidence.js", "drawing.js", "overview.js", "panels.js", "report.js"];

    /// <summary>The style sheet.</summary>
    public static string Style { get; } = Read("report.css") + Read("charts.css");

    /// <summary>The page, with placeholders in double braces.</summary>
    public static string Template { get; } = Read("report.html");

    /// <summary>The script: all files in one closed scope.</summary>
    public static string Script { get; } = "(() => {\n'use strict';\n" + string.Concat(Scripts.Select(Read)) + "})();\n";

    private static string Read(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(name)
            ?? throw new System.Diagnostics.UnreachableException($"the asset {name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

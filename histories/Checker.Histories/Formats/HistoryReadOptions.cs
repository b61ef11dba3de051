namespace Checker.Histories.Formats;

/// <summary>How a history file is to be read.</summary>
public sealed record HistoryReadOptions
{
    /// <summary>The defaults: the header names the data type, fields that nobody knows are refused.</summary>
    public static HistoryReadOptions Default { get; } = new();

    /// <summary>The data type. It wins over the header's; null (the default) leaves it to the header.</summary>
    public DataType? Type { get; init; }

    /// <summary>
    /// Whether fields that the format does not know are skipped, with one warning for each name. Off by default: a misspelt <c>key</c>
    /// would otherwise change what the history says. EDN files are written by programs that add fields freely: there they are always
    /// skipped with a warning.
    /// </summary>
    public bool SkipUnknownFields { get; init; }

    /// <summary>Whether the values of an EDN file are <c>[key value]</c> tuples of independent objects.</summary>
    public IndependentKeys IndependentKeys { get; init; }

    /// <summary>The longest line, in bytes; 1 GiB by default. In EDN, the longest form.</summary>
    public int MaxLineBytes { get; init; } = 1 << 30;
}

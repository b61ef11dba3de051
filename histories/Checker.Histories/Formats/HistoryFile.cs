namespace Checker.Histories.Formats;

/// <summary>Reads histories from files: the native JSON Lines and Jepsen's EDN, each plain or gzip.</summary>
public static class HistoryFile
{
    /// <summary>Reads a history. O(n) in the size of the file, on the calling thread.</summary>
    /// <param name="path">
    /// The file. A name that ends in <c>.jsonl</c> or <c>.edn</c>, before an optional <c>.gz</c>, says the format; for any other the
    /// contents decide. Whether it is compressed is always seen by the contents.
    /// </param>
    /// <param name="options">How to read it; <see cref="HistoryReadOptions.Default"/> if null.</param>
    /// <exception cref="HistoryFormatException">The file is malformed: says where, and what was expected.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static HistoryReadResult Read(string path, HistoryReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        const FileShare StillWritten = FileShare.ReadWrite | FileShare.Delete;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, StillWritten, bufferSize: 0, FileOptions.SequentialScan);
        return Read(stream, path, options);
    }

    /// <summary>Reads a history from a stream, to its end. The stream stays open.</summary>
    /// <param name="stream">The stream, from its current position.</param>
    /// <param name="name">What to call it in errors and warnings; its extension says the format, as that of a file does.</param>
    /// <param name="options">How to read it; <see cref="HistoryReadOptions.Default"/> if null.</param>
    /// <exception cref="HistoryFormatException">The contents are malformed: says where, and what was expected.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static HistoryReadResult Read(Stream stream, string name, HistoryReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        options ??= HistoryReadOptions.Default;
        using var lines = new LineSource(stream, name, options.MaxLineBytes);
        return IsEdn(name, lines) ? EdnReader.Read(lines, name, options) : JsonLinesReader.Read(lines, name, options);
    }

    /// <summary>Whether a name ends like that of a history: <c>.jsonl</c> or <c>.edn</c>, before an optional <c>.gz</c>.</summary>
    public static bool HasKnownExtension(string path) => Extension(path) is ".jsonl" or ".edn";

    /// <summary>The data type that the options or else the header name.</summary>
    internal static DataType? TypeOf(HistoryHeader? header, HistoryReadOptions options, string file, int line)
    {
        if (options.Type is not null || header?.Type is null) return options.Type;
        return DataTypes.Find(header.Type) ?? throw new HistoryFormatException(
            file, line, $"the header names the unknown data type \"{header.Type}\": expected one of {string.Join(", ", DataTypes.All)}");
    }

    /// <summary>The first bytes of a file without the mark that some editors put there.</summary>
    internal static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> start, string file) => start switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => rest,
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => throw new HistoryFormatException(file, 1, "UTF-16: expected UTF-8"),
        _ => start,
    };

    private static bool IsEdn(string name, LineSource lines) => Extension(name) switch
    {
        ".jsonl" => false,
        ".edn" => true,
        _ => LooksLikeEdn(lines.Peek(8)),
    };

    // EDN begins with a map of keywords, a vector or list of maps, a tag or a comment; JSON Lines with a map of strings.
    private static bool LooksLikeEdn(ReadOnlySpan<byte> start)
    {
        start = start.TrimStart("\uFEFF"u8).TrimStart(" \t\r\n,"u8);
        return start switch
        {
            [(byte)'[' or (byte)'(' or (byte)'#' or (byte)';', ..] => true,
            [(byte)'{', .. var rest] => rest.TrimStart(" \t\r\n,"u8) is [(byte)':', ..],
            _ => false,
        };
    }

    private static string Extension(string name)
    {
        var extension = Path.GetExtension(name).ToLowerInvariant();
        return extension == ".gz" ? Path.GetExtension(name[..^3]).ToLowerInvariant() : extension;
    }
}

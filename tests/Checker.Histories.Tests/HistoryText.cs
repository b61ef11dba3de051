using System.Text;
using Checker.Histories.Formats;

namespace Checker.Histories.Tests;

/// <summary>Histories as text, in and out.</summary>
internal static class HistoryText
{
    public static HistoryReadResult Read(string text, HistoryReadOptions? options = null, string name = "test.jsonl") =>
        Read(Encoding.UTF8.GetBytes(text), options, name);

    public static HistoryReadResult Read(byte[] bytes, HistoryReadOptions? options = null, string name = "test.jsonl")
    {
        using var stream = new MemoryStream(bytes);
        return HistoryFile.Read(stream, name, options);
    }

    public static byte[] Write(History history)
    {
        using var stream = new MemoryStream();
        HistoryWriter.Write(history, stream);
        return stream.ToArray();
    }

    /// <summary>The same JSON Lines with a space after the first brace of each line, so that no line looks as Checker writes it.</summary>
    public static byte[] WithSpaces(byte[] text) =>
        Encoding.Latin1.GetBytes(string.Join('\n', Encoding.Latin1.GetString(text).Split('\n').Select(line => line.StartsWith('{') ? "{ " + line[1..] : line)));
}

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
}

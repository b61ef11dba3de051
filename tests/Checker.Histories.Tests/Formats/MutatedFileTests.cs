using System.Text;
using Checker.Histories.Formats;
using Xunit;

namespace Checker.Histories.Tests.Formats;

/// <summary>Throws damaged files at the readers. CHECKER_CAMPAIGN=25 makes 120,000 mutants.</summary>
public sealed class MutatedFileTests
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", "(", ")", "\"", "\\", "\n", "\r\n", "\0", "\t", ",", ":", "#", "#_", "#{", ";", "null", "nil", "true", "0", "-1", "-0", "1e5",
        "1.5",
        "9223372036854775808", "1e999", "1/2", "\\u0041", "\\ud800", "\ufeff", "é", "😀", "process", "type", "invoke", "\"ok\"", ":ok", "info", "fail",
        "nemesis",
        "\"nemesis\"", "read", "write", "index", "time", "key", "value", "error", "history", "{\"history\":1}", "{\"a\":1,\"a\":2}", "{:a 1 :a 2}", "#inst ",
        "#jepsen.independent/tuple ", "[1 2]", "[1,2]", " ", "\n\n",
    ];

    public static TheoryData<string> Seeds => new(
        "linearizability/bad-analysis.invalid.linearizable.jsonl", "linearizability/c01-bad.invalid.linearizable.jsonl",
        "linearizability/multi-register.valid.jsonl",
        "linearizability/immediate-failure.invalid.linearizable.jsonl", "edn/register.valid.edn", "edn/independent.valid.edn", "edn/list-append.valid.edn",
        "edn/set.valid.edn");

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_mutant_is_refused_in_words_or_read_without_losing_an_event(string file)
    {
        var original = File.ReadAllBytes(CorpusFiles.PathOf(file));
        if (original.Length > 6_000) original = original[..(original.AsSpan(0, 6_000).LastIndexOf((byte)'\n') + 1)];
        var json = file.EndsWith(".jsonl", StringComparison.Ordinal);
        var canonical = json ? HistoryText.Write(HistoryText.Read(original).History) : original;
        var random = new Random(20_261_120);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < Campaign.Times(600); i++)
        {
            var mutant = Mutate(i % 2 == 0 ? original : canonical, random);
            HistoryReadResult read;
            try
            {
                read = HistoryText.Read(mutant, name: Path.GetFileName(file));
            }
            catch (HistoryFormatException error)
            {
                Assert.NotEmpty(error.Problem);
                Assert.InRange(error.Line, 1, mutant.Count(b => b == '\n') + 1);
                if (json) Assert.Throws<HistoryFormatException>(() => HistoryText.Read(HistoryText.WithSpaces(mutant)));
                refused++;
                continue;
            }

            accepted++;
            if (json) Assert.Equal(LinesOf(mutant) - TornLines(read), read.History.EventCount);
            else Assert.InRange(read.History.EventCount, EventsBegun(mutant) - TornLines(read), int.MaxValue);
            if (json) EqualHistories.Assert(read.History, HistoryText.Read(HistoryText.WithSpaces(mutant)).History);
            var written = HistoryText.Write(read.History);
            var again = HistoryText.Read(written);
            Assert.Empty(again.Warnings);
            if (json) EqualHistories.Assert(read.History, again.History);
            Assert.Equal(written, HistoryText.Write(again.History));
        }

        Assert.True(accepted > 0 && refused > 0, $"{accepted} mutants were accepted and {refused} refused: expected some of both");
    }

    private static int TornLines(HistoryReadResult read) => read.Warnings.Count(warning => warning.Contains("breaks off", StringComparison.Ordinal));

    // Lines that begin an EDN event, if nothing in the text can hide one.
    private static int EventsBegun(byte[] text)
    {
        var characters = Encoding.Latin1.GetString(text);
        var lines = characters.Split('\n');
        var hides = characters.AsSpan().ContainsAny(";\\") || characters.Contains("#_", StringComparison.Ordinal) ||
                Array.Exists(lines, line => line.Count(c => c == '"') % 2 != 0);
        return hides ? 0 : lines.Count(line =>
            line.TrimStart(' ', '[', '(').Replace("#jepsen.history.Op", "", StringComparison.Ordinal).StartsWith("{:", StringComparison.Ordinal));
    }

    // Non-blank lines, without the header.
    private static int LinesOf(byte[] text)
    {
        var lines = Encoding.Latin1.GetString(text).Split('\n').Select(
            (line, number) => number == 0 && line.StartsWith("ï»¿", StringComparison.Ordinal) ? line[3..] : line);
        var full = lines.Where(line => line.Trim(' ', '\t', '\r').Length > 0).ToList();
        return full.Count - (full.Count > 0 && IsHeader(full[0]) ? 1 : 0);
    }

    private static bool IsHeader(string line)
    {
        try
        {
            using var json = System.Text.Json.JsonDocument.Parse(line);
            return json.RootElement.ValueKind == System.Text.Json.JsonValueKind.Object && json.RootElement.TryGetProperty("history", out _);
        }
        catch (System.Text.Json.JsonException)
        {
            return false; // torn
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var changes = 1 + random.Next(random.Next(4) == 0 ? 5 : 1); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(9))
            {
                case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, Math.Min(random.Next(1, 12), bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)])); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                case 5: ReplaceToken(bytes, at, Tokens[random.Next(Tokens.Length)]); break;
                default: ChangeLines(bytes, random); break;
            }
        }

        return [.. bytes];
    }

    private static void ReplaceToken(List<byte> bytes, int at, string token)
    {
        var end = at;
        while (end < bytes.Count && char.IsAsciiLetterOrDigit((char)bytes[end])) end++;
        while (at > 0 && char.IsAsciiLetterOrDigit((char)bytes[at - 1])) at--;
        bytes.RemoveRange(at, end - at);
        bytes.InsertRange(at, Encoding.UTF8.GetBytes(token));
    }

    private static void ChangeLines(List<byte> bytes, Random random)
    {
        var lines = Encoding.Latin1.GetString([.. bytes]).Split('\n').ToList();
        var (a, b) = (random.Next(lines.Count), random.Next(lines.Count));
        switch (random.Next(4))
        {
            case 0: lines.RemoveAt(a); break;
            case 1: lines.Insert(a, lines[b]); break;
            case 2: (lines[a], lines[b]) = (lines[b], lines[a]); break;
            default: lines[a] += lines[b]; break;
        }

        bytes.Clear();
        bytes.AddRange(Encoding.Latin1.GetBytes(string.Join('\n', lines)));
    }
}

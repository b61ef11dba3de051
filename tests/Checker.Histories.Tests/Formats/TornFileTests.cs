using System.IO.Compression;
using System.Text;
using Checker.Histories.Formats;
using Xunit;

namespace Checker.Histories.Tests.Formats;

public sealed class TornFileTests
{
    private static readonly byte[] Whole = File.ReadAllBytes(CorpusFiles.PathOf("linearizability/bad-analysis.invalid.linearizable.jsonl"));

    [Fact]
    public void Wherever_a_file_breaks_off_the_whole_lines_are_read_and_the_torn_one_is_reported()
    {
        for (var length = 0; length <= Whole.Length; length++)
        {
            var part = Whole.AsSpan(0, length).ToArray();
            var read = HistoryText.Read(part);
            var lines = part.Count(b => b == '\n');
            var rest = Encoding.UTF8.GetString(part.AsSpan(part.AsSpan().LastIndexOf((byte)'\n') + 1));
            var complete = rest.EndsWith('}');
            Assert.Equal(lines + (complete ? 1 : 0), read.History.EventCount);
            if (rest.Length == 0 || complete) Assert.Empty(read.Warnings);
            else Assert.StartsWith($"test.jsonl:{lines + 1}: the last line breaks off and was skipped: {rest.Length} bytes",
                Assert.Single(read.Warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Zeros_after_the_last_line_are_reported()
    {
        var read = HistoryText.Read([.. Whole, .. new byte[4096]]);
        Assert.Equal(Whole.Count(b => b == '\n'), read.History.EventCount);
        Assert.Contains("4096 bytes",
                Assert.Single(read.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{\"process\":0,,")]
    [InlineData("{\"process\":0}")]
    public void A_last_line_that_no_writer_began_is_refused(string line)
    {
        var error = Assert.Throws<HistoryFormatException>(() => HistoryText.Read([.. Whole, .. Encoding.UTF8.GetBytes(line)]));
        Assert.Equal(Whole.Count(b => b == '\n') + 1, error.Line);
    }

    [Fact]
    public void A_line_that_breaks_off_before_another_is_refused()
    {
        var text = Encoding.UTF8.GetString(Whole);
        var torn = text.Remove(text.IndexOf('\n', StringComparison.Ordinal) - 5, 5);
        Assert.Equal(1, Assert.Throws<HistoryFormatException>(() => HistoryText.Read(torn)).Line);
    }

    [Fact]
    public void Wherever_gzip_breaks_off_what_comes_before_is_read_and_the_break_is_reported()
    {
        var compressed = Compress(Whole, flush: true);
        var most = 0;
        for (var length = 2; length < compressed.Length; length++)
        {
            // Exactly at the end of the data only the checksum is missing: that cannot be told from damage.
            HistoryReadResult read;
            try
            {
                read = HistoryText.Read(compressed[..length]);
            }
            catch (HistoryFormatException error) when (length == compressed.Length - 8)
            {
                Assert.Contains("damaged", error.Problem, StringComparison.Ordinal);
                continue;
            }

            Assert.Contains(read.Warnings, warning => warning.Contains("the gzip data break off", StringComparison.Ordinal));
            Assert.InRange(read.History.EventCount, most, Whole.Count(b => b == '\n'));
            most = read.History.EventCount;
        }

        Assert.Equal(Whole.Count(b => b == '\n'), most);
        Assert.Empty(HistoryText.Read(compressed).Warnings);
    }

    [Fact]
    public void Gzip_of_several_members_is_read_whole()
    {
        var half = Whole.AsSpan().IndexOf((byte)'\n') + 1;
        byte[] members = [.. Compress(Whole[..half]), .. Compress([]), .. Compress(Whole[half..])];
        var read = HistoryText.Read(members);
        Assert.Empty(read.Warnings);
        EqualHistories.Assert(HistoryText.Read(Whole).History, read.History);
    }

    [Fact]
    public void Gzip_of_nothing_is_an_empty_history()
    {
        // As the program gzip writes it: one empty block, then a trailer of zeros.
        byte[] nothing = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        var read = HistoryText.Read(nothing);
        Assert.Empty(read.Warnings);
        Assert.Equal(0, read.History.Count);
        EqualHistories.Assert(HistoryText.Read(Whole).History, HistoryText.Read([.. nothing, .. Compress(Whole), .. nothing]).History);
    }

    [Fact]
    public void Gzip_followed_by_something_else_is_refused()
    {
        byte[] followed = [.. Compress(Whole), 1, 2, 3];
        Assert.Contains("not gzip", Assert.Throws<HistoryFormatException>(() => HistoryText.Read(followed)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_changed_bit_of_gzip_is_noticed_or_changes_nothing()
    {
        var compressed = Compress(Whole);
        var history = HistoryText.Read(Whole).History;
        for (var at = 2; at < compressed.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var damaged = compressed.ToArray();
                damaged[at] ^= (byte)(1 << bit);
                try
                {
                    var read = HistoryText.Read(damaged);
                    if (read.Warnings.Count == 0) EqualHistories.Assert(history, read.History);
                }
                catch (HistoryFormatException)
                {
                    // noticed
                }
            }
        }
    }

    private static byte[] Compress(byte[] plain, bool flush = false)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var chunk in flush ? plain.Chunk(200) : [plain])
            {
                gzip.Write(chunk);
                if (flush) gzip.Flush();
            }
        }

        return compressed.ToArray();
    }
}

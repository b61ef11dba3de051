using System.IO.Compression;
using Checker.Histories.Formats;
using Checker.Histories.Values;
using Xunit;

namespace Checker.Histories.Tests.Formats;

public sealed class RoundTripTests
{
    public static TheoryData<string> Histories => CorpusFiles.Histories;

    [Fact]
    public void Random_events_that_are_written_are_read_back_unchanged()
    {
        for (var seed = 0; seed < Campaign.Times(200); seed++)
        {
            var events = RandomHistories.Events(seed, 60);
            var builder = new HistoryBuilder();
            foreach (var e in events) Assert.Null(builder.Add(e));
            using var stream = new MemoryStream();
            var writer = new JsonLinesWriter(stream);
            foreach (var e in events) writer.Write(e);
            writer.Flush();
            var built = builder.Build();
            var read = HistoryText.Read(stream.ToArray());
            Assert.Empty(read.Warnings);
            EqualHistories.Assert(built, read.History);
            Assert.Equal(stream.ToArray(), HistoryText.Write(read.History));
        }
    }

    [Fact]
    public void Lines_as_the_writer_writes_them_read_like_lines_with_white_space()
    {
        for (var seed = 0; seed < Campaign.Times(100); seed++)
        {
            using var stream = new MemoryStream();
            var writer = new JsonLinesWriter(stream);
            foreach (var e in RandomHistories.Events(seed, 60)) writer.Write(e);
            writer.Flush();
            EqualHistories.Assert(HistoryText.Read(HistoryText.WithSpaces(stream.ToArray())).History, HistoryText.Read(stream.ToArray()).History);
        }
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public void A_history_of_the_corpus_that_is_written_is_read_back_unchanged(string file)
    {
        var history = HistoryFile.Read(CorpusFiles.PathOf(file)).History;
        var written = HistoryText.Write(history);
        var again = HistoryText.Read(written);
        Assert.Empty(again.Warnings);
        EqualHistories.Assert(history, again.History);
        Assert.Equal(written, HistoryText.Write(again.History));
    }

    [Fact]
    public void A_header_with_every_field_is_read_back_unchanged()
    {
        var header = new HistoryHeader
        {
            Type = "kv",
            Target = "quorum",
            Workload = "kv \"odd\"",
            Seed = long.MinValue,
            Nodes = ["n1", "n2"],
            Concurrency = 10,
            Initial = Value.List(1, "x"),
            Other = [new("zeta", Value.List(1, Value.Null)), new("alpha", default), new("map", Value.Map([new("k", 2)]))],
        };
        using var stream = new MemoryStream();
        var writer = new JsonLinesWriter(stream);
        writer.WriteHeader(header);
        writer.Flush();
        var history = HistoryText.Read(stream.ToArray()).History;
        Assert.Equal(header with { Nodes = null, Other = [] }, history.Header with { Nodes = null, Other = [] });
        Assert.Equal(header.Nodes, history.Header.Nodes);
        Assert.Equal(header.Other, history.Header.Other);
        Assert.Same(DataTypes.Kv, history.Type);
        Assert.Equal(stream.ToArray(), HistoryText.Write(history));
    }

    [Fact]
    public void A_compressed_history_reads_like_the_plain_one_whatever_its_name()
    {
        var plain = File.ReadAllBytes(CorpusFiles.PathOf("linearizability/c10-ok.valid.jsonl"));
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(plain);
        foreach (var name in (string[])["x.jsonl.gz", "x.jsonl", "x", "x.gz"])
        {
            var read = HistoryText.Read(compressed.ToArray(), name: name);
            Assert.Empty(read.Warnings);
            EqualHistories.Assert(HistoryText.Read(plain).History, read.History);
        }
    }

    [Fact]
    public void The_writer_writes_what_values_say_of_themselves()
    {
        var values = new RandomValues(1);
        for (var i = 0; i < Campaign.Times(2_000); i++)
        {
            var value = values.Next();
            using var stream = new MemoryStream();
            var writer = new JsonLinesWriter(stream);
            writer.Write(new HistoryEvent(0, 1, 2, EventType.Ok, "read", default, value));
            writer.Flush();
            Assert.Equal(
                $"{{\"index\":0,\"time\":1,\"process\":2,\"type\":\"ok\",\"f\":\"read\",\"value\":{value}}}\n", System.Text.Encoding.UTF8.GetString(
                    stream.ToArray()));
        }
    }

    [Fact]
    public void A_line_of_many_megabytes_is_read_and_written()
    {
        var builder = new HistoryBuilder(DataTypes.Set);
        Assert.Null(builder.Add(new(0, 0, 0, EventType.Invoke, "read", default, default)));
        var elements = new Value[500_000];
        for (var i = 0; i < elements.Length; i++) elements[i] = i;
        Assert.Null(builder.Add(new(1, 1, 0, EventType.Ok, "read", default, Value.List(elements))));
        var written = HistoryText.Write(builder.Build());
        Assert.True(written.Length > 3_000_000);
        var read = HistoryText.Read(written).History;
        Assert.Equal(elements.Length, read.Values.Items(read.Output[0]).Length);
        Assert.Equal(written, HistoryText.Write(read));
    }
}

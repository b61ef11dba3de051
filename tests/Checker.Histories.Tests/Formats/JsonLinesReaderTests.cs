using System.Text;
using Checker.Histories.Values;
using Xunit;

namespace Checker.Histories.Tests.Formats;

public sealed class JsonLinesReaderTests
{
    private const string Invoke = "{\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"value\":1}\n";
    private const string Ok = "{\"process\":0,\"type\":\"ok\",\"f\":\"write\",\"value\":1}\n";

    [Fact]
    public void Reads_events_in_columns()
    {
        var history = HistoryText.Read(
            """
            {"history":1,"type":"kv","target":"quorum","seed":42,"nodes":["n1","n2"],"concurrency":10,"initial":0}
            {"index":0,"time":1000,"process":0,"type":"invoke","f":"write","key":"x","value":1}
            {"index":1,"time":2500,"process":0,"type":"ok","f":"write","key":"x","value":1}
            {"index":2,"time":3000,"process":1,"type":"invoke","f":"cas","key":"x","value":[1,2]}
            {"index":3,"time":9000,"process":1,"type":"info","f":"cas","key":"x","value":[1,2],"error":"timeout"}
            {"index":4,"time":9100,"process":"nemesis","type":"info","f":"start-partition","value":{"n1":["n2","n3"]}}
            {"index":5,"time":9200,"process":2,"type":"invoke","f":"read","key":"y","value":null}

            """).History;
        Assert.Same(DataTypes.Kv, history.Type);
        Assert.Equal(42, history.Header.Seed);
        Assert.Equal(0, history.Header.Initial.AsInteger());
        Assert.Equal((3, 6, 2), (history.Count, history.EventCount, history.KeyCount));
        Assert.Equal([OperationType.Ok, OperationType.Info, OperationType.Info], history.Types.ToArray());
        Assert.Equal([Function.Write, Function.Cas, Function.Read], history.Functions.ToArray());
        Assert.Equal([0, 0, 1], history.Key.ToArray());
        Assert.Equal([0, 2, 5], history.Invoke.ToArray());
        Assert.Equal([1, 3, History.Never], history.Complete.ToArray());
        Assert.Equal([1000, 3000, 9200], history.InvokeTime.ToArray());
        Assert.Equal([2500, 9000, -1], history.CompleteTime.ToArray());
        Assert.Equal("timeout", history.Error(1));
        Assert.Null(history.Error(0));
        Assert.Equal("x", history.KeyName(0).AsString());
        Assert.Equal("[1,2]", history.Values.Text(history.Input[1]));
        Assert.Equal(7, history.Line(5));
        var nemesis = Assert.Single(history.Nemesis);
        Assert.Equal((4, 9100L, "start-partition"), (nemesis.Position, nemesis.Time, nemesis.F));
        Assert.Equal("{\"n1\":[\"n2\",\"n3\"]}", nemesis.Value.ToString());
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("\n \n\t\r\n", 0)]
    [InlineData("{\"history\":1}", 0)]
    [InlineData("{\"history\":1}\n\n" + Invoke, 1)]
    [InlineData(Invoke + "\r\n\n" + Ok, 2)]
    [InlineData("\uFEFF" + Invoke + Ok, 2)]
    [InlineData("{ \"f\" : \"read\",\t\"process\":3 ,\"type\":\"invoke\" }\r\n", 1)]
    [InlineData("{\"f\":\"read\",\"process\":2147483647,\"type\":\"invoke\",\"key\":null,\"error\":null,\"time\":-1}", 1)]
    [InlineData("{\"\\u0066\":\"r\\u0065ad\",\"process\":0,\"type\":\"\\u0069nvoke\"}\n", 1)]
    [InlineData("{\"index\":5,\"process\":0,\"type\":\"invoke\",\"f\":\"read\"}\n{\"index\":9,\"process\":0,\"type\":\"ok\",\"f\":\"read\"}\n", 2)]
    [InlineData("{\"time\":5,\"process\":0,\"type\":\"invoke\",\"f\":\"read\"}\n{\"time\":4,\"process\":0,\"type\":\"ok\",\"f\":\"read\"}\n", 2)]
    public void Accepts_what_is_unusual_but_clear(string text, int events)
    {
        var read = HistoryText.Read(text);
        Assert.Empty(read.Warnings);
        Assert.Equal(events, read.History.EventCount);
    }

    [Theory]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"value\":1}}\n", 1, "malformed JSON")]
    [InlineData(Invoke + Ok + "nonsense\n", 3, "malformed JSON")]
    [InlineData(Invoke + "{\"process\":0,\n" + Ok, 2, "malformed JSON")]
    [InlineData(Invoke + "{\"process\":0,}\n", 2, "malformed JSON")]
    [InlineData("{\"process\":0 /* why */}\n", 1, "malformed JSON")]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"value\":\"a\0b\"}\n", 1, "malformed JSON")]
    [InlineData("\0\0\0\0\n", 1, "malformed JSON")]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"} {\"process\":1,\"type\":\"invoke\",\"f\":\"read\"}\n", 1, "malformed JSON")]
    [InlineData(Invoke + "\uFEFF" + Ok, 2, "malformed JSON")]
    [InlineData("[1,2]\n", 1, "a list: expected one event, a JSON object")]
    [InlineData("null\n", 1, "null: expected one event, a JSON object")]
    [InlineData("{}\n", 1, "no field \"process\": expected an event")]
    [InlineData("{\"process\":0,\"f\":\"read\"}\n", 1, "no field \"type\"")]
    [InlineData("{\"process\":0,\"type\":\"invoke\"}\n", 1, "no field \"f\"")]
    [InlineData("{\"process\":0,\"process\":0,\"type\":\"invoke\",\"f\":\"read\"}\n", 1, "the field \"process\" twice: expected it once")]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"kay\":\"x\"}\n", 1,
        "unknown field \"kay\": expected index, time, process, type, f, key, value, error")]
    [InlineData("{\"process\":-1,\"type\":\"invoke\",\"f\":\"read\"}\n", 1, "process is -1: expected a whole number")]
    [InlineData("{\"process\":2147483648,\"type\":\"invoke\",\"f\":\"read\"}\n", 1, "process is 2147483648: expected")]
    [InlineData("{\"process\":\"nemesi\",\"type\":\"invoke\",\"f\":\"read\"}\n", 1, "process is \"nemesi\": expected")]
    [InlineData("{\"process\":1.5,\"type\":\"invoke\",\"f\":\"read\"}\n", 1, "process is 1.5: expected")]
    [InlineData("{\"process\":null,\"type\":\"invoke\",\"f\":\"read\"}\n", 1, "process is null: expected")]
    [InlineData("{\"process\":0,\"type\":\"Invoke\",\"f\":\"read\"}\n", 1, "type is \"Invoke\": expected \"invoke\", \"ok\", \"fail\" or \"info\"")]
    [InlineData("{\"process\":0,\"type\":3,\"f\":\"read\"}\n", 1, "type is 3: expected")]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":null}\n", 1, "f is null: expected the name of a function")]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":\"reed\"}\n", 1, "unknown f \"reed\": expected one of read, write")]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"time\":-2}\n", 1, "time is -2: expected whole nanoseconds")]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"time\":1e3}\n", 1, "time is 1e3: expected whole nanoseconds")]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"time\":\"1\"}\n", 1, "time is \"1\": expected whole nanoseconds")]
    [InlineData("{\"index\":-1,\"process\":0,\"type\":\"invoke\",\"f\":\"read\"}\n", 1, "index is -1: expected a whole number from 0 on")]
    [InlineData("{\"index\":3,\"process\":0,\"type\":\"invoke\",\"f\":\"read\"}\n{\"index\":3,\"process\":0,\"type\":\"ok\",\"f\":\"read\"}\n", 2,
        "index 3 after index 3 of line 1: expected indexes that increase")]
    [InlineData("{\"index\":0,\"process\":0,\"type\":\"invoke\",\"f\":\"write\"}\n" + Ok, 2, "no index, though line 1 has one")]
    [InlineData(Invoke + "{\"index\":1,\"process\":0,\"type\":\"ok\",\"f\":\"write\"}\n", 2, "an index, though line 1 has none")]
    [InlineData("\n" + Ok, 2, "process 0 completes write (ok) but has no open operation: expected its invoke first")]
    [InlineData(Invoke + Invoke, 2, "process 0 invokes write while its write of line 1 is still open: expected that operation's completion first")]
    [InlineData(Invoke + "{\"process\":0,\"type\":\"ok\",\"f\":\"read\",\"value\":1}\n", 2, "expected the same f")]
    [InlineData(Invoke + "{\"process\":0,\"type\":\"ok\",\"f\":\"write\",\"key\":\"y\"}\n", 2, "expected the same key")]
    [InlineData(Invoke + "{\"process\":0,\"type\":\"info\",\"f\":\"write\"}\n" + Invoke, 3, "was retired")]
    [InlineData("{\"process\":\"nemesis\",\"type\":\"info\",\"f\":\"kill\",\"key\":\"n1\"}\n", 1, "the nemesis's event has a key")]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"error\":\"x\"}\n", 1, "an invoke has an error")]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"value\":9223372036854775808}\n", 1,
        "9223372036854775808: expected an integer of at most 64 bits")]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"value\":1e999}\n", 1, "1e999: expected one in the range of a double")]
    [InlineData(
        "{\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"value\":{\"a\":1,\"\\u0061\":2}}\n", 1, "the key \"a\" occurs twice: expected each key once")]
    [InlineData("{\"history\":2}\n", 1, "format version 2: expected at most 1")]
    [InlineData("{\"history\":\"1\"}\n", 1, "the header's history is \"1\": expected the version")]
    [InlineData("{\"history\":0}\n", 1, "the header's history is 0: expected the version")]
    [InlineData("{\"history\":1,\"type\":\"kvv\"}\n", 1, "unknown data type \"kvv\": expected one of register")]
    [InlineData("{\"history\":1,\"type\":3}\n", 1, "the header's type is 3: expected a string")]
    [InlineData("{\"history\":1,\"seed\":\"x\"}\n", 1, "the header's seed is \"x\": expected an integer")]
    [InlineData("{\"history\":1,\"nodes\":3}\n", 1, "the header's nodes is 3: expected a list")]
    [InlineData("{\"history\":1,\"concurrency\":-3}\n", 1, "the header's concurrency is -3")]
    [InlineData("{\"history\":1,\"seed\":1,\"seed\":1}\n", 1, "the field \"seed\" twice")]
    [InlineData(
        "{\"history\":1,\"type\":\"register\"}\n{\"process\":0,\"type\":\"invoke\",\"f\":\"cas\"}\n", 2, "unknown f \"cas\": expected one of read, write")]
    [InlineData(Invoke + "{\"history\":1}\n", 2, "a header after the first line")]
    [InlineData("{\"history\":1}\n{\"history\":1}\n", 2, "a header after the first line")]
    public void Rejects_with_file_line_and_what_was_expected(string text, int line, string problem)
    {
        var error = Assert.Throws<HistoryFormatException>(() => HistoryText.Read(text));
        Assert.Equal("test.jsonl", error.File);
        Assert.Equal(line, error.Line);
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.StartsWith($"test.jsonl:{line}: ", error.Message, StringComparison.Ordinal);
        if (!problem.Contains("retired", StringComparison.Ordinal)) Assert.Contains("expected", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_bytes_that_are_not_utf8()
    {
        byte[] text = [.. Encoding.UTF8.GetBytes(Invoke), .. "{\"process\":0,\"type\":\"ok\",\"f\":\"write\",\"value\":\""u8, 0xC3, 0x28, .. "\"}\n"u8];
        var error = Assert.Throws<HistoryFormatException>(() => HistoryText.Read(text));
        Assert.Equal((2, true), (error.Line, error.Problem.Contains("UTF-8", StringComparison.Ordinal)));
    }

    [Fact]
    public void Rejects_utf16() =>
        Assert.Contains("UTF-16: expected UTF-8", Assert.Throws<HistoryFormatException>(
            () => HistoryText.Read(Encoding.Unicode.GetPreamble())).Problem, StringComparison.Ordinal);

    [Fact]
    public void Rejects_values_that_nest_too_deep()
    {
        Assert.Equal(1, HistoryText.Read(Nested(500)).History.Count);
        Assert.Equal(1, Assert.Throws<HistoryFormatException>(() => HistoryText.Read(Nested(513))).Line);
        Assert.Equal(1, Assert.Throws<HistoryFormatException>(() => HistoryText.Read(Nested(100_000))).Line);

        static string Nested(int depth) =>
            $"{{\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"value\":{new string('[', depth)}{new string(']', depth)}}}\n";
    }

    [Fact]
    public void Rejects_a_line_beyond_the_limit()
    {
        var text = Invoke + Ok[..^3] + new string(' ', 2_000_000) + "1}\n";
        Assert.Equal(2, HistoryText.Read(text).History.EventCount);
        var error = Assert.Throws<HistoryFormatException>(() => HistoryText.Read(text, new() { MaxLineBytes = 1_500_000 }));
        Assert.Equal(2, error.Line);
        Assert.Contains("longer than 1500000 bytes: expected one event", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_lone_surrogates_and_escapes_of_strings()
    {
        var history = HistoryText.Read(
            "{\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"value\":" +
            "[\"\\ud83d\\ude00\",\"\\ud83d\",\"\\ude00x\",\"\\ud83d\\u0041\",\"\\/\\b\\f\\n\\r\\t\\\\\\\"\"]}\n").History;
        Assert.Equal(
            Value.List("😀", "\ud83d", "\ude00x", "\ud83dA", "/\b\f\n\r\t\\\""),
            history.Values.Get(history.Input[0]));
    }

    [Fact]
    public void Skips_unknown_fields_only_when_told_to_and_then_says_so()
    {
        var text = Invoke.Replace("}", ",\"node\":{\"a\":[1]}}", StringComparison.Ordinal) + Ok.Replace("}", ",\"node\":1}", StringComparison.Ordinal);
        var read = HistoryText.Read(text, new() { SkipUnknownFields = true });
        Assert.Equal(2, read.History.EventCount);
        Assert.Equal(["test.jsonl:1: the unknown field \"node\" is skipped, here and on further lines"], read.Warnings);
    }

    [Fact]
    public void The_users_type_wins_over_the_headers_and_may_have_functions_of_its_own()
    {
        var bank = new DataType("bank", [Function.Read], "accounts", ["transfer"]);
        const string Text = "{\"history\":1,\"type\":\"bank\"}\n{\"process\":0,\"type\":\"invoke\",\"f\":\"transfer\"}\n";
        var history = HistoryText.Read(Text, new() { Type = bank }).History;
        Assert.Same(bank, history.Type);
        Assert.Equal(Function.FirstCustom, history.Functions[0]);
        Assert.Contains("unknown data type \"bank\"", Assert.Throws<HistoryFormatException>(() => HistoryText.Read(Text)).Problem, StringComparison.Ordinal);
        Assert.Contains("expected one of read, transfer", Assert.Throws<HistoryFormatException>(
            () => HistoryText.Read(Text.Replace("\"transfer\"", "\"write\"", StringComparison.Ordinal), new() { Type = bank })).Problem,
                StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_is_not_a_string_is_kept_as_its_json()
    {
        var text = Invoke + "{\"process\":0,\"type\":\"fail\",\"f\":\"write\",\"error\":[\"timeout\",{\"ms\":5}]}\n";
        Assert.Equal("[\"timeout\",{\"ms\":5}]", HistoryText.Read(text).History.Error(0));
    }

    [Fact]
    public void Holds_an_operation_in_less_than_a_hundred_bytes()
    {
        var text = new StringBuilder("{\"history\":1,\"type\":\"kv\"}\n");
        for (var i = 0; i < 100_000; i++)
        {
            text.Append("{\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"key\":\"k").Append(i % 100).Append("\",\"value\":").Append(i).Append("}\n");
            text.Append("{\"process\":0,\"type\":\"ok\",\"f\":\"write\",\"key\":\"k").Append(i % 100).Append("\",\"value\":").Append(i).Append("}\n");
        }

        var history = HistoryText.Read(text.ToString()).History;
        Assert.Equal(100_000, history.Count);
        Assert.InRange(history.Bytes, 1, 60 * 100_000);
    }
}

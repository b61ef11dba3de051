using Xunit;

namespace Checker.Histories.Tests;

public sealed class DataTypeInferenceTests
{
    // Each operation: f, argument, result; a key before a colon.
    [Theory]
    [InlineData("register", "write 1 1", "read null 1")]
    [InlineData("register", "read null null")]
    [InlineData("cas-register", "write 1 1", "cas [1,2] [1,2]")]
    [InlineData("kv", "x:write 1 1", "x:read null 1")]
    [InlineData("kv", "x:cas [1,2] [1,2]")]
    [InlineData("kv", "write 1 1", "delete null null")]
    [InlineData("kv", "x:append \"a\" \"a\"", "x:read null \"a\"")]
    [InlineData("kv", "write \"\" \"\"", "append \"a\" \"a\"")]
    [InlineData("append-list", "append 1 1", "read null [1]")]
    [InlineData("set", "add 1 1", "read null [1]")]
    [InlineData("set", "add \"x\" \"x\"")]
    [InlineData("set", "add 1 1", "contains 1 [1,true]")]
    [InlineData("counter", "add 1 1", "read null 1")]
    [InlineData("counter", "increment null null")]
    [InlineData("pn-counter", "add -1 -1", "read null -1")]
    [InlineData("pn-counter", "increment null null", "decrement null null")]
    [InlineData("queue", "enqueue 1 1", "dequeue null 1")]
    [InlineData("stack", "push 1 1", "pop null 1")]
    [InlineData("stack", "peek null null")]
    [InlineData("priority-queue", "insert 1 1", "extract-max null 1")]
    [InlineData("lock", "acquire null null", "release null null")]
    [InlineData("unique-ids", "generate null 5")]
    [InlineData("log", "send 1 [0,1]", "poll null [[0,1]]")]
    [InlineData("snapshot", "x:write 1 1", "snapshot null {\"x\":1}")]
    [InlineData("list-append", "txn [[\"append\",1,1],[\"r\",1,null]] [[\"append\",1,1],[\"r\",1,[1]]]")]
    [InlineData("list-append", "txn [[\"r\",1,null]] [[\"r\",1,[1]]]")]
    [InlineData("rw-register", "txn [[\"w\",1,1],[\"r\",1,null]] [[\"w\",1,1],[\"r\",1,1]]")]
    [InlineData("rw-register", "txn [[\"r\",1,null]] [[\"r\",1,1]]")]
    [InlineData("multi-register", "txn [[\"write\",1,1],[\"read\",1,null]] [[\"write\",1,1],[\"read\",1,1]]")]
    public void Accepts_operations_that_speak_for_a_type(string type, params string[] operations)
    {
        var inferred = DataTypeInference.Infer(Of(operations));
        Assert.Equal(type, inferred.Type?.Name);
        Assert.NotEmpty(inferred.Reason);
    }

    [Theory]
    [InlineData("no operations")]
    [InlineData("tried counter, pn-counter and set", "add 1 1")]
    [InlineData("tried kv and append-list", "append 1 1")]
    [InlineData("but stack has no enqueue", "enqueue 1 1", "push 1 1")]
    [InlineData("but list-append has no read", "read null 1", "txn [[\"append\",1,1]] [[\"append\",1,1]]")]
    [InlineData("tried list-append (append, r), rw-register (w, r)", "txn [[\"append\",1,1],[\"w\",1,1]] null")]
    [InlineData("without micro-operations", "txn null null")]
    public void Rejects_operations_that_leave_it_open_and_says_what_was_tried(string reason, params string[] operations)
    {
        var inferred = DataTypeInference.Infer(Of(operations));
        Assert.Null(inferred.Type);
        Assert.Contains(reason, inferred.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_corpus_file_is_inferred_as_a_type_that_has_its_operations()
    {
        foreach (var file in CorpusFiles.Names)
        {
            var history = Checker.Histories.Formats.HistoryFile.Read(CorpusFiles.PathOf(file)).History;
            var (type, reason) = DataTypeInference.Infer(history);
            if (file.Contains("objects", StringComparison.Ordinal) && type is null) Assert.Contains("tried", reason, StringComparison.Ordinal); // its manifest says
            else Assert.Equal(history.Count > 0, type is not null);
        }
    }

    [Fact]
    public void The_given_type_is_the_answer() =>
        Assert.Same(DataTypes.UnorderedQueue, DataTypeInference.Infer(new HistoryBuilder(DataTypes.UnorderedQueue).Build()).Type);

    private static History Of(string[] operations)
    {
        var text = new System.Text.StringBuilder();
        foreach (var operation in operations)
        {
            var parts = operation.Split(' ');
            var name = parts[0].Split(':');
            var key = name.Length > 1 ? $",\"key\":\"{name[0]}\"" : "";
            text.Append($"{{\"process\":0,\"type\":\"invoke\",\"f\":\"{name[^1]}\"{key},\"value\":{parts[1]}}}\n");
            text.Append($"{{\"process\":0,\"type\":\"ok\",\"f\":\"{name[^1]}\"{key},\"value\":{parts[2]}}}\n");
        }

        return HistoryText.Read(text.ToString()).History;
    }
}

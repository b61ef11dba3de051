using Checker.Histories.Formats;
using Xunit;

namespace Checker.Histories.Tests.Formats;

public sealed class EdnReaderTests
{
    private const string Invoke = "{:process 0 :type :invoke :f :write :value 1}\n";
    private const string Ok = "{:process 0 :type :ok :f :write :value 1}\n";

    [Fact]
    public void Reads_nemesis_operations_and_operations_of_unknown_outcome()
    {
        var read = HistoryFile.Read(CorpusFiles.PathOf("edn/register.valid.edn"));
        var history = read.History;
        Assert.Empty(read.Warnings);
        Assert.Equal((5, 12, 1), (history.Count, history.EventCount, history.KeyCount));
        Assert.Equal([OperationType.Ok, OperationType.Ok, OperationType.Info, OperationType.Fail, OperationType.Ok], history.Types.ToArray());
        Assert.Equal(("timeout", "[\"refused\",\"n1:2379\"]"), (history.Error(2), history.Error(3)));
        Assert.Equal("[\"isolated\",{\"n1\":[\"n2\",\"n3\"]}]", history.Nemesis[1].Value.ToString());
        Assert.Equal(5, history.Process[4]);
        Assert.Equal(9300, history.CompleteTime[4]);
    }

    [Fact]
    public void Reads_independent_tuples_of_one_vector_and_says_so()
    {
        var read = HistoryFile.Read(CorpusFiles.PathOf("edn/independent.valid.edn"));
        Assert.Contains("[key value] of independent objects", Assert.Single(read.Warnings), StringComparison.Ordinal);
        var history = read.History;
        Assert.Equal(["x", "y"], Enumerable.Range(0, history.KeyCount).Select(key => history.KeyName(key).AsString()));
        Assert.Equal([0, 1, 0, 0], history.Key.ToArray());
        Assert.Equal("[1,2]", history.Values.Text(history.Input[2]));
        Assert.True(history.Values.TryGetInteger(history.Output[3], out var two) && two == 2);
        Assert.Equal(9, history.Line(8));
    }

    [Theory]
    [InlineData("list-append.valid.edn", "list-append")]
    [InlineData("set.valid.edn", "set")]
    [InlineData("stale-read.invalid.linearizable.edn", "register")]
    public void Leaves_pairs_that_are_no_tuples_alone(string file, string type)
    {
        var read = HistoryFile.Read(CorpusFiles.PathOf($"edn/{file}"));
        Assert.Empty(read.Warnings);
        Assert.Equal(1, read.History.KeyCount);
        Assert.Equal(type, DataTypeInference.Infer(read.History).Type?.Name);
    }

    [Theory]
    [InlineData(":f :cas :value [1 2]", IndependentKeys.Auto, null)]
    [InlineData(":f :cas :value [1 [2 3]]", IndependentKeys.Auto, "1")]
    [InlineData(":f :cas :value [1 [2 3]]", IndependentKeys.No, null)]
    [InlineData(":f :write :value [1 2]", IndependentKeys.Auto, null)]
    [InlineData(":f :write :value [1 2]", IndependentKeys.Yes, "1")]
    [InlineData(":f :write :value #jepsen.independent/tuple [1 2]", IndependentKeys.Auto, "1")]
    [InlineData(":f :read :value [:a nil]", IndependentKeys.Auto, "\"a\"")]
    [InlineData(":f :read :value [nil nil]", IndependentKeys.Auto, null)]
    [InlineData(":f :txn :value [[:r 1 nil] [:r 2 nil]]", IndependentKeys.Auto, null)]
    [InlineData(":f :txn :value [7 [[:r 1 nil] [:r 2 nil]]]", IndependentKeys.Auto, "7")]
    public void Decides_about_tuples_by_the_rule(string rest, IndependentKeys choice, string? key)
    {
        var history = HistoryText.Read($"{{:process 0 :type :invoke {rest}}}", new() { IndependentKeys = choice }, "test.edn").History;
        Assert.Equal(key ?? "null", history.KeyName(0).ToString());
    }

    [Theory]
    [InlineData("nil", "null")]
    [InlineData("true", "true")]
    [InlineData("-7", "-7")]
    [InlineData("+7", "7")]
    [InlineData("9223372036854775807N", "9223372036854775807")]
    [InlineData("0x1F", "31")]
    [InlineData("1.5", "1.5")]
    [InlineData("1.5M", "1.5")]
    [InlineData("1e3", "1000.0")]
    [InlineData("-0.0", "0.0")]
    [InlineData("\"a\\n\\u00e9\\\"\"", "\"a\\né\\\"\"")]
    [InlineData("\"two\nlines\"", "\"two\\nlines\"")]
    [InlineData("\\a", "\"a\"")]
    [InlineData("\\newline", "\"\\n\"")]
    [InlineData("\\u00e9", "\"é\"")]
    [InlineData("\\é", "\"é\"")]
    [InlineData("[\\{ \\\" \\;]", "[\"{\",\"\\\"\",\";\"]")]
    [InlineData(":a.b/c", "\"a.b/c\"")]
    [InlineData("clojure.core/inc", "\"clojure.core/inc\"")]
    [InlineData("(1 2, 3)", "[1,2,3]")]
    [InlineData("[]", "[]")]
    [InlineData("#{3 1 2}", "[1,2,3]")]
    [InlineData("{:a 1, \"b\" [2]}", "{\"a\":1,\"b\":[2]}")]
    [InlineData("{1 2}", "{\"1\":2}")]
    [InlineData("#inst \"2020-01-01T00:00:00Z\"", "\"2020-01-01T00:00:00Z\"")]
    [InlineData("#uuid \"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\"", "\"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\"")]
    [InlineData("#my.app.Point{:x 1}", "{\"#my.app.Point\":{\"x\":1}}")]
    [InlineData("[#a #b 1]", "[{\"#a\":{\"#b\":1}}]")]
    [InlineData("[1 #_ 2 #_ #_ 3 4 5 #_ 6]", "[1,5]")]
    [InlineData("[1 ; two\n 3]", "[1,3]")]
    public void Reads_every_kind_of_form(string form, string json)
    {
        var history = HistoryText.Read($"{{:process 0, :type :invoke, :f :write, :value {form}}}", name: "test.edn").History;
        Assert.Equal(json, history.Values.Text(history.Input[0]));
    }

    [Theory]
    [InlineData("1/2", "the ratio 1/2: expected an integer or a decimal")]
    [InlineData("9223372036854775808", "expected an integer of at most 64 bits")]
    [InlineData("017", "expected no leading zero")]
    [InlineData("1x", "expected an integer, or a decimal")]
    [InlineData("1e999", "in the range of a double")]
    [InlineData("##Inf", "infinity or not-a-number is none")]
    [InlineData("#\"regex\"", "a regular expression")]
    [InlineData("#", "a # without a tag")]
    [InlineData("#:ns{:a 1}", "a # without a tag")]
    [InlineData("{:a}", "the last key has no value")]
    [InlineData("{:a 1 :a 2}", "a key twice")]
    [InlineData("#{1 1}", "a set that has 1 twice")]
    [InlineData("[1 }", "}: expected ]")]
    [InlineData("\"\\q\"", "\\q in a string: expected one of")]
    [InlineData("\"\\u12\"", "expected four hexadecimal digits")]
    [InlineData("\\abc", "expected a single one or a name such as \\newline")]
    [InlineData("::a", "expected a keyword")]
    [InlineData("'a", "'a: expected a value")]
    [InlineData("^{:a 1} [1]", "^: expected a value")]
    [InlineData("#_ 1", "the field :value has no value")]
    public void Rejects_what_it_cannot_keep(string form, string problem)
    {
        var error = Assert.Throws<HistoryFormatException>(
            () => HistoryText.Read($"{Invoke}{Ok}{{:process 0, :type :invoke, :f :write, :value {form} }}\n{Invoke}", name: "test.edn"));
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.Equal(3, error.Line);
    }

    [Theory]
    [InlineData(Invoke + "nonsense\n", 2, "not an event: expected a map")]
    [InlineData(Invoke + "[]\n", 2, "not an event: expected a map")]
    [InlineData("[" + Invoke, 2, "the file ends inside the events: expected ]")]
    [InlineData("[" + Invoke + "] 1", 2, "something after the end of the events")]
    [InlineData("[" + Invoke + ")", 2, "not an event")]
    [InlineData(Invoke + "{:process 0\n" + Ok, 2, "the form that begins here does not end")]
    [InlineData(Invoke + "#_\n", 3, "#_ without a form")]
    [InlineData("{:type :invoke :f :read}", 1, "no field :process")]
    [InlineData("{:process 0 :f :read}", 1, "no field :type")]
    [InlineData("{:process 0 :type :invoke}", 1, "no field :f")]
    [InlineData("{:process 0 :type :invoke :f nil}", 1, ":f is null: expected a keyword")]
    [InlineData("{:process 0 :process 0 :type :invoke :f :read}", 1, "the field :process twice")]
    [InlineData("{:process :client :type :invoke :f :read}", 1, ":process is \"client\": expected")]
    [InlineData("{:process 0 :type :begin :f :read}", 1, ":type is \"begin\": expected :invoke, :ok, :fail or :info")]
    [InlineData("{:process 0 :type :invoke :f :read :time 1.5}", 1, ":time is 1.5: expected")]
    [InlineData("{:process 0 :type :invoke :f :read :index -2}", 1, ":index is -2: expected")]
    [InlineData("{3 0 :type :invoke :f :read}", 1, "the field 3: expected a keyword")]
    [InlineData("{:process 0 :type :invoke :f :transfer}", 1, "unknown f \"transfer\": expected one of")]
    [InlineData("{:process 0 :type :invoke :f :drain}", 1, "a drain stands for many dequeues: expected one dequeue")]
    [InlineData(Ok, 1, "no open operation")]
    [InlineData(Invoke + Invoke, 2, "still open")]
    public void Rejects_with_line_and_what_was_expected(string text, int line, string problem)
    {
        var error = Assert.Throws<HistoryFormatException>(() => HistoryText.Read(text, name: "test.edn"));
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public void Rejects_a_value_without_key_where_keys_are_demanded()
    {
        var error = Assert.Throws<HistoryFormatException>(() => HistoryText.Read("\n" + Invoke, new() { IndependentKeys = IndependentKeys.Yes }, "test.edn"));
        Assert.Equal((2, true), (error.Line, error.Problem.Contains("expected [key value]", StringComparison.Ordinal)));
    }

    [Fact]
    public void Rejects_forms_that_nest_too_deep()
    {
        var deep = $"{{:process 0 :type :invoke :f :write :value {new string('[', 100_000)}{new string(']', 100_000)}}}";
        Assert.Contains(
            "nested deeper", Assert.Throws<HistoryFormatException>(() => HistoryText.Read(deep, name: "test.edn")).Problem, StringComparison.Ordinal);
        var tags = $"{{:process 0 :type :invoke :f :write :value {string.Concat(Enumerable.Repeat("#a ", 100_000))} 1}}";
        Assert.Contains(
            "nested deeper", Assert.Throws<HistoryFormatException>(() => HistoryText.Read(tags, name: "test.edn")).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Skips_and_reports_fields_that_say_nothing_here()
    {
        var read = HistoryText.Read(
            Invoke.Replace("}", " :link #object[a.B 0x1f2 \"}\"] :debug {:a 1}}", StringComparison.Ordinal) + Ok.Replace(
                "}", " :debug 2}", StringComparison.Ordinal), name: "test.edn");
        Assert.Equal(2, read.History.EventCount);
        Assert.Equal(
            ["test.edn:1: the field :link is skipped, here and in further events", "test.edn:1: the field :debug is skipped, here and in further events"],
            read.Warnings);
    }

    [Fact]
    public void Skips_and_reports_a_torn_last_line()
    {
        for (var length = 1; length < Ok.Length - 2; length++)
        {
            var read = HistoryText.Read(Invoke + Ok[..length], name: "test.edn");
            Assert.Equal(1, read.History.EventCount);
            Assert.Contains($"test.edn:2: the last line breaks off and was skipped: {length} bytes", Assert.Single(read.Warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Reads_files_that_are_larger_than_its_buffer_at_every_alignment()
    {
        var text = string.Concat(Enumerable.Repeat("; a comment {\n" + Invoke + "#_ {:discarded \"}\"}\n" + Ok, 12_000));
        for (var shift = 0; shift < 5; shift++)
        {
            var history = HistoryText.Read(new string('\n', shift) + text, name: "test.edn").History;
            Assert.Equal(24_000, history.EventCount);
            Assert.Equal(shift + (4 * 12_000), history.Line(23_999));
        }
    }

    [Theory]
    [InlineData("x", Invoke)]
    [InlineData("x.txt", "[" + Invoke + "]")]
    [InlineData("x", "; a comment\n" + Invoke)]
    [InlineData("x.gz", "  { :process 0 :type :invoke :f :read}")]
    public void Knows_edn_by_its_contents(string name, string text) => Assert.Equal(1, HistoryText.Read(text, name: name).History.EventCount);
}

using System.Globalization;
using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Checkers.Linearizability;
using Checker.Checkers.Objects;
using Checker.Checkers.Tests.Registers;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Objects;

/// <summary>Known histories, larger ones, and agreement with the checkers of registers.</summary>
public sealed class ObjectExampleTests
{
    private static readonly string[] Names =
        [ModelNames.Sequential, ModelNames.CausalConvergence, ModelNames.CausalMemory, ModelNames.Causal, ModelNames.Pram];

    private static readonly string[] Sessions =
        [ModelNames.ReadYourWrites, ModelNames.MonotonicReads, ModelNames.MonotonicWrites, ModelNames.WritesFollowReads];

    // Each history one operation after another; the digits say which of sequential, CCv, CM, CC and PRAM it satisfies.
    [Theory]
    [InlineData("append-list", "11111", "0 append a", "1 append b", "0 read a b", "1 read a b")]
    [InlineData("append-list", "00111", "0 append a", "1 append b", "0 read a b", "1 read b a")]
    [InlineData("append-list", "00010", "0 append a", "1 append b", "0 read a b", "0 read b a")]
    [InlineData("append-list", "00001", "0 append a", "1 read a", "1 append b", "2 read b", "2 read b")]
    [InlineData("append-list", "00000", "0 append a", "0 read")]
    [InlineData("queue", "01111", "0 enqueue 1", "0 dequeue 1", "1 dequeue 1")]
    [InlineData("queue", "00000", "0 enqueue 1", "0 dequeue 1", "0 dequeue 1")]
    [InlineData("counter", "01111", "0 add 1", "0 read 1", "1 add 1", "1 read 1")]
    [InlineData("counter", "00000", "0 add 1", "0 read 2")]
    [InlineData("set", "01111", "0 add 1", "0 read 1", "1 add 2", "1 read 2")]
    [InlineData("set", "00001", "0 add 1", "1 read 1", "1 add 2", "2 read 2")]
    public void A_known_history_satisfies(string type, string expected, params string[] operations) =>
        Assert.Equal(expected, Judge(type, Names, operations));

    // The digits: read-your-writes, monotonic reads, monotonic writes, writes-follow-reads. Each guarantee is broken alone by some history.
    [Theory]
    [InlineData("append-list", "0111", "0 append a", "0 read")]
    [InlineData("append-list", "1011", "0 append a", "1 read a", "1 read")]
    [InlineData("append-list", "1101", "0 append a", "0 append b", "1 read b")]
    [InlineData("append-list", "1110", "0 append a", "1 read a", "1 append b", "2 read b")]
    [InlineData("append-list", "1011", "0 append a", "1 append b", "2 read a b", "2 read b a")]
    [InlineData("append-list", "1111", "0 append a", "1 append b", "2 read a", "2 read b a")]
    [InlineData("append-list", "0000", "0 read a", "0 append a")]
    [InlineData("queue", "1101", "0 enqueue 1", "0 enqueue 2", "1 dequeue 2")]
    [InlineData("queue", "1111", "0 enqueue 1", "1 dequeue 1", "1 enqueue 2", "2 dequeue 2")]
    [InlineData("queue", "0111", "0 enqueue 1", "0 dequeue null")]
    [InlineData("queue", "0111", "0 enqueue 1", "0 dequeue 1", "0 dequeue 1")]
    [InlineData("counter", "1011", "0 add 1", "1 read 1", "1 read 0")]
    [InlineData("counter", "0111", "0 add 1", "0 add 2", "0 read 1")]
    [InlineData("counter", "1101", "0 add 1", "0 add 2", "1 read 2")]
    [InlineData("set", "1110", "0 add 1", "1 read 1", "1 add 2", "2 read 2")]
    [InlineData("set", "1011", "0 add 1", "1 read 1", "1 read")]
    [InlineData("log", "1101", "0 send 1", "0 send 2", "1 poll 0:2")]
    [InlineData("stack", "1111", "0 push 1", "0 push 2", "1 pop 2", "1 pop null")]
    public void A_known_history_keeps(string type, string expected, params string[] operations) =>
        Assert.Equal(expected, Judge(type, Sessions, operations));

    [Fact]
    public void On_registers_with_unique_writes_it_agrees_with_the_register_checkers()
    {
        var random = new Random(7);
        var kinds = new int[3];
        for (var i = 0; i < 600 * Linearizability.Campaign.Multiplier; i++)
        {
            var small = SmallHistory.Random(random, maxOps: 7, infoShare: i % 3 == 0 ? 0.2 : 0);
            if (small.Ops.Any(op => op.Reads && op.Written is not null)) continue;
            var history = small.Build();
            foreach (var name in Names.Concat(Sessions))
            {
                if (Sessions.Contains(name) && history.Functions.Contains(Function.Cas)) continue;
                var expected = Models.Find(name)!.Check(history, DataTypes.Kv, CheckOptions.Default).Kind;
                var verdict = ObjectConsistency.Check(name, history, DataTypes.Kv, CheckOptions.Default);
                Assert.True(expected == verdict.Kind, $"history {i}, {name}: expected {expected}, not {verdict.Kind}\n{small}");
                kinds[(int)expected]++;
            }
        }

        Assert.True(kinds[1] > 300 && kinds[2] > 300, string.Join(',', kinds));
    }

    // Stale by a little, so not linearizable, but one order explains it.
    [Fact]
    public void A_long_history_of_stale_reads_is_found_sequential()
    {
        var history = Stale(operations: 20_000, processes: 5);
        var verdict = Models.Find(ModelNames.Sequential)!.Check(history, DataTypes.AppendList, CheckOptions.Default);
        Assert.Equal(VerdictKind.Valid, verdict.Kind);
        var certificate = Assert.IsType<OrderCertificate>(verdict.Certificate);
        Assert.Null(CertificateReplayer.RefuteSequential(history, DataTypes.AppendList, certificate, CheckOptions.Default));
        Assert.NotNull(CertificateReplayer.Refute(history, DataTypes.AppendList, certificate, CheckOptions.Default));
    }

    // One process appends in blocks; each of the others reads what was there a little before.
    private static History Stale(int operations, int processes)
    {
        var builder = new HistoryBuilder(DataTypes.AppendList);
        var random = new Random(3);
        var list = new List<ValueId>();
        var seen = new int[processes];
        for (var i = 0; i < operations; i++)
        {
            var process = random.Next(processes);
            if (process == 0)
            {
                if (list.Count == 30) continue;
                if (random.Next(100) != 0) continue;
                list.Add(builder.Values.Integer(i));
                Add(builder, 0, Function.Append, list[^1], ValueId.Null);
                continue;
            }

            seen[process] = Math.Max(seen[process], list.Count - random.Next(3));
            var read = list.Take(seen[process]).ToArray();
            Add(builder, process, Function.Read, ValueId.Null, builder.Values.List(read));
        }

        return builder.Build();
    }

    private static string Judge(string type, string[] names, string[] operations)
    {
        var history = Parse(DataTypes.Find(type)!, operations);
        return string.Concat(names.Select(name => Models.Find(name)!.Check(history, DataTypes.Find(type)!, CheckOptions.Default).Kind switch
        {
            VerdictKind.Valid => "1",
            VerdictKind.Invalid => "0",
            _ => "?",
        }));
    }

    private static History Parse(DataType type, string[] operations)
    {
        var builder = new HistoryBuilder(type);
        foreach (var operation in operations)
        {
            var words = operation.Split(' ');
            Assert.True(FunctionNames.TryParse(words[1], type, out var function));
            var values = words[2..].Select(word => Word(builder, word)).ToArray();
            var list = function == Function.Poll || (function == Function.Read && (type.Name is "append-list" or "set"));
            var result = list ? builder.Values.List(values) : values[0];
            var gives = function is Function.Read or Function.Dequeue or Function.Pop or Function.Poll;
            Add(builder, int.Parse(words[0], CultureInfo.InvariantCulture), function, gives ? ValueId.Null : result, gives
                ? result : ValueId.Null);
        }

        return builder.Build();
    }

    // 0:2 is the entry 2 at offset 0.
    private static ValueId Word(HistoryBuilder builder, string word) => word.Split(':') is [var offset, var entry]
        ? builder.Values.List([Word(builder, offset), Word(builder, entry)])
        : word == "null" ? ValueId.Null
        : builder.Values.Intern(long.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : word);

    private static void Add(HistoryBuilder builder, int process, Function function, ValueId input, ValueId output)
    {
        Assert.Null(builder.Invoke(process, function, ValueId.Null, input));
        Assert.Null(builder.Complete(process, OperationType.Ok, function, ValueId.Null, output));
    }
}

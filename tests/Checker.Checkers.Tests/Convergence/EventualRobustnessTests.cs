using System.Text;
using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Convergence;

/// <summary>
/// Histories whose arguments and results are anything that the readers accept: most are malformed for their data type, some by accident are
/// not, and those that failed may be either.
/// </summary>
public sealed class EventualRobustnessTests(ITestOutputHelper output)
{
    private const int Histories = 2000;

    private static readonly IConsistencyModel Eventual = Models.Find(ModelNames.Eventual)!;

    public static TheoryData<string> Types => [.. DataTypes.All.Where(Eventual.Supports).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Judges_whatever_the_readers_accept(string name)
    {
        var type = DataTypes.Find(name)!;
        var random = new Random(20_261_129);
        var counts = new int[3];
        for (var i = 0; i < Histories * Campaign.Multiplier; i++)
        {
            var (history, text) = new Maker(type, random).Make();
            var options = new CheckOptions { Initial = random.Next(4) == 0 ? Any(random, 2) : Value.Null, Quiet = Waits[random.Next(Waits.Length)] };
            Verdict verdict;
            try
            {
                verdict = Eventual.Check(history, type, options);
            }
            catch (Exception e)
            {
                Assert.Fail($"history {i}: {e}\ninitial {options.Initial}\n{text}");
                throw;
            }

            counts[(int)verdict.Kind]++;
            if (verdict.Kind != VerdictKind.Invalid) continue;
            Assert.True(verdict.Anomalies.Count > 0, $"history {i} has no anomaly\n{text}");
            Assert.All(verdict.Anomalies, anomaly => Assert.NotEmpty(anomaly.Operations));
            Assert.True(Lin.Check(history, type, options).Kind != VerdictKind.Valid, $"history {i} is linearizable: {verdict.Anomalies[0].Explanation}\ninitial {options.Initial}\n{text}");
        }

        output.WriteLine($"{name}: {counts[(int)VerdictKind.Valid]} valid, {counts[(int)VerdictKind.Invalid]} invalid, {counts[(int)VerdictKind.Unknown]} unknown");
        Assert.All(counts, count => Assert.True(count > 0));
    }

    private static readonly long[] Waits = [0, 0, 5, long.MaxValue];

    private static Value Any(Random random, int depth) => random.Next(depth > 0 ? 12 : 7) switch
    {
        0 => Value.Null,
        1 => random.Next(2) == 0,
        2 or 3 => random.Next(-1, 4),
        4 => Words[random.Next(Words.Length)],
        5 => random.Next(2) == 0 ? long.MaxValue : long.MinValue,
        6 => Value.Decimal(random.Next(3) / 2.0),
        7 or 8 or 9 => Value.List([.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, depth - 1))]),
        10 => Value.List(Value.List(random.Next(2) == 0 ? "write" : "r", "k", random.Next(3))),
        _ => Value.Map(Enumerable.Range(0, random.Next(3)).Select(i => KeyValuePair.Create((Value)$"k{i}", Any(random, depth - 1)))),
    };

    private static readonly string[] Words = ["", "a", "b", "ab", "write", "k"];

    /// <summary>A history of several processes whose operations overlap.</summary>
    private sealed class Maker(DataType type, Random random)
    {
        // Of many histories most are malformed at once; with few strange values some are not.
        private readonly int _strange = random.Next(3) switch { 0 => 2, 1 => 12, _ => 60 };
        private readonly HistoryBuilder _builder = new(type);
        private readonly StringBuilder _text = new();
        private readonly Value[] _keys = random.Next(2) == 0 ? [Value.Null] : [Value.Null, "k", 1];

        public (History History, string Text) Make()
        {
            var open = new Dictionary<int, (Function Function, Value Key, Value Input)>();
            var next = 0;
            var ticks = random.Next(4) != 0;
            for (var i = random.Next(1, 16); i > 0; i--)
            {
                var time = ticks ? next * 3L : -1;
                next++;
                var process = random.Next(4);
                if (random.Next(20) == 0)
                {
                    _builder.Nemesis(EventType.Info, random.Next(2) == 0 ? "start-partition" : "stop-partition", Any(random, 1), time);
                    continue;
                }

                if (open.Remove(process, out var operation))
                {
                    var outcome = random.Next(6) switch { 0 => OperationType.Fail, 1 => OperationType.Info, _ => OperationType.Ok };
                    Complete(process, operation.Function, operation.Key, outcome, outcome == OperationType.Ok ? Result(operation.Function, operation.Input) : Any(random, 2), time);
                    continue;
                }

                var function = type.Functions[random.Next(type.Functions.Count)];
                var (key, input) = (_keys[random.Next(_keys.Length)], Argument(function));
                if (_builder.Invoke(process, function, Intern(key), Intern(input), time) is not null) continue;
                _text.AppendLine($"  {process} invoke {function} {key} {input}");
                open.Add(process, (function, key, input));
            }

            return (_builder.Build(), _text.ToString());
        }

        private void Complete(int process, Function function, Value key, OperationType outcome, Value result, long time)
        {
            Assert.Null(_builder.Complete(process, outcome, function, Intern(key), Intern(result), time));
            _text.AppendLine($"  {process} {outcome} {function} {key} {result}");
        }

        private Value Argument(Function function) => random.Next(_strange) == 0 ? Any(random, 2) : function switch
        {
            Function.Cas => Value.List(random.Next(3), random.Next(3)),
            Function.Transaction => Micros(),
            Function.Append when type == DataTypes.Kv => "a",
            Function.Read or Function.Snapshot or Function.Delete => Value.Null,
            _ => random.Next(3),
        };

        private Value Result(Function function, Value input) => random.Next(_strange) == 0 ? Any(random, 2) : function switch
        {
            Function.Contains => random.Next(2) == 0,
            Function.Snapshot => Value.Map([KeyValuePair.Create((Value)"k", (Value)random.Next(3))]),
            Function.Transaction => input,
            Function.Read when type.Sequential.Name is "set" or "append-list" => Value.List([.. Enumerable.Range(0, random.Next(3)).Select(n => (Value)n)]),
            Function.Read => random.Next(3),
            _ => Value.Null,
        };

        private Value Micros() => Value.List([.. Enumerable.Range(0, random.Next(3)).Select(_ => Value.List(random.Next(2) == 0 ? "write" : "read", "k", random.Next(3)))]);

        private ValueId Intern(Value value) => _builder.Values.Intern(value);
    }
}

using Checker.Checkers.Catalogue;
using Checker.Checkers.Convergence;
using Checker.Checkers.Lattice;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Convergence;

public sealed class QuietPeriodTests
{
    private const long Second = 1_000_000_000;

    private static readonly IConsistencyModel Eventual = Models.Find(ModelNames.Eventual)!;

    [Fact]
    public void Without_final_reads_nothing_is_shown()
    {
        var history = new Recording(DataTypes.Register).Read(0, 7).Write(0, 1).Build();
        var verdict = Eventual.Check(history, DataTypes.Register, CheckOptions.Default);
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Contains("no read began in the quiet period", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_before_the_last_line_of_the_nemesis_are_not_final()
    {
        Recording Diverged() => new Recording(DataTypes.Register).Write(0, 1).Write(1, 2).Nemesis("start-partition").Read(2, 1).Read(3, 2);
        Assert.Equal(VerdictKind.Unknown, Judge(Diverged().Nemesis("stop-partition")).Kind);
        Assert.Equal(VerdictKind.Valid, Judge(Diverged().Nemesis("stop-partition").Read(2, 2).Read(3, 2)).Kind);
        Assert.Equal(VerdictKind.Invalid, Judge(Diverged().Nemesis("stop-partition").Read(2, 1).Read(3, 2)).Kind);
    }

    [Theory]
    [InlineData("start-partition", "stop-partition")]
    [InlineData("start", "stop")]
    [InlineData("kill", "start")]
    [InlineData("pause", "resume")]
    public void While_a_fault_is_in_force_disagreement_is_excused(string opener, string closer)
    {
        Recording Faulty() => new Recording(DataTypes.Register).Write(0, 1).Write(1, 2).Nemesis(opener).Nemesis(opener);
        var verdict = Judge(Faulty().Read(2, 1).Read(3, 2));
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Contains($"the fault {opener} (line 6) was still in force", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(VerdictKind.Valid, Judge(Faulty().Read(2, 1).Read(3, 1)).Kind);
        Assert.Equal(VerdictKind.Invalid, Judge(Faulty().Nemesis(closer).Nemesis(closer).Read(2, 1).Read(3, 2)).Kind);
    }

    [Fact]
    public void Time_in_quiet_can_be_asked_for()
    {
        Recording Lagging() => new Recording(DataTypes.Register).Write(0, 1).Write(1, 2).At(3 * Second).Read(2, 1).At(5 * Second).Read(3, 2);
        Assert.Equal(VerdictKind.Invalid, Judge(Lagging()).Kind);
        Assert.Equal(VerdictKind.Valid, Judge(Lagging(), 4 * Second).Kind);
        Assert.Equal(VerdictKind.Unknown, Judge(Lagging(), 10 * Second).Kind);
    }

    [Fact]
    public void An_update_that_failed_disturbs_nobody() =>
        Assert.Equal(VerdictKind.Invalid, Judge(new Recording(DataTypes.Register).Write(0, 1).Write(1, 2).Read(2, 1).Read(3, 2).Write(4, 3, OperationType.Fail)).Kind);

    [Fact]
    public void A_hundred_thousand_increments_of_unknown_outcome_reach_every_sum_between()
    {
        VerdictKind Sum(long read)
        {
            var recording = new Recording(DataTypes.GCounter);
            for (var i = 0; i < 100_000; i++) recording.Add(100 + i, 1 + (i % 3), OperationType.Info);
            return Judge(recording.Add(1, 10).Read(2, read)).Kind;
        }

        Assert.Equal(VerdictKind.Valid, Sum(10));
        Assert.Equal(VerdictKind.Valid, Sum(100_009));
        Assert.Equal(VerdictKind.Valid, Sum(10 + 199_999));
        Assert.Equal(VerdictKind.Invalid, Sum(10 + 200_000));
        Assert.Equal(VerdictKind.Invalid, Sum(9));
    }

    [Fact]
    public void Sums_that_cannot_be_listed_within_the_budget_are_left_open()
    {
        var recording = new Recording(DataTypes.PnCounter);
        for (var i = 0; i < 50; i++) recording.Add(100 + i, (1L << i) * 3, OperationType.Info);
        var verdict = Eventual.Check(recording.Read(2, 1).Build(), DataTypes.PnCounter, CheckOptions.Default with { MaxSteps = 10_000 });
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Contains("budget", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Sums_wrap_at_64_bits()
    {
        Assert.Equal(VerdictKind.Valid, Judge(new Recording(DataTypes.PnCounter).Add(0, long.MaxValue).Add(1, 1, OperationType.Info).Read(2, long.MinValue)).Kind);
        Assert.Equal(VerdictKind.Valid, Judge(new Recording(DataTypes.PnCounter).Add(0, long.MaxValue).Add(1, 1).Read(2, long.MinValue)).Kind);
        Assert.Equal(VerdictKind.Invalid, Judge(new Recording(DataTypes.PnCounter).Add(0, long.MaxValue).Add(1, 1).Read(2, 0)).Kind);
    }

    [Fact]
    public void Reachable_sums_are_those_of_all_selections()
    {
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var numbers = Enumerable.Range(0, random.Next(8)).Select(_ => random.NextInt64(-9, 10)).ToArray();
            var sums = new ReachableSums();
            foreach (var number in numbers) sums.Add(number);
            var all = Enumerable.Range(0, 1 << numbers.Length).Select(mask => numbers.Where((_, n) => ((mask >> n) & 1) == 1).Sum()).ToHashSet();
            for (var sum = -80L; sum <= 80; sum++) Assert.Equal(all.Contains(sum), sums.Contains(sum));
        }
    }

    private static Verdict Judge(Recording recording, long quiet = 0)
    {
        var history = recording.Build();
        return Eventual.Check(history, history.Type!, CheckOptions.Default with { Quiet = quiet });
    }

    /// <summary>One operation after another.</summary>
    private sealed class Recording(DataType type)
    {
        private readonly HistoryBuilder _builder = new(type);
        private long _time;

        public Recording At(long time)
        {
            _time = time;
            return this;
        }

        public Recording Write(int process, long value, OperationType outcome = OperationType.Ok) => Do(process, Function.Write, _builder.Values.Integer(value), ValueId.Null, outcome);

        public Recording Add(int process, long value, OperationType outcome = OperationType.Ok) => Do(process, Function.Add, _builder.Values.Integer(value), ValueId.Null, outcome);

        public Recording Read(int process, long value) => Do(process, Function.Read, ValueId.Null, _builder.Values.Integer(value), OperationType.Ok);

        public Recording Nemesis(string fault)
        {
            _builder.Nemesis(EventType.Info, fault, Value.Null, _time++);
            return this;
        }

        public History Build() => _builder.Build();

        private Recording Do(int process, Function function, ValueId input, ValueId output, OperationType outcome)
        {
            Assert.Null(_builder.Invoke(process, function, ValueId.Null, input, _time++));
            Assert.Null(_builder.Complete(process, outcome, function, ValueId.Null, output, _time++));
            return this;
        }
    }
}

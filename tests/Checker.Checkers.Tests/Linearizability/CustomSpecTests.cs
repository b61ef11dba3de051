using Checker.Checkers.Linearizability;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>A data type of the user's own: a coin box that accepts coins and tells whether it is full.</summary>
public sealed class CustomSpecTests
{
    private static readonly DataType Box = new("coin-box", [], "insert a coin, ask whether it is full", ["insert-coin", "is-full"]);

    [Theory]
    [InlineData(2, false, VerdictKind.Valid)]
    [InlineData(2, true, VerdictKind.Invalid)]
    [InlineData(3, true, VerdictKind.Valid)]
    [InlineData(3, false, VerdictKind.Invalid)]
    public void Judges_by_a_struct_of_the_users_own(int coins, bool full, VerdictKind expected)
    {
        var builder = new HistoryBuilder(Box);
        for (var i = 0; i < coins; i++)
            Assert.Null(builder.Add(new HistoryEvent(-1, -1, i, EventType.Invoke, "insert-coin", default, default)));
        for (var i = 0; i < coins; i++)
            Assert.Null(builder.Add(new HistoryEvent(-1, -1, i, EventType.Ok, "insert-coin", default, default)));
        Assert.Null(builder.Add(new HistoryEvent(-1, -1, 0, EventType.Invoke, "is-full", default, default)));
        Assert.Null(builder.Add(new HistoryEvent(-1, -1, 0, EventType.Ok, "is-full", default, full)));
        var history = builder.Build();
        var verdict = Lin.Check<CoinBox, int>(history, Box, static (_, _) => default, CheckOptions.Default);
        Assert.Equal(expected, verdict.Kind);
        if (verdict.Certificate is OrderCertificate order)
        {
            Assert.Null(CertificateReplayer.Refute<CoinBox, int>(history, static (_, _) => default, order, CheckOptions.Default));
        }
    }

    [Fact]
    public void Goes_by_the_specification_even_if_the_type_has_a_bundled_name()
    {
        // A "register" whose reads return how often it was written.
        var history = Timeline.Draw(DataTypes.Register, "p0: |-w7-| |-w7-| |-r2-|");
        Assert.Equal(VerdictKind.Valid, Lin.Check<WriteCount, int>(history, DataTypes.Register, static (_, _) => default,
            CheckOptions.Default).Kind);
        Assert.Equal(VerdictKind.Invalid, Lin.Check(history, DataTypes.Register, CheckOptions.Default).Kind);
    }

    private readonly struct WriteCount : ISequentialSpec<int>
    {
        public int Initial => 0;

        public void Step(int state, in SpecOperation operation, NextStates<int> next)
        {
            if (operation.Function == Function.Write) next.Add(state + 1);
            else if (operation.IsInfo || operation.Output.InlineInteger == state) next.Add(state);
        }
    }

    private readonly struct CoinBox : ISequentialSpec<int>
    {
        public int Initial => 0;

        public void Step(int state, in SpecOperation operation, NextStates<int> next)
        {
            if (operation.Function == Function.FirstCustom) next.Add(state + 1);
            else if (operation.IsInfo || operation.Output == ValueId.Boolean(state >= 3)) next.Add(state);
        }
    }
}

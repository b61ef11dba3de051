using System.Globalization;
using Checker.Checkers.Lattice;
using Checker.Checkers.Objects;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Objects;

/// <summary>
/// Window streams, given by a specification of the user's own, separate the models as in Perrin, Mostéfaoui and Jard, "Causal consistency:
/// beyond memory", PPoPP 2016, figure 3. The figure's idea (which models each history separates) is from memory, cut to finitely many reads; the verdicts follow from the paper's
/// definitions.
/// </summary>
public sealed class WindowStreamTests
{
    // The digits: sequential, causal convergence, causal memory, causal, PRAM; then the four session guarantees.
    [Theory]
    [InlineData("01010 1111", "0 w 1", "0 r 0 1", "0 r 1 2", "1 w 2", "1 r 0 2", "1 r 1 2")]
    [InlineData("00111 1111", "0 w 1", "0 r 0 1", "0 r 1 2", "1 w 2", "1 r 0 2", "1 r 2 1")]
    [InlineData("00001 1110", "0 w 1", "1 r 0 1", "1 w 2", "2 r 0 2", "2 r 2 1")]
    [InlineData("11111 1111", "0 w 1", "0 r 0 1", "1 w 2", "1 r 1 2")]
    [InlineData("00010 1011", "0 w 1", "1 w 2", "2 r 1 2", "2 r 2 1")]
    [InlineData("00000 1101", "0 w 1", "0 w 2", "1 r 0 2")]
    public void A_stream_satisfies(string expected, params string[] operations)
    {
        var history = Parse(operations);
        Assert.Equal(expected, $"{Judge(history, ModelNames.Sequential, ModelNames.CausalConvergence, ModelNames.CausalMemory, ModelNames.Causal, ModelNames.Pram)} " +
            $"{Judge(history, ModelNames.ReadYourWrites, ModelNames.MonotonicReads, ModelNames.MonotonicWrites, ModelNames.WritesFollowReads)}");
    }

    private static string Judge(History history, params string[] models) => string.Concat(models.Select(model =>
        ObjectConsistency.Check<WindowStreamSpec, (ValueId Older, ValueId Newer)>(
            model, history, DataTypes.Register, static (values, initial) => new WindowStreamSpec(values, initial),
            new CheckOptions { Initial = 0 }).Kind switch
        {
            VerdictKind.Valid => "1",
            VerdictKind.Invalid => "0",
            _ => "?",
        }));

    private static History Parse(string[] operations)
    {
        var builder = new HistoryBuilder(DataTypes.Register);
        foreach (var words in operations.Select(static operation => operation.Split(' ')))
        {
            var process = int.Parse(words[0], CultureInfo.InvariantCulture);
            var values = words[2..].Select(word => builder.Values.Integer(long.Parse(word, CultureInfo.InvariantCulture))).ToArray();
            var (function, input, output) = words[1] == "w"
                ? (Function.Write, values[0], values[0]) : (Function.Read, ValueId.Null, builder.Values.List(values));
            Assert.Null(builder.Invoke(process, function, ValueId.Null, input));
            Assert.Null(builder.Complete(process, OperationType.Ok, function, ValueId.Null, output));
        }

        return builder.Build();
    }
}

using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Checkers.Tests.Registers;
using Checker.Histories;

namespace Checker.Checkers.Tests.Causal;

/// <summary>Values written more than once: what is known whichever write a read saw.</summary>
public class CausalBoundsTests
{
    [Theory]
    [InlineData(ModelNames.Causal)]
    [InlineData(ModelNames.CausalConvergence)]
    [InlineData(ModelNames.CausalMemory)]
    [InlineData(ModelNames.Sequential)]
    public void Rejects_a_read_of_what_every_choice_makes_known_to_be_overwritten(string model)
    {
        // Whoever wrote the 1 that process 3 found in y knew that 2 had replaced 1 in x.
        var verdict = Check(model, "0 w x 1", "0 w x 2", "0 w y 1", "1 r x 2", "1 w y 1", "3 r y 1", "3 r x 1");
        Assert.Equal(VerdictKind.Invalid, verdict.Kind);
        Assert.EndsWith("after what every choice of writes makes known", verdict.Algorithm, StringComparison.Ordinal);
        Assert.Contains("every other choice is contradicted as well", verdict.Anomalies[0].Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_the_same_in_the_view_of_one_process()
    {
        var verdict = Check(ModelNames.Pram, "0 w x 1", "0 w x 2", "0 w y 1", "0 w y 1", "3 r y 1", "3 r x 1");
        Assert.Equal(VerdictKind.Invalid, verdict.Kind);
        Assert.EndsWith("after what every choice of writes makes known", verdict.Algorithm, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ModelNames.Causal)]
    [InlineData(ModelNames.Pram)]
    public void Accepts_it_if_one_of_the_writers_did_not_know(string model) =>
        Assert.Equal(VerdictKind.Valid, Check(model, "0 w x 1", "0 w x 2", "0 w y 1", "1 w y 1", "3 r y 1", "3 r x 1", "0 r y 1").Kind);

    [Fact]
    public void Two_other_values_between_two_reads_of_one_need_no_choice()
    {
        var verdict = Check(ModelNames.MonotonicReads, "0 w x 1", "1 w x 2", "2 w x 2", "3 r x 1", "3 r x 2", "3 r x 1");
        Assert.Equal(VerdictKind.Invalid, verdict.Kind);
    }

    private static Verdict Check(string model, params string[] lines) =>
        Models.Find(model)!.Check(SmallHistory.Parse(lines).Build(), DataTypes.Kv, CheckOptions.Default);
}

using Checker.Checkers.Linearizability;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;
using Xunit.Abstractions;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>
/// Histories of containers that hold few values again and again, longer than the definition can judge: a search of their own, as a whole and as a beam,
/// must say what the general search says, and prove what is valid.
/// </summary>
internal static class RepeatedValues
{
    private const int Histories = 250;
    private const int Most = 40;

    /// <summary>Judges many histories.</summary>
    /// <param name="type">The container.</param>
    /// <param name="search">The search, as a beam if a width is given.</param>
    /// <param name="mostUndecided">How many of a hundred the whole search may leave open.</param>
    /// <param name="output">Where to say what was seen.</param>
    public static void AssertAgrees(
        DataType type, Func<KeyHistory, SearchBudget, BeamWidth?, SearchResult> search, int mostUndecided, ITestOutputHelper output)
    {
        var (valid, invalid, byBeam, open, undecided) = (0, 0, 0, 0, 0);
        Campaign.InBatches(Histories * Campaign.Multiplier, (batch, random) =>
        {
            for (var i = 0; i < Campaign.Batch; i++)
            {
                var small = Of(type, random, infoRate: i % 3 == 0 ? 0 : 0.05 + (0.25 * random.NextDouble()), spoilRate: i % 2 == 0 ? 0.04 : 0);
                var history = small.Build();
                var options = new CheckOptions { Initial = small.Initial };
                var rows = KeyPartition.Of(history, small.Type, history.Values.Intern(options.Initial), options)[0];
                var budget = new SearchBudget(300_000, 1L << 28, default);
                var expected = Lin.JudgeOf(small.Type).Judge(rows, budget).Kind;
                var all = search(rows, budget with { MaxSteps = 3_000_000 }, null);
                var beam = search(rows, budget, new BeamWidth(narrowest: 1, levels: 2));
                if (expected == VerdictKind.Unknown) (expected, _) = (all.Kind, Interlocked.Increment(ref open));
                if (all.Kind == VerdictKind.Unknown) Interlocked.Increment(ref undecided);
                if (beam.Kind != VerdictKind.Unknown) Interlocked.Increment(ref byBeam);
                if (expected == VerdictKind.Invalid) Interlocked.Increment(ref invalid);
                else if (expected == VerdictKind.Valid) Interlocked.Increment(ref valid);
                foreach (var result in (SearchResult[])[all, beam])
                {
                    if (result.Kind == VerdictKind.Unknown) continue;
                    if (expected != VerdictKind.Unknown) Assert.True(expected == result.Kind, $"batch {batch}, history {i}: {result.Kind}\n{small}");
                    if (result.Kind != VerdictKind.Valid) continue;
                    var wrong = CertificateReplayer.Refute(history, small.Type, new OrderCertificate(result.Order), options);
                    Assert.True(wrong is null, $"batch {batch}, history {i}: {wrong}\n{small}");
                }
            }
        });
        output.WriteLine($"{valid} valid, {invalid} invalid, {undecided} undecided; {byBeam} decided by a beam; {open} left open by the general search");
        Assert.InRange(invalid, Histories / 10, Histories * Campaign.Multiplier * 9 / 10);
        Assert.InRange(byBeam, Histories / 2, int.MaxValue);
        Assert.InRange(undecided, 0, mostUndecided * Histories * Campaign.Multiplier / 100);
    }

    // Of two to four values: those of any history of the type, given new names that several share; then perhaps some answers are changed.
    private static SmallHistory Of(DataType type, Random random, double infoRate, double spoilRate)
    {
        var any = SmallHistory.Long(type, random, Most, processes: random.Next(2, 7), infoRate, spoilRate: 0);
        var (values, names) = (random.Next(2, 5), new Dictionary<Value, Value>());
        var operations = any.Operations.Select(o => o with { Input = Name(o.Input), Output = Name(o.Output) }).ToList();
        for (var i = 0; i < operations.Count; i++)
        {
            if (operations[i] is not { Function: Function.Dequeue or Function.Pop, Type: OperationType.Ok } || random.NextDouble() >= spoilRate) continue;
            var value = random.Next(values + 1);
            operations[i] = operations[i] with { Output = value == values ? Value.Null : value };
        }

        if (type == DataTypes.Stack) // which the search leaves to others if it holds something at first, or somebody peeks
            return new(any.Type, Value.Null, observeFailedCas: false, [.. operations.Where(o => o.Function != Function.Peek)]);
        return new(any.Type, any.Initial.IsNull ? any.Initial : Value.List(Name(8), Name(9)), observeFailedCas: false, operations);

        Value Name(Value value)
        {
            if (value.IsNull) return value;
            if (!names.TryGetValue(value, out var name)) names.Add(value, name = random.Next(values));
            return name;
        }
    }
}

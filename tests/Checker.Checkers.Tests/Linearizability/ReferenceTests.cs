using Checker.Histories;
using Xunit.Abstractions;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>
/// The reference against a plainer one: every order of every choice of the unknown operations, one after the other, nothing remembered.
/// </summary>
public sealed class ReferenceTests(ITestOutputHelper output)
{
    private const int Most = 6;

    public static TheoryData<string> Types => [.. Campaign.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Remembering_what_was_tried_changes_no_verdict(string name)
    {
        var type = DataTypes.Find(name)!;
        var (valid, invalid) = (0, 0);
        Campaign.InBatches(500 * Campaign.Multiplier, (batch, random) =>
        {
            for (var i = 0; i < Campaign.Batch; i++)
            {
                var small = SmallHistory.Random(type, random, Most);
                var plain = IsLinearizable(type, small);
                Assert.True(plain == BruteForce.IsLinearizable(type, small.Initial, small.Judged), $"batch {batch}, history {i}: all orders say {plain}\n{small}");
                Interlocked.Increment(ref plain ? ref valid : ref invalid);
            }
        });
        output.WriteLine($"{name}: {valid} valid, {invalid} invalid");
        Assert.True(invalid > (valid + invalid) / 20 && valid > (valid + invalid) / 20, $"{valid} valid, {invalid} invalid");
    }

    // Places one operation after the other in every way; an order counts when it is complete.
    private static bool IsLinearizable(DataType type, SmallHistory history)
    {
        var left = history.Judged;
        return Place(ReferenceModel.Initial(type, history.Initial), left);

        bool Place(Histories.Values.Value state, List<ReferenceOperation> rest)
        {
            if (rest.TrueForAll(o => o.Type == OperationType.Info)) return true;
            foreach (var first in rest)
            {
                if (rest.Exists(other => other != first && other.Return < first.Invoke)) continue;
                var after = rest.Where(o => !ReferenceEquals(o, first)).ToList();
                foreach (var next in ReferenceModel.Step(type, state, first))
                {
                    if (Place(next, after)) return true;
                }
            }

            return false;
        }
    }
}

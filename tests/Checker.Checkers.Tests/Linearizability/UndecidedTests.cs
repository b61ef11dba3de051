using System.Globalization;
using System.Text.RegularExpressions;
using Checker.Benchmarks.Types;
using Checker.Histories;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>A verdict of a search that spent its budget says how far it came, whoever searched.</summary>
public sealed partial class UndecidedTests
{
    [Theory]
    [InlineData("queue", 3, 100)]
    [InlineData("pn-counter", 0, 400)]
    public void Says_how_many_operations_were_placed(string type, int values, int steps)
    {
        const int Operations = 3000;
        var kind = TypedKind.All.First(one => one.Name == type);
        var history = new TypedHistory(kind, Operations, Processes: 20, Unknown: 0, Spoiled: false, values).Build();
        var verdict = Lin.Check(history, DataTypes.All.Single(one => one.Name == type), CheckOptions.Default with { MaxSteps = steps });
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        var placed = int.Parse(Prefix().Match(verdict.Reason!).Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.InRange(placed, 1, Operations - 1);
    }

    [GeneratedRegex("longest linearizable prefix ([0-9,]+) operations")]
    private static partial Regex Prefix();
}

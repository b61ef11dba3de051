using System.Globalization;
using Checker.Histories.Values;
using Checker.Targets;
using Checker.Targets.Faults;

namespace Checker.Harness.Nemeses;

/// <summary>What is done to clocks.</summary>
public enum ClockFault
{
    /// <summary>The wall clock jumps once.</summary>
    Jump,

    /// <summary>The wall clock jumps there and back, again and again.</summary>
    Strobe,

    /// <summary>The clocks run too fast or too slow.</summary>
    Skew,
}

/// <summary>
/// Disturbs the clocks of one node, a minority, a majority or the primaries: jumps of 100 ms to 100 s, either way; strobes of that size
/// every 50 ms to 500 ms; rates from half to double speed.
/// </summary>
/// <param name="kind">What is done.</param>
public sealed class ClockNemesis(ClockFault kind) : INemesis
{
    private static readonly NodeScope[] Scopes = [NodeScope.One, NodeScope.Minority, NodeScope.Majority, NodeScope.Primaries];

    private static readonly double[] Rates = [0.5, 0.75, 0.9, 0.95, 1.05, 1.1, 1.5, 2];

    /// <inheritdoc/>
    public string Name => "clock-" + kind.ToString().ToLowerInvariant();

    /// <inheritdoc/>
    public string Summary => kind switch
    {
        ClockFault.Jump => "sets the wall clocks of some nodes wrong by 100 ms to 100 s",
        ClockFault.Strobe => "lets the wall clocks of some nodes jump there and back",
        _ => "lets the clocks of some nodes run at half to double speed",
    };

    /// <inheritdoc/>
    public string Requires => "clocks that can be set";

    /// <inheritdoc/>
    public bool CanHarm(ICluster cluster) => cluster is IClockSkewable;

    /// <inheritdoc/>
    public async ValueTask<Injection?> InjectAsync(NemesisContext context)
    {
        var clocks = (IClockSkewable)context.Cluster;
        var scope = context.Random.Pick(Scopes);
        var nodes = NodeScopes.Choose(scope, context);
        if (nodes.Count == 0) nodes = NodeScopes.Choose(NodeScope.One, context);

        var amounts = new Dictionary<int, long>();
        var rates = new Dictionary<int, double>();
        foreach (var node in nodes)
        {
            var amount = Intervals.Draw(context.Random, 100 * Intervals.Millisecond, 100 * Intervals.Second);
            amounts[node] = context.Random.Chance(0.5) ? amount : -amount;
            rates[node] = context.Random.Pick(Rates);
        }

        var period = Intervals.Draw(context.Random, 50 * Intervals.Millisecond, 500 * Intervals.Millisecond);
        var group = await FaultGroup.InjectAsync(nodes, async node => kind switch
        {
            ClockFault.Jump => await clocks.JumpClockAsync(node, amounts[node]),
            ClockFault.Strobe => await ClockStrobe.StartAsync(clocks, node, amounts[node], period, context.After),
            _ => await clocks.DriftClockAsync(node, rates[node]),
        });
        var details = Value.Map(nodes.Select(node => KeyValuePair.Create(
            Value.String(context.NameOf(node)), Value.String(kind == ClockFault.Skew ? Rate(rates[node]) : Amount(amounts[node])))));
        return new Injection(Name, details, group);
    }

    private static string Amount(long nanoseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{(nanoseconds < 0 ? "" : "+")}{nanoseconds / Intervals.Millisecond} ms");

    private static string Rate(double rate) => string.Create(CultureInfo.InvariantCulture, $"×{rate}");
}

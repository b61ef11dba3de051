using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>Decides counters that go up and down by any amounts (<see cref="SumFrontier"/>).</summary>
internal sealed class SumCounter : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "counter frontier (any amounts)";

    /// <inheritdoc/>
    public bool Searches => true;

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.PnCounter.Name || type.Name == DataTypes.Counter.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var events = SumEvents.Of(history, out var reason);
        if (events is null) return SpecialVerdict.NotApplicable(reason!);
        var budget = new SearchBudget(options.MaxSteps, options.MaxBytes, options.Cancellation);
        var beam = new BeamWidth();
        var frontier = new SumFrontier(events, budget, options.Certify);
        var found = frontier.Run(beam);
        if (history.Count > 900 && Environment.GetEnvironmentVariable("SUMDBG") is not null && found != false && beam.Failures > 0) Console.Error.WriteLine($"{found} steps {frontier.Steps} failures {beam.Failures} stuck {frontier.Stuck}/{history.Count} {frontier.Spent}");
        if (found == true)
        {
            var order = options.Certify ? RealTime.ToOperations(Complete(frontier.Order(), events, history), history) : null;
            return SpecialVerdict.Valid(order) with { Steps = frontier.Steps };
        }

        return SpecialVerdict.NotApplicable("todo") with { Steps = frontier.Steps };
    }

    private static int[] Complete(int[] order, SumEvents events, in KeyHistory history) =>
        events.Nothings.Count == 0 ? order : RealTime.Merge([order, [.. events.Nothings]], history);
}

using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// Decides counters that go up and down by any amounts, and those that only grow where <see cref="DeltaCounter"/> does not come on, by
/// <see cref="SumFrontier"/>.
/// </summary>
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
        var frontier = new SumFrontier(events, budget, options.Certify);
        var found = frontier.Run(new BeamWidth());
        if (found == true)
        {
            var order = options.Certify ? RealTime.ToOperations(Complete(frontier.Order(), events, history), history) : null;
            return SpecialVerdict.Valid(order) with { Steps = frontier.Steps };
        }

        if (found == false) return SpecialVerdict.Invalid(Impossible(history, events, frontier.Part)) with { Steps = frontier.Steps };
        return SpecialVerdict.Spent(new()
        {
            Kind = VerdictKind.Unknown,
            Order = [],
            Placed = frontier.Placed,
            Reason = frontier.Spent,
            Steps = frontier.Steps,
        });
    }

    // The reads of the part, and whatever may have changed what they found.
    private static Anomaly Impossible(in KeyHistory history, SumEvents events, (int From, int To) part)
    {
        var evidence = new EvidenceBuilder(history);
        for (var time = 0; time <= part.To; time++)
        {
            if (events[time] < 0) continue;
            var row = events[time];
            if (time >= part.From || events.Kind(row) != SumKind.Read) evidence.Add(row);
        }

        return evidence.Build("non-linearizable", "");
    }

    private static int[] Complete(int[] order, SumEvents events, in KeyHistory history) =>
        events.Nothings.Count == 0 ? order : RealTime.Merge([order, [.. events.Nothings]], history);
}

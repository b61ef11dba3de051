using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// Decides counters that go up and down by any amounts, and those that only grow where <see cref="DeltaCounter"/> does not come on, first by
/// <see cref="SumLane"/>, which follows few ways, then by <see cref="SumFrontier"/>.
/// </summary>
internal sealed class SumCounter : ISpecialAlgorithm
{
    private const int Nearest = 32; // events
    private const int Farthest = 512;
    private const long StepsPerEvent = 400;

    /// <inheritdoc/>
    public string Name => "counter frontier (any amounts)";

    /// <inheritdoc/>
    public bool Searches => true;

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.PnCounter.Name || type.Name == DataTypes.Counter.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var lane = SumLane.Along(history, options);
        if (lane is { Obstacle: < 0 })
        {
            var order = options.Certify ? RealTime.ToOperations(Complete(lane.Order(), Nothings(history), history), history) : null;
            return SpecialVerdict.Valid(order) with { Steps = lane.Steps };
        }

        var events = SumEvents.Of(history, out var reason);
        if (events is null) return SpecialVerdict.NotApplicable(reason!);
        var spent = lane?.Steps ?? 0;
        var budget = new SearchBudget(Math.Max(1, options.MaxSteps - spent), options.MaxBytes, options.Cancellation);
        var frontier = new SumFrontier(events, budget, options.Certify);
        var found = lane is not null && IsImpossibleNear(lane.Obstacle, frontier) ? false : frontier.Run(new BeamWidth());
        if (found == true)
        {
            var order = options.Certify ? RealTime.ToOperations(Complete(frontier.Order(), events.Nothings, history), history) : null;
            return SpecialVerdict.Valid(order) with { Steps = spent + frontier.Steps };
        }

        if (found == false) return SpecialVerdict.Invalid(Impossible(history, events, frontier.Part)) with { Steps = spent + frontier.Steps };
        return SpecialVerdict.Spent(new()
        {
            Kind = VerdictKind.Unknown,
            Order = [],
            Placed = Math.Max(frontier.Placed, lane?.Placed ?? 0),
            Reason = frontier.Spent,
            Steps = spent + frontier.Steps,
        });
    }

    // Whether what lies before the place where the lane ended has no order by itself, whatever was before.
    private static bool IsImpossibleNear(int obstacle, SumFrontier frontier)
    {
        for (var events = Nearest; events <= Farthest; events *= 4)
        {
            if (frontier.IsImpossible(Math.Max(0, obstacle - events), obstacle, frontier.Steps + (StepsPerEvent * events))) return true;
        }

        return false;
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

    private static List<int> Nothings(in KeyHistory history)
    {
        var rows = new List<int>();
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Read && history.Returns[row] != KeyHistory.Never && CounterRows.Amount(history, row) == 0) rows.Add(row);
        }

        return rows;
    }

    private static int[] Complete(int[] order, List<int> nothings, in KeyHistory history) =>
        nothings.Count == 0 ? order : RealTime.Merge([order, [.. nothings]], history);
}

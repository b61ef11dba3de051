using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>Judges candidates for a counterexample, within a budget for all of them together.</summary>
internal sealed class SubhistoryJudge(IObjectJudge judge, ISpecialAlgorithm[] special, CheckOptions options)
{
    private const long LeastSteps = 3_000_000; // about a second
    private const long StepsForOne = 300_000;
    private const int Passes = 8;

    private readonly SearchRace _race = new(judge);
    private readonly ISpecialAlgorithm[] _special = [.. special.Where(algorithm => algorithm.Refutes)];
    private long _effort = StepsForOne; // the most steps for one candidate
    private long _kept; // of what is left, for greater efforts
    private long _left = Math.Min(LeastSteps, options.MaxSteps);

    /// <summary>The steps for all candidates together; the rows of a candidate count as well.</summary>
    public long StepsForAll { get; private set; } = Math.Min(LeastSteps, options.MaxSteps);

    /// <summary>The budget of one candidate.</summary>
    public SearchBudget Budget => new(Math.Clamp(_left, 1, StepsForOne), options.MaxBytes, options.Cancellation);

    /// <summary>Whether nothing is left for this effort; then no candidate is judged.</summary>
    public bool Spent => _left <= _kept || options.Cancellation.IsCancellationRequested;

    /// <summary>The efforts to shrink with, one after the other.</summary>
    public static ReadOnlySpan<long> Efforts => [10_000, 100_000, 1_000_000];

    /// <summary>From now on a candidate gets so many steps at most, and all of them together an equal part for each effort that is left.</summary>
    public void Begin(long effort)
    {
        _effort = effort;
        var efforts = Efforts.Length - Efforts.IndexOf(effort);
        _kept = _left - (_left / efforts);
    }

    /// <summary>What a special algorithm said about the last candidate that was invalid; null if none decided it.</summary>
    public Anomaly? Said { get; private set; }

    /// <summary>Lets candidates of a history be judged a few times at least, however long it is.</summary>
    public void Allow(in KeyHistory history)
    {
        var more = Math.Min(Passes * Size(history), options.MaxSteps) - StepsForAll;
        if (more <= 0) return;
        _left += more;
        StepsForAll += more;
    }

    // The rows, and what their results list.
    private static long Size(in KeyHistory candidate)
    {
        long size = candidate.Count;
        var values = candidate.History.Values;
        foreach (var output in candidate.Outputs)
        {
            if (values.Kind(output) is ValueKind.List or ValueKind.Map) size += values.Items(output).Length;
        }

        return size;
    }

    /// <summary>Whether a candidate is certainly not linearizable.</summary>
    public bool IsInvalid(in KeyHistory candidate) => KindOf(candidate) == VerdictKind.Invalid;

    /// <summary>Judges a candidate.</summary>
    public VerdictKind KindOf(in KeyHistory candidate) => Judge(candidate, ordered: false, out _);

    /// <summary>Whether what is left of a history shows nothing, so that it is valid in any order.</summary>
    public static bool ShowsNothing(in KeyHistory history, bool[] gone)
    {
        if (RowLinks.OnlyLook(history.Type) is not { } look) return false;
        for (var row = 0; row < gone.Length; row++)
        {
            if (!gone[row] && history.Functions[row] == look) return false;
        }

        return true;
    }

    /// <summary>Judges a candidate; if it is valid, finds an order of it, as numbers of operations, where one is at hand.</summary>
    public VerdictKind Judge(in KeyHistory candidate, out int[]? order) => Judge(candidate, ordered: true, out order);

    private VerdictKind Judge(in KeyHistory candidate, bool ordered, out int[]? order)
    {
        order = null;
        if (Spent) return VerdictKind.Unknown;
        _left -= 16 + Size(candidate);
        foreach (var algorithm in _special)
        {
            var answer = algorithm.TryDecide(candidate, options with { MaxSteps = Math.Clamp(_left, 1, _effort), Certify = ordered });
            _left -= answer.Steps;
            if (answer.Outcome == SpecialOutcome.NotApplicable) continue;
            order = answer.Order;
            if (answer.Outcome == SpecialOutcome.Invalid) Said = answer.Anomaly;
            return answer.Outcome switch
            {
                SpecialOutcome.Valid => VerdictKind.Valid,
                SpecialOutcome.Invalid => VerdictKind.Invalid,
                _ => VerdictKind.Unknown,
            };
        }

        var (_, result) = _race.Run(candidate, Budget with { MaxSteps = Math.Clamp(_left, 1, _effort) });
        _left -= result.Steps;
        if (result.Kind == VerdictKind.Valid) order = result.Order;
        if (result.Kind == VerdictKind.Invalid) Said = null;
        return result.Kind;
    }
}

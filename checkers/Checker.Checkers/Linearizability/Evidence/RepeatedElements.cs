using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// Makes a counterexample of a container or a set smaller whose elements come again, where leaving out all that has to do with an element leaves out too much:
/// cuts it at the first return that cannot be, and leaves out what makes no difference to what can be reached before that.
/// </summary>
/// <param name="judge">Says which candidates are invalid.</param>
/// <param name="objects">Knows what can be reached.</param>
internal sealed class RepeatedElements(SubhistoryJudge judge, IObjectJudge objects)
{
    private const long MostSteps = 5_000_000; // for all questions about what can be reached, about two seconds
    private const int MostRows = 256; // of which all runs are tried
    private const int Near = 16; // rows

    private long _steps;

    /// <summary>Whether something that is left may be too much: it could not be said within the budget.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>Whether there may be something to gain.</summary>
    public static bool Has(in KeyHistory history) =>
        (history.Type.Name == DataTypes.Set.Name || ContainerLinks.IsContainer(history.Type)) && Repetition.Of(history).Count > 0;

    /// <summary>
    /// Leaves out what can be left out. The result is invalid; operations that had not returned where it was cut may have lost their answers
    /// (<see cref="Truncation.Answered"/>).
    /// </summary>
    public KeyHistory Shrink(KeyHistory history)
    {
        GaveUp = false;
        return WithoutIndifferent(Truncated(history));
    }

    // Cut at the first return that cannot be: from there backwards in steps that double, then between two of them.
    private KeyHistory Truncated(KeyHistory history)
    {
        int[] returns = [.. history.Returns.ToArray().Where(end => end != KeyHistory.Never).Order()];
        var (invalid, least, found) = (returns.Length - 1, 0, history);
        for (var step = 1; least < invalid; step = Math.Min(2 * step, Math.Max(1, (invalid - least) / 2)))
        {
            var at = Math.Max(least, invalid - step);
            var candidate = Truncation.At(history, returns[at]);
            var kind = judge.KindOf(candidate);
            GaveUp |= kind == VerdictKind.Unknown;
            if (kind == VerdictKind.Invalid) (invalid, found) = (at, candidate);
            else least = at + 1;
        }

        return found.Count < history.Count ? found : history;
    }

    // First what is close together, as that takes least; then all, if that is not too much.
    private KeyHistory WithoutIndifferent(KeyHistory history)
    {
        for (var before = -1; ;)
        {
            var reachable = objects.Reachable(history, MostSteps - _steps);
            var candidates = new Indifference(history);
            var answered = TryAll(reachable, candidates, Near, 2 * Near);
            var small = answered && reachable.IsComplete && candidates.Count <= MostRows;
            if (small) answered = TryAll(reachable, candidates, history.Count, 2 * Near) && TryAll(reachable, candidates, history.Count, int.MaxValue);
            _steps += reachable.Steps;
            history = candidates.Rest();
            GaveUp |= !answered || (!small && history.Count == before);
            if (small || !answered || history.Count == before) return history;
            before = history.Count;
        }
    }

    // False if the budget was spent.
    private static bool TryAll(IReachable reachable, Indifference candidates, int longest, int events)
    {
        for (var any = true; any;)
        {
            any = false;
            foreach (var gone in candidates.Of(reachable.End, longest))
            {
                if (reachable.TryLeaveOut(gone, events) is not { } left) return false;
                if (!left) continue;
                any = true;
                candidates.LeaveOut(gone);
            }
        }

        return true;
    }
}

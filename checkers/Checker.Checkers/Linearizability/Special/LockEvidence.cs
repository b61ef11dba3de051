using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>Why the operations of a lock contradict each other.</summary>
internal static class LockEvidence
{
    /// <summary>An owner acquired what it held.</summary>
    public static Anomaly Twice(in KeyHistory history, int first, int second)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.RealTime(first, second);
        return evidence.Build("double-acquire", $"{prose.Did(first)}, and {prose.Did(second)} for the same owner, without a release in between; the lock is not reentrant.");
    }

    /// <summary>An owner released what it did not hold.</summary>
    /// <param name="history">The lock.</param>
    /// <param name="earlier">The owner's step before; −1 if there is none.</param>
    /// <param name="release">The release.</param>
    public static Anomaly NotHeld(in KeyHistory history, int earlier, int release)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(release);
        return evidence.Build(
            "release-without-hold",
            $"{prose.Did(release)}, but its owner did not hold " +
            $"it{(earlier < 0 ? "" : $"; the owner's last step before was: {prose.Did(earlier)}")}.");
    }

    /// <summary>Two holds at once.</summary>
    public static Anomaly Overlap(in KeyHistory history, LockHold one, LockHold other)
    {
        var evidence = Both(history, one, other);
        var prose = new Prose(history);
        if (other.Release >= 0) evidence.RealTime(one.Acquire, other.Release);
        if (one.Release >= 0) evidence.RealTime(other.Acquire, one.Release);
        var when = other.IsLasting ? $"Both held the lock at {prose.Ended(other.Acquire)}." : "The second was over before the first was.";
        return evidence.Build("mutual-exclusion", $"{Words(history, one)}; {Words(history, other)}. {when}");
    }

    /// <summary>A hold after another one with no lesser token.</summary>
    public static Anomaly Tokens(in KeyHistory history, LockHold one, LockHold other)
    {
        var evidence = Both(history, one, other);
        if (other.Release >= 0 && one.From < 2L * history.Invokes[other.Release]) evidence.RealTime(one.Acquire, other.Release);
        return evidence.Build(
            "stale-token",
            $"{Words(history, one)}; {Words(history, other)}. The later hold has no greater fencing token than the earlier one.");
    }

    /// <summary>A hold that was over, or began, too late for one with a greater token.</summary>
    public static Anomaly TooLate(in KeyHistory history, LockHold one, LockHold other)
    {
        var evidence = Both(history, one, other);
        return evidence.Build(
            "stale-token",
            $"{Words(history, one)}; {Words(history, other)}. By the fencing tokens the first of these came before the second, but the second had its " +
            $"lock by {new Prose(history).Ended(other.Acquire)}, when the first could not be over.");
    }

    private static EvidenceBuilder Both(in KeyHistory history, LockHold one, LockHold other)
    {
        var evidence = new EvidenceBuilder(history);
        foreach (var hold in (LockHold[])[one, other])
        {
            evidence.Add(hold.Acquire);
            if (hold.Release >= 0) evidence.Add(hold.Release);
        }

        return evidence;
    }

    private static string Words(in KeyHistory history, LockHold hold)
    {
        var prose = new Prose(history);
        var argument = Specs.LockArgument.Of(
            history.History.Values, history.Types[hold.Acquire], history.Inputs[hold.Acquire], history.Outputs[hold.Acquire], 0);
        var lease = argument.Lease is not { } milliseconds ? "" : milliseconds == 0 ? " on a lease" : $" on a lease of {milliseconds} ms from {prose.Began(hold.Acquire)} on";
        return hold.Release < 0
            ? $"{prose.Did(hold.Acquire)}{lease} and did not release it{(lease.Length > 0 ? " before its end" : "")}"
            : $"{prose.Did(hold.Acquire)}{lease} and began to release it at {prose.Began(hold.Release)}";
    }
}

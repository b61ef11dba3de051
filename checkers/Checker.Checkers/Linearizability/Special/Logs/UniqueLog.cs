using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Logs;

/// <summary>
/// Decides append-only logs. Offsets fix the order of the sends: those that a send was told itself, those where a poll shows an entry that was
/// sent once, and for all others what <see cref="LogPlaces"/> leaves. A poll comes after the last entry it shows and before the first one
/// it was asked for and does not show. O(n), where sends do not know their offsets O(n log n), and the lengths of what was polled.
/// </summary>
internal sealed class UniqueLog : ISpecialAlgorithm
{
    /// <inheritdoc/>
    public string Name => "log offsets";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.Log.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var values = history.History.Values;
        if (values.Kind(history.Initial) == ValueKind.List && !values.Items(history.Initial).IsEmpty)
        {
            return SpecialVerdict.NotApplicable("the log is not empty at first");
        }

        if (LogSends.Of(history, out var verdict) is not { } sends) return verdict;
        if (LogEvidence.Impossible(history, sends.Polls, sends.Last + 1) is { } wrong) return SpecialVerdict.Invalid(wrong);
        var unplaced = sends.Unplaced();
        var places = new LogPlaces(history, sends, unplaced);
        if (!places.Fill())
        {
            return SpecialVerdict.Invalid(places.Hole >= 0
                ? LogEvidence.Hole(history, sends, places.Hole, unplaced)
                : LogEvidence.Unplaceable(history, places.Homeless));
        }

        var sequence = sends.Polls;
        if (!sequence.HasOrder())
        {
            return SpecialVerdict.Invalid(LogEvidence.OutOfTime(history, sequence, sends, guessed: IsGuess(sequence.Early) || IsGuess(sequence.Late)));
        }

        return SpecialVerdict.Valid(options.Certify ? RealTime.ToOperations(sequence.Order(), history) : null);

        bool IsGuess(int row) => unplaced.BinarySearch(row) >= 0;
    }
}

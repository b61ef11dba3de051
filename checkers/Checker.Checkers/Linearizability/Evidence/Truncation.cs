using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>
/// What is certain of a container or a set at a moment: what began later is not there, and what was removed by an operation that had not returned is
/// unknown. What has a linearization has one until any moment. What was inserted too late for those who found it stays, and who took out later what was
/// inserted: it harms nobody, and nobody shall say that it was never inserted, or never came out.
/// </summary>
internal static class Truncation
{
    /// <summary>The history as far as a position. O(rows).</summary>
    public static KeyHistory At(in KeyHistory history, int position)
    {
        var kept = new bool[history.Count];
        var unanswered = new HashSet<int>();
        var row = 0;
        for (; row < history.Count && history.Invokes[row] < position; row++)
        {
            kept[row] = history.Returns[row] <= position || history.Returns[row] == KeyHistory.Never || !OnlyLooks(history, row);
        }

        new Sightings(history).AddLacking(kept, row);
        for (row = 0; row < history.Count; row++)
        {
            var answered = history.Returns[row] > position && history.Returns[row] != KeyHistory.Never;
            if (kept[row] && answered && !IsBlind(history, row)) unanswered.Add(history.Operations[row]);
        }

        return history.Marked(kept, kept: true).Unanswered(unanswered);
    }

    /// <summary>
    /// The rows that are left of a truncated history, with their answers; without those that had none then and have one, as they may not have happened, unless
    /// what was found would seem to have come about by nobody.
    /// </summary>
    /// <param name="truncated">The rows that are left.</param>
    /// <param name="whole">The history with all answers.</param>
    public static KeyHistory Answered(in KeyHistory truncated, in KeyHistory whole)
    {
        var rows = new int[truncated.Count];
        var kept = new bool[truncated.Count];
        for (var row = 0; row < truncated.Count; row++)
        {
            rows[row] = whole.Operations.BinarySearch(truncated.Operations[row]);
            kept[row] = truncated.Types[row] == whole.Types[rows[row]];
        }

        var answered = whole.Only(rows);
        if (!kept.Contains(false)) return answered;
        new Sightings(answered).AddLacking(kept, 0);
        return answered.Marked(kept, kept: true);
    }

    // Whether an operation says nothing that depends on when it took effect.
    private static bool IsBlind(in KeyHistory history, int row) =>
        ContainerLinks.IsInsertion(history.Functions[row])
        || (Repetition.Changes(history.Functions[row]) && history.History.Values.Kind(history.Outputs[row]) != ValueKind.Boolean);

    private static bool OnlyLooks(in KeyHistory history, int row) =>
        history.Functions[row] is Function.Peek or Function.Read or Function.Contains
        || (!Repetition.Changes(history.Functions[row]) && history.Outputs[row].IsNull);
}

namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>
/// What will be needed: a history is judged when it is over, so how many elements of a value may go to dequeues of unknown outcome is known long before
/// one is missing.
/// </summary>
internal sealed class QueueOutlook
{
    private readonly QueueProblem _problem;
    private readonly int[][] _toSpare; // by value and dequeue: what was put in before its return beyond what is known to have come out by then, at its worst from there on

    public QueueOutlook(QueueProblem problem, int values)
    {
        _problem = problem;
        _toSpare = new int[values][];
        for (var value = 0; value < values; value++)
        {
            var dequeues = problem.Dequeues.Returning(value);
            var spare = _toSpare[value] = new int[dequeues.Length];
            for (var i = 0; i < spare.Length; i++)
            {
                var end = problem.Dequeues[dequeues[i]].Return;
                spare[i] = problem.Enqueues.BegunBefore(value, end) + problem.Supply.BegunBefore(value, end) - (i + 1);
            }

            for (var i = spare.Length - 2; i >= 0; i--) spare[i] = Math.Min(spare[i], spare[i + 1]);
        }
    }

    /// <summary>
    /// Whether one more element of a value can go to a dequeue of unknown outcome without leaving too few for the others. No dequeue of the value may be open
    /// and not paired.
    /// </summary>
    public bool CanSpare(QueueConfiguration at, int value)
    {
        var (enqueues, dequeues) = (_problem.Enqueues, _problem.Dequeues);
        var spare = _toSpare[value];
        var returned = dequeues.ReturnedBefore(value, at.Left);
        if (returned == spare.Length) return true;
        var paired = dequeues.BegunBefore(value, dequeues.TimeBefore(at.Left) + 1) - _problem.Supply.UsedOf(value, at.Used);
        var begun = enqueues.BegunBefore(value, enqueues.TimeBefore(at.Entered) + 1);
        var gone = begun - enqueues.CountOpen(value, at.Entered, at.Enqueues) - paired;
        return gone < spare[returned];
    }
}

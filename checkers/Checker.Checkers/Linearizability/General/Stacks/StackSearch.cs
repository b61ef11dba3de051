using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General.Stacks;

/// <summary>
/// Searches stacks whose values repeat, operations of unknown outcome included. For each return that is due, what decides is only which of the operations that
/// are open have been placed already; for each such case all that the stack may hold is carried as one set (<see cref="StackContents"/>). So the work is
/// the number of such cases times the length of the history, however many different contents there are.
/// </summary>
/// <remarks>
/// <para>An order can be changed afterwards: what lies below something that is still there was the whole stack just before that was pushed. So whatever
/// is placed there, just before that push, changes nothing above. Therefore nothing needs to be placed before its own return is due: then it is placed
/// last of all, or just before the push of something that is still there and was pushed after its invocation. If in some order an operation comes
/// earlier, what comes between can be moved before it or it after that, unless a push comes between whose element stays; and just before the last such
/// push is a place as well. What is pushed has the time of the push that it was placed before.</para>
/// <para>Two things are placed before they return. A pop that finds its value below other values needs them popped, by pops that are open at that time,
/// or of unknown outcome. And a pop may take what is pushed just before it; that is of no use where its value is on top, since what is left without that
/// push can become the same by it later. Of operations that do the same with the same value the one that returns no later and was invoked no earlier
/// serves first, as two can be exchanged; an operation of unknown outcome never returns. A push of unknown outcome serves only so, and a pop of unknown
/// outcome only before another pop.</para>
/// <para>Times are told apart only by what is open: two between which nothing was invoked that is open are one (<see cref="StackMoment.Age"/>).</para>
/// <para>Of two cases with the same operations left, one of which used no more of unknown outcome and may hold all that the other may, that one is
/// enough. A beam carries the most promising cases and goes back and carries more where none survives. It refutes only if nothing was left out; that is
/// so, too, where a pop of unknown outcome would be placed before the invocation of the next one that is not used, though not of all that are. The order
/// is found backwards, from any of the contents in the end. A step is a case that was carried on, or a place that was tried.</para>
/// </remarks>
internal sealed class StackSearch
{
    /// <summary>The name in verdicts.</summary>
    public const string Name = "stack contents (repeated values)";

    private const int EventsOfReturn = 2;

    private readonly StackProblem _problem;
    private readonly BeamWidth? _beam;
    private readonly StepMeter _meter;
    private readonly StackContents _contents = new();
    private readonly StackUses _uses = new();
    private readonly StackMoment _moment;
    private readonly StackStep _step;
    private readonly List<StackLayer> _layers = []; // by return
    private long _bytes;

    /// <summary>A search for one stack.</summary>
    /// <param name="problem">The stack.</param>
    /// <param name="budget">What it may spend.</param>
    /// <param name="beam">How many cases to carry; null for all.</param>
    public StackSearch(StackProblem problem, SearchBudget budget, BeamWidth? beam = null)
    {
        (_problem, _beam) = (problem, beam);
        _moment = new StackMoment(problem, _uses);
        _meter = new StepMeter(budget, () => _bytes + _contents.Bytes);
        _step = new StackStep(_moment, _contents, _uses, _meter);
    }

    /// <summary>Searches until an order is found, none is left, or the budget is spent.</summary>
    public SearchResult Run(in KeyHistory history)
    {
        var (first, farthest) = (new StackLayer(), 0);
        first.Add(new(Pending: 0, StackUses.None), StackContents.Nothing, _contents);
        _layers.Add(first);
        while (_layers.Count <= _problem.Count)
        {
            var at = EventsOfReturn * _layers.Count;
            _moment.Load(_layers.Count - 1);
            var past = _step.Pass(_layers[^1], _beam?.At(at) ?? int.MaxValue);
            farthest = Math.Max(farthest, _layers.Count - 1);
            if (_step.Spent is { } reason) return Failed(history, farthest, reason);
            if (past.Count > 0)
            {
                _bytes += past.Bytes;
                _layers.Add(past);
                continue;
            }

            if (!past.Truncated) return Failed(history, farthest, null);
            if (_beam?.Widen(at) != true) return Failed(history, farthest, "the most promising orders lead nowhere");
            for (var back = _beam.Back / EventsOfReturn; back > 0 && _layers.Count > 1; back--)
            {
                _bytes -= _layers[^1].Bytes;
                _layers.RemoveAt(_layers.Count - 1);
            }
        }

        return new() { Kind = VerdictKind.Valid, Order = new StackReplay(_contents, _uses, _moment).Order(_layers, history), Steps = _meter.Steps };
    }

    private SearchResult Failed(in KeyHistory history, int stuck, string? reason) => new()
    {
        Kind = reason is null ? VerdictKind.Invalid : VerdictKind.Unknown,
        Order = [],
        Placed = stuck,
        Stuck = history.Operations[_problem[stuck].Row],
        Reason = reason ?? "",
        Steps = _meter.Steps,
    };
}

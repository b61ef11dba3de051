using Checker.Checkers.Linearizability.General.Registers;
using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General;

/// <summary>
/// Searches one object with every strategy there is for it. For registers: first what refutes at a glance, then a beam that carries only
/// the most promising configurations, which finds an order of almost every valid history in linear time. What is left is raced, in turns
/// that grow: the depth-first search against the frontier of all configurations. Not safe for several threads; its columns
/// serve for one object after another.
/// </summary>
/// <remarks>
/// The turns depend on steps only, and of two engines that decide in the same turn the first counts, so that the outcome is the same however
/// many cores there are.
/// </remarks>
/// <param name="judge">The depth-first search.</param>
/// <param name="cores">How many cores a race may use.</param>
internal sealed class SearchRace(IObjectJudge judge, int cores = 1)
{
    /// <summary>The name of the depth-first search in verdicts.</summary>
    public const string GeneralSearch = "general search";

    /// <summary>The name in verdicts of <see cref="StaleReads"/>.</summary>
    public const string StaleRead = "stale reads (repeated values)";

    private const int Growth = 4;

    private readonly RegisterJudge _registers = new();

    /// <summary>Searches within a budget that all turns share.</summary>
    public (string Name, SearchResult Result) Run(in KeyHistory history, SearchBudget budget)
    {
        if (!judge.IsBundled || !_registers.TryLoad(history)) return (GeneralSearch, judge.Judge(history, budget));
        if (_registers.StaleRead() is >= 0 and var stale)
            return (StaleRead, new SearchResult { Kind = VerdictKind.Invalid, Order = [], Stuck = stale, Steps = history.Count });
        var turns = new Turns(budget);
        var promising = _registers.Judge(history, turns.Next(turns.Left / 2), new BeamWidth());
        if (turns.Add(RegisterJudge.Name, promising)) return turns.Outcome;

        for (var turn = 1_000L + (16L * history.Count); !turns.Spent; turn *= Growth)
        {
            if (Race(history, turns, turn)) break;
        }

        return turns.Outcome;
    }

    private bool Race(KeyHistory history, Turns turns, long turn)
    {
        var (first, second) = turns.Pair(turn);
        if (cores == 1)
        {
            return turns.Add(GeneralSearch, judge.Judge(history, first)) || turns.Spent
                || turns.Add(RegisterJudge.Name, _registers.Judge(history, second));
        }

        using var callOff = CancellationTokenSource.CreateLinkedTokenSource(second.Cancellation);
        var other = Task.Run(() => _registers.Judge(history, second with { Cancellation = callOff.Token }));
        var result = judge.Judge(history, first);
        if (turns.Ends(result)) callOff.Cancel();
        var answer = other.GetAwaiter().GetResult();
        return turns.Add(GeneralSearch, result) || turns.Spent || turns.Add(RegisterJudge.Name, answer);
    }
}

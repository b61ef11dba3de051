using Checker.Checkers.Linearizability.General.Registers;
using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General;

/// <summary>
/// Searches one object with every strategy there is for it: the depth-first search that tries what returns first against the one that tries
/// what was invoked first, in turns that grow. For queues: first a beam of paths, then the two of them, by turns, against the search of all paths. For
/// stacks: after a first turn what a few of the values refute. For registers: first what refutes at a glance, then a beam that carries only the most
/// promising configurations, which finds an order of almost every valid history in linear time; what is left is raced, the depth-first search against the
/// frontier of all configurations. Not safe for several threads; its columns
/// serve for one object after another.
/// </summary>
/// <remarks>
/// The turns depend on steps only, and of two engines that decide in the same turn the first counts, so that the outcome is the same however
/// many cores there are.
/// </remarks>
/// <param name="judge">The depth-first search.</param>
/// <param name="cores">How many cores a race may use.</param>
/// <param name="certify">Whether valid verdicts need their order; without it some have none.</param>
internal sealed class SearchRace(IObjectJudge judge, int cores = 1, bool certify = true)
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
        if (!judge.IsBundled || !_registers.TryLoad(history)) return Orders(history, new Turns(budget));
        if (_registers.StaleRead() is >= 0 and var stale)
            return (StaleRead, new SearchResult { Kind = VerdictKind.Invalid, Order = [], Stuck = stale, Steps = history.Count });
        var (turns, loaded) = (new Turns(budget), history);
        var promising = _registers.Judge(history, turns.Next(turns.Left / 2), new BeamWidth(), certify);
        if (turns.Add(RegisterJudge.Name, promising)) return turns.Outcome;

        for (var turn = FirstTurn(history); !turns.Spent; turn = turn > turns.Left / Growth ? turns.Left : turn * Growth)
        {
            if (Race(
                turns,
                turn,
                (GeneralSearch, budget => judge.Judge(loaded, budget)),
                (RegisterJudge.Name, budget => _registers.Judge(loaded, budget, certify: certify))))
            {
                break;
            }
        }

        return turns.Outcome;
    }

    private static long FirstTurn(in KeyHistory history) => 1_000L + (16L * history.Count);

    private (string Name, SearchResult Result) Orders(KeyHistory history, Turns turns)
    {
        var container = judge.IsBundled ? ContainerSearch.Of(history) : null;
        if (container is { IsStack: false } && turns.Add(container.Name, Promising())) return turns.Outcome;
        var returns = true;
        for (var turn = FirstTurn(history); !turns.Spent; turn = turn > turns.Left / Growth ? turns.Left : turn * Growth)
        {
            var order = returns ? SearchOrder.Return : SearchOrder.Invocation;
            var decided = container is null
                ? Race(
                    turns,
                    turn,
                    (GeneralSearch, budget => judge.Judge(history, budget)),
                    (GeneralSearch, budget => judge.Judge(history, budget, SearchOrder.Invocation)))
                : Race(
                    turns,
                    turn,
                    (container.Name, budget => container.Judge(history, budget)),
                    (GeneralSearch, budget => judge.Judge(history, budget, order)));
            if (decided) break;
            if (turn == FirstTurn(history) && container is { IsStack: true })
            {
                if (StackProjections.Refute(history, turns) is { } refuted)
                {
                    turns.Add(StackProjections.Name, refuted with { Steps = 0 });
                    break;
                }

                if (turns.Add(container.Name, Promising())) break;
            }

            returns = !returns;
        }

        return turns.Outcome;

        SearchResult Promising() => container.Judge(history, turns.Next(turns.Left / 2), new BeamWidth());
    }

    // Whether one of the two decided, the first one if both did.
    private bool Race(
        Turns turns, long turn, (string Name, Func<SearchBudget, SearchResult> Judge) one, (string Name, Func<SearchBudget, SearchResult> Judge) other)
    {
        var (first, second) = turns.Pair(turn);
        if (cores == 1)
        {
            return turns.Add(one.Name, one.Judge(first)) || turns.Spent || turns.Add(other.Name, other.Judge(second));
        }

        using var callOff = CancellationTokenSource.CreateLinkedTokenSource(second.Cancellation);
        var answer = Task.Run(() => other.Judge(second with { Cancellation = callOff.Token }));
        var result = one.Judge(first);
        if (turns.Ends(result)) callOff.Cancel();
        var otherResult = answer.GetAwaiter().GetResult();
        return turns.Add(one.Name, result) || turns.Spent || turns.Add(other.Name, otherResult);
    }
}

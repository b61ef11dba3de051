using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Histories;

namespace Checker.Checkers.Linearizability;

/// <summary>
/// Linearizes what is left of a history when the answers that contradict it are taken back, as if these operations had never returned: what is wrong
/// with the rest names the next ones, and those that need not have been taken back are given back. By the special algorithms alone, so near linear for
/// each round; a history in which much is wrong is given up.
/// </summary>
internal sealed class PartlyAnswered
{
    private const int MostRounds = 12;
    private const int MostTakenBack = 60;
    private const int MostGivenBack = 6;

    private PartlyAnswered(int[] order, IReadOnlySet<int> takenBack) => (Order, TakenBack) = (order, takenBack);

    /// <summary>An order of the operations; it keeps real time but for those whose answer was taken back, which may also be absent.</summary>
    public int[] Order { get; }

    /// <summary>The operations whose answers were taken back.</summary>
    public IReadOnlySet<int> TakenBack { get; }

    /// <summary>Looks for an order; null if none was found.</summary>
    /// <param name="history">The history.</param>
    /// <param name="type">Its data type.</param>
    /// <param name="suspects">The operations of a counterexample.</param>
    /// <param name="options">Budgets and readings.</param>
    public static PartlyAnswered? Of(History history, DataType type, IEnumerable<int> suspects, CheckOptions options)
    {
        options = options with { Certify = true };
        var special = SpecialAlgorithms.For(type, options);
        var partition = KeyPartition.Of(history, type, Linearizability.InitialOf(history, options), options);
        var takenBack = suspects.Where(operation => IsAnswer(history, operation)).ToHashSet();
        var orders = new List<int[]>();
        var rounds = 0;
        for (var key = 0; key < partition.Count;)
        {
            if (partition[key].Count == 0)
            {
                key++;
                continue;
            }

            if (takenBack.Count > MostTakenBack || options.Cancellation.IsCancellationRequested) return null;
            var verdict = Decide(partition[key].Unanswered(takenBack), special, options);
            if (verdict.Order is { } order)
            {
                orders.Add(GiveBack(partition[key], takenBack, special, options) ?? order);
                key++;
                continue;
            }

            var before = takenBack.Count;
            if (verdict.Anomaly is { } anomaly) takenBack.UnionWith(anomaly.Operations.Where(operation => IsAnswer(history, operation)));
            if (takenBack.Count == before || ++rounds > MostRounds) return null;
        }

        return new(orders.Count == 1 ? orders[0] : OrderMerge.Merge(history, orders, options.Parallelism), takenBack);
    }

    // One after the other, if the rest will do.
    private static int[]? GiveBack(in KeyHistory history, HashSet<int> takenBack, ISpecialAlgorithm[] special, CheckOptions options)
    {
        int[]? order = null;
        var (key, keyOf) = (history.Key, history.History);
        int[] here = [.. takenBack.Where(operation => key < 0 || keyOf.Key[operation] == key)];
        if (here.Length is < 2 or > MostGivenBack) return null;
        foreach (var operation in here)
        {
            takenBack.Remove(operation);
            if (Decide(history.Unanswered(takenBack), special, options).Order is { } found) order = found;
            else takenBack.Add(operation);
        }

        return order;
    }

    private static SpecialVerdict Decide(in KeyHistory history, ISpecialAlgorithm[] special, CheckOptions options)
    {
        foreach (var algorithm in special)
        {
            if (algorithm.Searches) continue;
            var verdict = algorithm.TryDecide(history, options);
            if (verdict.Outcome != SpecialOutcome.NotApplicable) return verdict;
        }

        return SpecialVerdict.NotApplicable("no algorithm");
    }

    // Whether an operation returned something that it found.
    private static bool IsAnswer(History history, int operation)
    {
        var output = history.Output[operation];
        return history.Types[operation] == OperationType.Ok
            && ((!output.IsNull && output != history.Input[operation])
                || history.Functions[operation] is Function.Read or Function.Contains or Function.Peek or Function.Poll or Function.Snapshot
                    or Function.Dequeue or Function.Pop or Function.ExtractMax);
    }
}

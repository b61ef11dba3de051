using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;

namespace Checker.Checkers.Linearizability.General;

/// <summary>Judges one object by a specification whose types are settled.</summary>
internal interface IObjectJudge
{
    /// <summary>
    /// Whether the specification is the bundled one of the data type. Otherwise nothing may be concluded from the type's name: only the
    /// specification counts.
    /// </summary>
    bool IsBundled { get; }

    /// <summary>Judges an object within a budget.</summary>
    /// <param name="history">The object.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="order">Which branches are tried first.</param>
    SearchResult Judge(in KeyHistory history, SearchBudget budget, SearchOrder order = SearchOrder.Return);

    /// <summary>How far the best orders of the operations come.</summary>
    /// <param name="history">The operations.</param>
    /// <param name="start">Says an order to continue if they are too many, as rows.</param>
    IReadOnlyList<StuckOrder> LongestOrders(in KeyHistory history, Func<IReadOnlyList<int>> start);

    /// <summary>What an invalid history may have come to before each of its events.</summary>
    /// <param name="history">The operations.</param>
    /// <param name="steps">The most steps of the specification, for what is asked about it as well.</param>
    IReachable Reachable(in KeyHistory history, long steps);
}

/// <summary>The general search behind <see cref="IObjectJudge"/>.</summary>
/// <param name="make">Makes the specification; called once per object, so that its tables are that object's.</param>
/// <param name="bundled">Whether it is the bundled one of the data type.</param>
internal sealed class SearchJudge<TSpec, TState>(SpecFactory<TSpec> make, bool bundled) : IObjectJudge
    where TSpec : struct, ISequentialSpec<TState>
    where TState : notnull, IEquatable<TState>
{
    public bool IsBundled => bundled;

    public SearchResult Judge(in KeyHistory history, SearchBudget budget, SearchOrder order = SearchOrder.Return)
    {
        var spec = make(history.History.Values, history.Initial);
        var problem = SearchProblem.Prepare<TSpec, TState>(history, spec, bundled, out var malformed);
        return problem is null
            ? new() { Kind = VerdictKind.Unknown, Order = [], Reason = malformed!, Malformed = true }
            : new Search<TSpec, TState>(problem, spec, budget, order).Run();
    }

    public IReadOnlyList<StuckOrder> LongestOrders(in KeyHistory history, Func<IReadOnlyList<int>> start) =>
        new LongestOrders<TSpec, TState>(history, make(history.History.Values, history.Initial), bundled).Find(start);

    public IReachable Reachable(in KeyHistory history, long steps) =>
        new ReachableConfigurations<TSpec, TState>(history, make(history.History.Values, history.Initial), bundled, steps);
}

using Checker.Checkers.Causal;
using Checker.Checkers.Convergence;
using Checker.Checkers.KAtomicity;
using Checker.Checkers.Linearizability;
using Checker.Checkers.RealTime;
using Checker.Checkers.Sequential;
using Checker.Checkers.Sessions;

namespace Checker.Checkers.Catalogue;

/// <summary>The consistency models by name.</summary>
public static class Models
{
    /// <summary>All that can be judged, strongest first.</summary>
    public static IReadOnlyList<IConsistencyModel> All { get; } =
    [
        new LinearizableModel(),
        new SequentialModel(),
        new RealTimeCausalModel(),
        new KAtomicModel(2),
        new ReadRuleModel(regular: true),
        new CausalModel(convergent: true),
        new ViewModel(causal: true),
        new CausalModel(convergent: false),
        new ViewModel(causal: false),
        new SessionModel(SessionGuarantee.ReadYourWrites),
        new SessionModel(SessionGuarantee.MonotonicReads),
        new SessionModel(SessionGuarantee.MonotonicWrites),
        new SessionModel(SessionGuarantee.WritesFollowReads),
        new ReadRuleModel(regular: false),
        new EventualModel(),
    ];

    /// <summary>The model of that name, or null. Of k-atomicity there is one for every k, such as <c>3-atomic</c>.</summary>
    public static IConsistencyModel? Find(string name) => All.FirstOrDefault(model => model.Name == name) ?? KAtomicModel.Find(name);
}

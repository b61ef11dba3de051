using Checker.Checkers.Linearizability;

namespace Checker.Checkers.Catalogue;

/// <summary>The consistency models by name.</summary>
public static class Models
{
    /// <summary>All that can be judged, strongest first.</summary>
    public static IReadOnlyList<IConsistencyModel> All { get; } = [new LinearizableModel()];

    /// <summary>The model of that name, or null.</summary>
    public static IConsistencyModel? Find(string name) => All.FirstOrDefault(model => model.Name == name);
}

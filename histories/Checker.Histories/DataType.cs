namespace Checker.Histories;

/// <summary>What is stored: the name of a data type and the functions its operations may use. Orthogonal to the consistency model.</summary>
/// <param name="Name">The name in headers and on the command line, such as <c>kv</c>.</param>
/// <param name="Functions">The functions it knows.</param>
/// <param name="Summary">One line for <c>checker list types</c>.</param>
/// <param name="CustomFunctions">Names of functions beyond the vocabulary; the first has the code <see cref="Function.FirstCustom"/>.</param>
public sealed record DataType(string Name, IReadOnlyList<Function> Functions, string Summary, IReadOnlyList<string>? CustomFunctions = null)
{
    /// <summary>
    /// Of a replicated data type (CRDT), the type that it behaves like where nothing is concurrent; null: it is no such type.
    /// </summary>
    public DataType? Replicates { get; init; }

    /// <summary>The type whose sequential specification this one has: <see cref="Replicates"/>, or itself.</summary>
    public DataType Sequential => Replicates ?? this;

    /// <summary>Whether the type has the function.</summary>
    public bool Knows(Function function) =>
        Functions.Contains(function) || (function >= Function.FirstCustom && function - Function.FirstCustom < (CustomFunctions?.Count ?? 0));

    /// <inheritdoc/>
    public override string ToString() => Name;
}

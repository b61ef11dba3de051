namespace Checker.Histories;

/// <summary>The data type that a history's operations speak for.</summary>
/// <param name="Type">The type, or null if they fit none or leave the choice open.</param>
/// <param name="Reason">A sentence: why this type, and what else it could be; or what was tried.</param>
public sealed record InferredType(DataType? Type, string Reason);

namespace Checker.Checkers;

/// <summary>Evidence for a valid verdict.</summary>
public abstract record Certificate;

/// <summary>
/// An order of operations that explains every result: a linearization, or a sequential order. Operations that took no effect are absent.
/// </summary>
/// <param name="Order">The numbers of the operations, first to last.</param>
public sealed record OrderCertificate(IReadOnlyList<int> Order) : Certificate;

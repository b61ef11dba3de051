namespace Checker.Checkers.Specs;

/// <summary>
/// What a data type means when used by one process at a time. A sequential specification is one small struct; algorithms take it as a
/// generic
/// parameter, so that calls are direct and states are not boxed. The instance belongs to one check of one object and may hold tables.
/// </summary>
/// <typeparam name="TState">The state: immutable; equal states must be interchangeable for ever.</typeparam>
/// <remarks>
/// An operation whose result is unknown steps to every state that it might lead to; that it might never happen is the search's business.
/// </remarks>
public interface ISequentialSpec<TState>
    where TState : notnull, IEquatable<TState>
{
    /// <summary>The state before the first operation.</summary>
    TState Initial { get; }

    /// <summary>
    /// Called once, before anything else but <see cref="Malformed"/> and <see cref="IsReadOnly"/>, with every distinct operation: for
    /// specifications
    /// that number the values they will meet.
    /// </summary>
    void Prepare(IReadOnlyList<SpecOperation> operations)
    {
    }

    /// <summary>
    /// Adds to <paramref name="next"/> the states that <paramref name="operation"/> leads to with the result it had; none if it could not
    /// have had it.
    /// </summary>
    void Step(TState state, in SpecOperation operation, NextStates<TState> next);

    /// <summary>Whether the operation never changes any state. Searches place such operations as soon as they fit.</summary>
    bool IsReadOnly(in SpecOperation operation) => false;

    /// <summary>Whether <see cref="Commutes"/> may be true: searches that cannot gain from it do not ask.</summary>
    bool HasCommuting => false;

    /// <summary>
    /// Whether the two operations can change places in every state: one order is possible iff the other is, and both lead to the same
    /// states.
    /// Symmetric. False is always safe.
    /// </summary>
    bool Commutes(in SpecOperation first, in SpecOperation second) => false;

    /// <summary>
    /// Whether the process matters, as the owner of a lock does; otherwise operations of different processes are interchangeable.
    /// </summary>
    bool UsesProcess => false;

    /// <summary>
    /// The state that stands for all that cannot be told apart from a state by any operation; the state itself where such are equal anyway. For whoever
    /// compares what different operations lead to; may take as long as the state is large.
    /// </summary>
    TState Canonical(TState state) => state;

    /// <summary>The bytes that the tables of the instance hold, roughly; they grow with the states that were made.</summary>
    long Bytes => 0;

    /// <summary>
    /// What is wrong with the form of the operation and what was expected; null if it can be stepped. Asked before any step.
    /// </summary>
    string? Malformed(in SpecOperation operation) => null;

    /// <summary>The state in words, for explanations.</summary>
    string Describe(TState state) => state.ToString() ?? "";
}

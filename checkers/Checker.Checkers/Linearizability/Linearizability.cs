using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability;

/// <summary>
/// Judges whether a history is linearizable: whether every operation can be given one moment between its invocation and its return, so
/// that the operations
/// in the order of these moments obey the sequential specification (Herlihy and Wing, 1990). Each object is judged alone; for each the
/// cheapest
/// exact algorithm that applies decides.
/// </summary>
/// <remarks>
/// <para>Choices. Failed operations did not happen and are dropped; with <see cref="CheckOptions.ObserveFailedCas"/> a failed
/// compare-and-set is the
/// observation "the value was not old". Unfinished reads are dropped. A read of null must find the initial value (or a deleted one).
/// Operations with unknown
/// outcome may take effect at any time after their invocation, or never. The order of events decides, not their times.</para>
/// <para>The step budget is one for all objects together; each gets an equal part of it, then those left over share the rest, so that the
/// verdict
/// does not depend on the number of cores.</para>
/// </remarks>
public static class Linearizability
{
    /// <summary>The model's name in verdicts.</summary>
    public const string Model = "linearizable";

    /// <summary>Judges a history of a bundled data type.</summary>
    /// <param name="history">The history.</param>
    /// <param name="type">The data type; <see cref="BundledSpecs.Has"/> must hold.</param>
    /// <param name="options">Budgets and readings.</param>
    /// <exception cref="ArgumentException">The type has no sequential specification here.</exception>
    public static Verdict Check(History history, DataType type, CheckOptions options) =>
        Check(history, type.Sequential, JudgeOf(type), options);

    /// <summary>Judges a history by a specification of the user's own.</summary>
    /// <param name="history">The history.</param>
    /// <param name="type">The data type: its name and functions.</param>
    /// <param name="make">Makes the specification for one object.</param>
    /// <param name="options">Budgets and readings.</param>
    /// <typeparam name="TSpec">The specification.</typeparam>
    /// <typeparam name="TState">Its state.</typeparam>
    public static Verdict Check<TSpec, TState>(History history, DataType type, SpecFactory<TSpec> make, CheckOptions options)
        where TSpec : struct, ISequentialSpec<TState>
        where TState : notnull, IEquatable<TState> => Check(history, type, new SearchJudge<TSpec, TState>(make, bundled: false), options);

    /// <summary>The general search by the bundled specification of a data type.</summary>
    /// <exception cref="ArgumentException">The type has no sequential specification here.</exception>
    internal static IObjectJudge JudgeOf(DataType type) => BundledSpecs.Accept(type, new JudgeMaker()) ??
        throw new ArgumentException($"the data type {type} has no sequential specification", nameof(type));

    internal static ValueId InitialOf(History history, CheckOptions options)
    {
        // Interning may add to the table; two checks of one history must not do so at once.
        lock (history.Values) return history.Values.Intern(options.Initial);
    }

    private static Verdict Check(History history, DataType type, IObjectJudge judge, CheckOptions options) =>
        new Portfolio(history, type, InitialOf(history, options), judge, options).Run();

    private readonly struct JudgeMaker : ISpecVisitor<IObjectJudge>
    {
        public IObjectJudge Visit<TSpec, TState>(SpecFactory<TSpec> make)
            where TSpec : struct, ISequentialSpec<TState>
            where TState : notnull, IEquatable<TState> => new SearchJudge<TSpec, TState>(make, bundled: true);
    }
}

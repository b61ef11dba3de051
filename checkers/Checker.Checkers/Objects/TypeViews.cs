namespace Checker.Checkers.Objects;

/// <summary>
/// What the meaning of one data type decides without a search, beyond what results show of single updates (<see cref="Refutation"/>). Nothing found is
/// nothing known.
/// </summary>
internal abstract class TypeViews
{
    /// <summary>How verdicts came about, in words.</summary>
    public abstract string Algorithm { get; }

    /// <summary>The views of a history's data type; null if it has none, or the history is not one for them.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="observed">What results show, if it is known.</param>
    /// <param name="options">The value at first, and budgets.</param>
    public static TypeViews? Of(ObjectHistory rows, Observed? observed, CheckOptions options) =>
        observed?.Versions is { } versions ? new VersionViews(rows, versions, observed, options.MaxBytes)
        : (TypeViews?)CounterViews.Of(rows, options) ?? (TypeViews?)SetViews.Of(rows, options) ?? (TypeViews?)LogViews.Of(rows, observed, options)
            ?? ContainerViews.Of(rows, observed, options);

    /// <summary>Why a model is broken; null if nothing was found. What breaks a weaker one is looked for there.</summary>
    public abstract Anomaly? Refute(string model);

    /// <summary>Whether what each operation sees can be chosen so that the model is kept.</summary>
    public abstract bool Proves(string model, Allowance allowance);

    /// <summary>Whether one process's part of a model is kept, where the model is about each process by itself. What breaks the others' does not matter.</summary>
    public virtual bool Proves(string model, int process, Allowance allowance) => false;

    /// <summary>The same, by an order that explains the results of most processes.</summary>
    public virtual bool Proves(string model, int process, MainOrder order, Allowance allowance) => false;
}

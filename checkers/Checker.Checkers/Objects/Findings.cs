namespace Checker.Checkers.Objects;

/// <summary>
/// What is known of a history before any model is judged, found when it is first asked for and shared by the models. Not safe for several threads.
/// </summary>
/// <param name="rows">The rows.</param>
/// <param name="observed">What results show, if it is known.</param>
/// <param name="makeViews">Makes the views of the history's data type.</param>
internal sealed class Findings(ObjectHistory rows, Observed? observed, Func<TypeViews?> makeViews)
{
    private readonly Lazy<TypeViews?> _views = new(makeViews);
    private readonly Lazy<CausalPasts> _pasts = new(() => new CausalPasts(rows, observed, ordered: false));
    private readonly Lazy<CausalPasts> _ordered = new(() => new CausalPasts(rows, observed, ordered: true));

    /// <summary>What results show, if it is known.</summary>
    public Observed? Observed => observed;

    /// <summary>What the data type decides, if it is one of those that have views.</summary>
    public TypeViews? Views => _views.Value;

    /// <summary>Program order and what results show.</summary>
    public CausalPasts Pasts => _pasts.Value;

    /// <summary>The same with the order in which results list updates.</summary>
    public CausalPasts OrderedPasts => observed?.Ordered == true ? _ordered.Value : Pasts;

    /// <summary>What is known of a history of a bundled type.</summary>
    public static Findings Of(ObjectHistory rows, CheckOptions options)
    {
        var observed = Objects.Observed.Of(rows, options);
        return new Findings(rows, observed, () => TypeViews.Of(rows, observed, options));
    }
}

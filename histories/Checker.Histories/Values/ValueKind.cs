namespace Checker.Histories.Values;

/// <summary>The kinds of value a history may hold. Lists and maps nest.</summary>
public enum ValueKind : byte
{
    /// <summary>JSON <c>null</c>, EDN <c>nil</c>: unwritten, empty, or "no argument".</summary>
    Null,

    /// <summary>A boolean.</summary>
    Boolean,

    /// <summary>A signed 64-bit integer.</summary>
    Integer,

    /// <summary>A number with a fraction or an exponent, as an IEEE double.</summary>
    Decimal,

    /// <summary>A Unicode string.</summary>
    String,

    /// <summary>An ordered list of values.</summary>
    List,

    /// <summary>A map from values to values; the order of its entries does not matter.</summary>
    Map,
}

using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>The sentences about operations whose arguments or results have the wrong form.</summary>
internal static class Malformations
{
    public static string Input(ValueTable values, in SpecOperation operation, string expected) =>
        $"{FunctionNames.Of(operation.Function)} {values.Text(operation.Input)}: expected {expected}";

    public static string Output(ValueTable values, in SpecOperation operation, string expected) =>
        $"{FunctionNames.Of(operation.Function)} returned {values.Text(operation.Output)}: expected {expected}";

    /// <summary>Whether a value is a list, or null, which stands for the empty one.</summary>
    public static bool IsListOrNull(ValueTable values, ValueId value) => value.IsNull || values.Kind(value) == ValueKind.List;

    /// <summary>The items of a list; none if it is null.</summary>
    public static ReadOnlySpan<ValueId> ItemsOf(ValueTable values, ValueId list) =>
        values.TryGetList(list, out var items) ? items : [];
}

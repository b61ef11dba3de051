using System.Globalization;
using Checker.Histories.Values;

namespace Checker.Checkers.Prose;

/// <summary>Values in sentences: as JSON, long ones with their middle left out.</summary>
internal static class ValueText
{
    private const int MostCharacters = 200;
    private const int First = 8;
    private const int Last = 3;

    /// <summary>A value as JSON; of a long list or map the first eight and the last three items, of a long text the beginning.</summary>
    public static string Of(ValueTable values, ValueId id)
    {
        if (values.Kind(id) == ValueKind.List) return OfList(values, values.Items(id));
        var whole = values.Text(id);
        return whole.Length <= MostCharacters * 2 ? whole : $"{whole[..MostCharacters]}…";
    }

    /// <summary>A list of values, likewise.</summary>
    public static string OfList(ValueTable values, ReadOnlySpan<ValueId> items)
    {
        if (items.Length <= MostCharacters / 2)
        {
            var whole = $"[{Joined(values, items, ",")}]";
            if (whole.Length <= (items.Length > First + Last + 1 ? MostCharacters : MostCharacters * 2)) return whole;
            if (items.Length <= First + Last + 1) return $"{whole[..MostCharacters]}…";
        }

        return $"[{Ends(values, items, ",")}]";
    }

    /// <summary>Values in a sentence; of more than a hundred the first eight and the last three.</summary>
    public static string Several(ValueTable values, ReadOnlySpan<ValueId> items) =>
        items.Length <= MostCharacters / 2 ? Joined(values, items, ", ") : Ends(values, items, ", ");

    private static string Ends(ValueTable values, ReadOnlySpan<ValueId> items, string separator)
    {
        var left = string.Create(CultureInfo.InvariantCulture, $"… {items.Length - First - Last:N0} more …");
        return string.Join(separator, Joined(values, items[..First], separator), left, Joined(values, items[^Last..], separator));
    }

    private static string Joined(ValueTable values, ReadOnlySpan<ValueId> items, string separator) =>
        string.Join(separator, items.ToArray().Select(item => Of(values, item)));
}

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
        if (values.Kind(id) == ValueKind.List && values.Items(id) is { Length: > First + Last + 1 } items)
        {
            var all = items.ToArray();
            var left = all.Length - First - Last;
            var shown = all.Take(First).Select(item => Of(values, item))
                .Append(string.Create(CultureInfo.InvariantCulture, $"… {left:N0} more …"))
                .Concat(all.TakeLast(Last).Select(item => Of(values, item)));
            var list = $"[{string.Join(",", shown)}]";
            var text = all.Length < MostCharacters / 2 ? values.Text(id) : list;
            return text.Length <= MostCharacters ? text : list;
        }

        var whole = values.Text(id);
        return whole.Length <= MostCharacters * 2 ? whole : $"{whole[..MostCharacters]}…";
    }
}

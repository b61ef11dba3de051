using Checker.Checkers;
using Checker.Cli.Conventions;
using Checker.Histories;
using Checker.Histories.Values;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Checker.Cli.Verbs;

/// <summary>Finds what the command line names, or says what names there are.</summary>
internal static class Lookup
{
    public static DataType Type(string name) => DataTypes.Find(name) ?? throw Unknown("data type", name, DataTypes.All.Select(t => t.Name));

    /// <summary>The models of a comma-separated list; none given: linearizable.</summary>
    public static IReadOnlyList<IConsistencyModel> Models(string? names) =>
        [.. Names(names ?? "linearizable").Select(Model)];

    private static IConsistencyModel Model(string name) =>
        Checkers.Catalogue.Models.Find(name) ?? throw Unknown("model", name, Checkers.Catalogue.Models.All.Select(model => model.Name));

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static Value Json(string text, string option)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
            return FromToken(JToken.ReadFrom(reader));
        }
        catch (JsonException problem)
        {
            throw new UsageException($"{option}: '{text}' is not JSON ({problem.Message}): expected a value such as 0, \"\" or {{\"x\":0}}");
        }
    }

    public static UsageException Unknown(string what, string name, IEnumerable<string> known)
    {
        var names = known.ToList();
        return new UsageException(
            names.Count == 0
                ? $"unknown {what} '{name}': there is none"
                : $"unknown {what} '{name}': expected one of {string.Join(", ", names)}.{Hint(name, names)}");
    }

    /// <summary>Asks whether the name that is most like the given one was meant; nothing if none is.</summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var nearest = known.MinBy(candidate => Distance(name, candidate));
        return nearest is not null && Distance(name, nearest) <= Math.Max(2, name.Length / 3) ? $" Did you mean '{nearest}'?" : "";
    }

    private static Value FromToken(JToken token) => token.Type switch
    {
        JTokenType.Null => Value.Null,
        JTokenType.Boolean => Value.Boolean((bool)token),
        JTokenType.Integer => Value.Integer((long)token),
        JTokenType.Float => Value.Decimal((double)token),
        JTokenType.Array => Value.List([.. token.Select(FromToken)]),
        JTokenType.Object => Value.Map(((JObject)token).Properties().Select(p => KeyValuePair.Create(Value.String(p.Name), FromToken(p.Value)))),
        _ => Value.String((string)token!),
    };

    // Levenshtein's distance.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}

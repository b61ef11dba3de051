using System.Text.Json;
using Checker.Histories.Values;

namespace Checker.Histories.Formats;

/// <summary>Reads the header of the native format.</summary>
internal static class JsonHeader
{
    /// <summary>The header on the first line, or null if that line is not one (it has no field <c>history</c>).</summary>
    /// <exception cref="HistoryFormatException">It is a header, but malformed or of a newer version.</exception>
    public static HistoryHeader? TryRead(ReadOnlySpan<byte> line, string file, int number, ValueTable values, JsonValueReader valueReader)
    {
        if (line.IndexOf("history"u8) < 0 && line.IndexOf((byte)'\\') < 0) return null;
        var fields = new List<KeyValuePair<string, Value>>();
        var reader = new Utf8JsonReader(line, isFinalBlock: true, new JsonReaderState(JsonValueReader.Options));
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Utf8Text.Decode(valueReader.Text(ref reader));
            reader.Read();
            fields.Add(new(name, values.Get(valueReader.Read(ref reader))));
        }

        reader.Read(); // refuses whatever follows the object
        return fields.Exists(field => field.Key == "history")
            ? FromFields(fields, problem => new HistoryFormatException(file, number, problem))
            : null;
    }

    private static HistoryHeader FromFields(List<KeyValuePair<string, Value>> fields, Func<string, HistoryFormatException> refuse)
    {
        var header = new HistoryHeader();
        var other = new List<KeyValuePair<string, Value>>();
        var seen = new HashSet<string>();
        foreach (var (name, value) in fields)
        {
            if (!seen.Add(name)) throw refuse($"the header has the field \"{name}\" twice: expected it once");
            if (value.IsNull && name != "history")
            {
                if (!HistoryHeader.FieldNames.Contains(name)) other.Add(new(name, value));
                continue;
            }

            switch (name)
            {
                case "history":
                    if (!value.TryGetInteger(out var version) || version < 1)
                    {
                        throw refuse($"the header's history is {value}: expected the version of the format, {HistoryHeader.Version}");
                    }

                    if (version > HistoryHeader.Version)
                    {
                        throw refuse(
                            $"a history of format version {version}: expected at most {HistoryHeader.Version}; a newer Checker reads it");
                    }

                    break;
                case "type": header = header with { Type = Text(name, value, refuse) }; break;
                case "target": header = header with { Target = Text(name, value, refuse) }; break;
                case "workload": header = header with { Workload = Text(name, value, refuse) }; break;
                case "seed": header = header with { Seed = Integer(name, value, refuse) }; break;
                case "concurrency":
                    var concurrency = Integer(name, value, refuse);
                    if (concurrency is < 0 or > int.MaxValue)
                    {
                        throw refuse($"the header's concurrency is {value}: expected 0 to {int.MaxValue}");
                    }

                    header = header with { Concurrency = (int)concurrency };
                    break;
                case "nodes":
                    if (value.Kind != ValueKind.List) throw refuse($"the header's nodes is {value}: expected a list of names");
                    header = header with { Nodes = [.. value.AsList().Select(node => Text(name, node, refuse))] };
                    break;
                case "initial": header = header with { Initial = value }; break;
                default: other.Add(new(name, value)); break;
            }
        }

        return header with { Other = other };
    }

    private static string Text(string name, Value value, Func<string, HistoryFormatException> refuse) =>
        value.Kind == ValueKind.String ? value.AsString() : throw refuse($"the header's {name} is {value}: expected a string");

    private static long Integer(string name, Value value, Func<string, HistoryFormatException> refuse) =>
        value.TryGetInteger(out var integer) ? integer : throw refuse($"the header's {name} is {value}: expected an integer");
}

using Checker.Histories.Values;
using Newtonsoft.Json;

namespace Checker.Harness.RealTime;

/// <summary>
/// Values as JSON that reads back as the same value: scalars and lists as themselves, a decimal as <c>{"d":bits}</c>, a map as
/// <c>{"m":[key,value,…]}</c>, and a string that is not valid UTF-16 as <c>{"u":[code unit,…]}</c>.
/// </summary>
internal sealed class ValueConverter : JsonConverter<Value>
{
    /// <inheritdoc/>
    public override void WriteJson(JsonWriter writer, Value value, JsonSerializer serializer)
    {
        switch (value.Kind)
        {
            case ValueKind.Null: writer.WriteNull(); break;
            case ValueKind.Boolean: writer.WriteValue(value.AsBoolean()); break;
            case ValueKind.Integer: writer.WriteValue(value.AsInteger()); break;
            case ValueKind.String: WriteString(writer, value.AsString()); break;
            case ValueKind.Decimal:
                writer.WriteStartObject();
                writer.WritePropertyName("d");
                writer.WriteValue(BitConverter.DoubleToInt64Bits(value.AsDecimal()));
                writer.WriteEndObject();
                break;
            case ValueKind.List:
                writer.WriteStartArray();
                foreach (var item in value.AsList()) WriteJson(writer, item, serializer);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStartObject();
                writer.WritePropertyName("m");
                writer.WriteStartArray();
                foreach (var (key, content) in value.AsMap())
                {
                    WriteJson(writer, key, serializer);
                    WriteJson(writer, content, serializer);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
        }
    }

    /// <inheritdoc/>
    public override Value ReadJson(JsonReader reader, Type objectType, Value existingValue, bool hasExistingValue, JsonSerializer serializer) => Read(reader);

    private static void WriteString(JsonWriter writer, string text)
    {
        if (IsValid(text))
        {
            writer.WriteValue(text);
            return;
        }

        writer.WriteStartObject();
        writer.WritePropertyName("u");
        writer.WriteStartArray();
        foreach (var unit in text) writer.WriteValue((int)unit);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static bool IsValid(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }

    private static Value Read(JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonToken.Null: return Value.Null;
            case JsonToken.Boolean: return (bool)reader.Value!;
            case JsonToken.Integer: return Integer(reader);
            case JsonToken.String: return (string)reader.Value!;
            case JsonToken.StartArray: return Value.List([.. ReadItems(reader)]);
            case JsonToken.StartObject:
                Next(reader);
                var name = reader.Value as string;
                Next(reader);
                var value = name switch
                {
                    "d" => Value.Decimal(BitConverter.Int64BitsToDouble(Integer(reader))),
                    "m" => Map(ReadItems(reader)),
                    "u" => string.Concat(ReadItems(reader).Select(static unit => (char)unit.AsInteger())),
                    _ => throw new JsonSerializationException($"a value has no part called {name}"),
                };
                Next(reader);
                return value;
            default: throw new JsonSerializationException($"{reader.TokenType} begins no value");
        }
    }

    private static List<Value> ReadItems(JsonReader reader)
    {
        var items = new List<Value>();
        for (Next(reader); reader.TokenType != JsonToken.EndArray; Next(reader)) items.Add(Read(reader));
        return items;
    }

    private static Value Map(List<Value> items)
    {
        var entries = new KeyValuePair<Value, Value>[items.Count / 2];
        for (var i = 0; i < entries.Length; i++) entries[i] = new(items[2 * i], items[(2 * i) + 1]);
        return Value.Map(entries);
    }

    private static long Integer(JsonReader reader) => reader.Value as long? ?? throw new JsonSerializationException($"{reader.Value} is no 64-bit integer");

    private static void Next(JsonReader reader)
    {
        if (!reader.Read()) throw new JsonSerializationException("the value ends early");
    }
}

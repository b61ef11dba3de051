using Newtonsoft.Json;

namespace Checker.Reports.Output;

/// <summary>Short forms for writing properties.</summary>
internal static class JsonWriting
{
    /// <summary>A property that is a text; left out if null.</summary>
    public static void Text(this JsonTextWriter json, string name, string? value)
    {
        if (value is null) return;
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    /// <summary>A property that is a whole number.</summary>
    public static void Number(this JsonTextWriter json, string name, long value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    /// <summary>A property that is a list of texts.</summary>
    public static void Texts(this JsonTextWriter json, string name, IEnumerable<string> texts)
    {
        json.WritePropertyName(name);
        json.WriteStartArray();
        foreach (var text in texts) json.WriteValue(text);
        json.WriteEndArray();
    }
}

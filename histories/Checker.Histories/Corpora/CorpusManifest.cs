using Checker.Histories.Values;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Checker.Histories.Corpora;

/// <summary>
/// A <c>manifest.jsonl</c> beside a corpus of histories: one JSON object per line and history, with what they do not say themselves.
/// </summary>
/// <remarks>
/// Fields: <c>file</c>; <c>model</c>, the name of the data type, or <c>kv-append</c> for <c>kv</c> whose objects start as the empty string;
/// <c>init</c>, the initial value (null if absent); <c>expected</c>, <c>valid</c> or <c>invalid</c> (optional);
/// <c>failed_cas</c>, <c>observe</c>, <c>drop</c> or <c>none</c> (optional, drop). Any other field describes the history and is not read.
/// </remarks>
public sealed class CorpusManifest
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "manifest.jsonl";

    private readonly Dictionary<string, CorpusEntry> _byFile;

    private CorpusManifest(string path, List<CorpusEntry> entries)
    {
        Path = path;
        Entries = entries;
        _byFile = entries.ToDictionary(entry => entry.File, StringComparer.Ordinal);
    }

    /// <summary>Where it was read.</summary>
    public string Path { get; }

    /// <summary>The histories, in order.</summary>
    public IReadOnlyList<CorpusEntry> Entries { get; }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="Checker.Histories.HistoryFormatException">It is malformed: says where, and what was expected.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    public static CorpusManifest Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var entries = new List<CorpusEntry>();
        var files = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var entry = ReadEntry(path, number, line);
            if (!files.Add(entry.File))
            {
                throw new HistoryFormatException(path, number, $"the file \"{entry.File}\" twice: expected it once");
            }

            entries.Add(entry);
        }

        return new CorpusManifest(path, entries);
    }

    /// <summary>Reads the manifest in the folder of a history; null if there is none.</summary>
    /// <exception cref="Checker.Histories.HistoryFormatException">It is malformed: says where, and what was expected.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    public static CorpusManifest? Beside(string historyPath)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(historyPath) ?? "", FileName);
        return File.Exists(path) ? Read(path) : null;
    }

    /// <summary>What it says about a history, which is found by its file name; null if nothing.</summary>
    public CorpusEntry? Find(string historyPath) => _byFile.GetValueOrDefault(System.IO.Path.GetFileName(historyPath));

    private static CorpusEntry ReadEntry(string path, int number, string line)
    {
        HistoryFormatException Refuse(string problem) => new(path, number, problem);

        var fields = Parse(path, number, line);
        var file = Text(fields, "file") ?? throw Refuse("no field \"file\": expected the name of a history");
        var model = Text(fields, "model") ?? throw Refuse("no field \"model\": expected the name of a data type");
        var append = model == "kv-append";
        var type = DataTypes.Find(append ? "kv" : model)
            ?? throw Refuse($"unknown model \"{model}\": expected kv-append or one of {string.Join(", ", DataTypes.All)}");
        var initial = fields.TryGetValue("init", out var init) ? ValueOf(init) : default;
        if (append && initial.IsNull) initial = "";
        var expected = Text(fields, "expected") switch
        {
            null => ExpectedVerdict.Unstated,
            "valid" => ExpectedVerdict.Valid,
            "invalid" => ExpectedVerdict.Invalid,
            var other => throw Refuse($"expected is \"{other}\": expected valid or invalid"),
        };
        var observe = Text(fields, "failed_cas") switch
        {
            null or "drop" or "none" => false,
            "observe" => true,
            var other => throw Refuse($"failed_cas is \"{other}\": expected observe, drop or none"),
        };
        return new CorpusEntry(file, type, initial, observe, expected, number);

        string? Text(JObject from, string name) => from[name] switch
        {
            null or { Type: JTokenType.Null } => null,
            { Type: JTokenType.String } text => (string?)text,
            var other => throw Refuse($"{name} is {other.ToString(Formatting.None)}: expected a string"),
        };

        Value ValueOf(JToken token) => token switch
        {
            JArray list => Value.List([.. list.Select(ValueOf)]),
            JObject map => Value.Map(map.Properties().Select(p => new KeyValuePair<Value, Value>(p.Name, ValueOf(p.Value)))),
            JValue { Value: null } => default,
            JValue { Value: bool boolean } => boolean,
            JValue { Value: long integer } => integer,
            JValue { Value: double number } => Value.Decimal(number),
            JValue { Value: string text } => text,
            _ => throw Refuse(
                $"init holds {token.ToString(Formatting.None)}: expected integers of at most 64 bits, strings, booleans, null, lists, maps"),
        };
    }

    private static JObject Parse(string path, int number, string line)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(line)) { DateParseHandling = DateParseHandling.None };
            var once = new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error };
            var parsed = JToken.ReadFrom(reader, once);
            while (reader.Read())
            {
                if (reader.TokenType != JsonToken.Comment) throw new JsonReaderException($"more than one value: {reader.Value}");
            }

            return parsed as JObject
                ?? throw new HistoryFormatException(path, number, "not a JSON object: expected one object per history");
        }
        catch (JsonException malformed)
        {
            var problem = $"malformed JSON: {malformed.Message}: expected one object per history";
            throw new HistoryFormatException(path, number, problem, malformed);
        }
    }
}

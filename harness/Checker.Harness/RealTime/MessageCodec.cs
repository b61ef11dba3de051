using System.Globalization;
using System.Reflection;
using System.Text;
using Checker.Targets;
using Checker.Targets.Nodes;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Checker.Harness.RealTime;

/// <summary>
/// Messages as bytes: a two-element JSON array of the type's name and its properties. Names are resolved through a fixed table, never through
/// the runtime's type loader, so no byte on the wire can make another type. A property whose declared type is abstract is written in the same
/// way. Safe for several threads.
/// </summary>
internal sealed class MessageCodec
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly Dictionary<string, Type> _types = [];
    private readonly Dictionary<Type, string> _names = [];
    private readonly JsonSerializer _serializer;

    /// <summary>A codec for these types.</summary>
    /// <exception cref="ArgumentException">A type is abstract or listed twice, or two have one name.</exception>
    public MessageCodec(IReadOnlyList<Type> types)
    {
        foreach (var type in types)
        {
            if (type.IsAbstract) throw new ArgumentException($"{type} is abstract; list the types that are sent", nameof(types));
            if (!_types.TryAdd(type.Name, type)) throw new ArgumentException($"two message types are called {type.Name}", nameof(types));
            _names.Add(type, type.Name);
        }

        _serializer = JsonSerializer.Create(new JsonSerializerSettings
        {
            TypeNameHandling = TypeNameHandling.None,
            DateParseHandling = DateParseHandling.None,
            Culture = CultureInfo.InvariantCulture,
            MissingMemberHandling = MissingMemberHandling.Ignore, // computed properties are written, and skipped when read
            ContractResolver = new TaggingResolver(this),
            Converters = { new ValueConverter(), new EndpointIdConverter() },
        });
    }

    /// <summary>The bytes of a message.</summary>
    /// <exception cref="ArgumentException">Its type is not in the table.</exception>
    public byte[] Encode(Message message)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, Utf8, leaveOpen: true))
        using (var json = new JsonTextWriter(text))
        {
            WriteTagged(json, message, _serializer);
        }

        return bytes.ToArray();
    }

    /// <summary>The message of some bytes.</summary>
    /// <exception cref="JsonException">They are not one.</exception>
    public Message Decode(byte[] frame)
    {
        using var json = new JsonTextReader(new StreamReader(new MemoryStream(frame), Utf8)) { DateParseHandling = DateParseHandling.None };
        Read(json);
        return ReadTagged(json, _serializer) as Message ?? throw new JsonSerializationException("the frame holds no message");
    }

    private static void Read(JsonReader json)
    {
        if (!json.Read()) throw new JsonSerializationException("the frame ends early");
    }

    private void WriteTagged(JsonWriter json, object item, JsonSerializer serializer)
    {
        if (!_names.TryGetValue(item.GetType(), out var name))
            throw new ArgumentException($"{item.GetType()} is not among the deployment's message types; add it to MessageTypes", nameof(item));
        json.WriteStartArray();
        json.WriteValue(name);
        serializer.Serialize(json, item);
        json.WriteEndArray();
    }

    // Stands on the opening bracket; leaves at the closing one.
    private object ReadTagged(JsonReader json, JsonSerializer serializer)
    {
        Read(json);
        if (json.Value is not string name || !_types.TryGetValue(name, out var type))
            throw new JsonSerializationException($"there is no message type called {json.Value}");
        Read(json);
        var item = serializer.Deserialize(json, type) ?? throw new JsonSerializationException($"a {name} without content");
        Read(json);
        return item;
    }

    /// <summary>Finds the properties whose declared type, or declared type of items, does not tell what is in them.</summary>
    private sealed class TaggingResolver(MessageCodec codec) : DefaultContractResolver
    {
        private readonly TaggedConverter _converter = new(codec);

        protected override JsonProperty CreateProperty(MemberInfo member, MemberSerialization memberSerialization)
        {
            var property = base.CreateProperty(member, memberSerialization);
            var type = property.PropertyType!;
            if (_converter.CanConvert(type)) property.Converter = _converter;
            else if (ItemType(type) is { } item && _converter.CanConvert(item)) property.ItemConverter = _converter;
            return property;
        }

        private static Type? ItemType(Type type) => type
            .GetInterfaces()
            .Append(type)
            .FirstOrDefault(static face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0];
    }

    /// <summary>Writes the type's name where the declared type does not tell it.</summary>
    private sealed class TaggedConverter(MessageCodec codec) : JsonConverter
    {
        public override bool CanConvert(Type objectType) =>
            objectType == typeof(object) || (objectType.IsAbstract && codec._types.Values.Any(objectType.IsAssignableFrom));

        public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
        {
            if (value is null) writer.WriteNull();
            else codec.WriteTagged(writer, value, serializer);
        }

        public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) =>
            reader.TokenType == JsonToken.Null ? null : codec.ReadTagged(reader, serializer);
    }

    /// <summary>An endpoint is its number.</summary>
    private sealed class EndpointIdConverter : JsonConverter<EndpointId>
    {
        public override void WriteJson(JsonWriter writer, EndpointId value, JsonSerializer serializer) => writer.WriteValue(value.Value);

        public override EndpointId ReadJson(JsonReader reader, Type objectType, EndpointId existingValue, bool hasExistingValue, JsonSerializer serializer) =>
            new(Convert.ToInt32(reader.Value, CultureInfo.InvariantCulture));
    }
}

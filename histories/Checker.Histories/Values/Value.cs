using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Checker.Histories.Values;

/// <summary>
/// An immutable, self-contained value as clients, nodes and generators see it; two values are equal iff they have the same kind and
/// the same contents. 16 bytes; null, booleans, integers and decimals allocate nothing. The default is <see cref="Null"/>.
/// Inside a <see cref="History"/> values are held as 8-byte <see cref="ValueId"/>s instead.
/// </summary>
public readonly struct Value : IEquatable<Value>, IComparable<Value>
{
    private static readonly object BooleanTag = new();
    private static readonly object IntegerTag = new();
    private static readonly object DecimalTag = new();

    // null: Null. A tag object: the scalar lies in _bits. Otherwise the string, the Value[] of a list, or the MapEntries of a map.
    private readonly object? _reference;
    private readonly long _bits;

    private Value(object? reference, long bits)
    {
        _reference = reference;
        _bits = bits;
    }

    /// <summary>The null value.</summary>
    public static Value Null => default;

    /// <summary>The empty list.</summary>
    public static Value EmptyList { get; } = List([]);

    /// <summary>What the value is.</summary>
    public ValueKind Kind => _reference switch
    {
        null => ValueKind.Null,
        string => ValueKind.String,
        Value[] => ValueKind.List,
        MapEntries => ValueKind.Map,
        var tag when ReferenceEquals(tag, IntegerTag) => ValueKind.Integer,
        var tag when ReferenceEquals(tag, BooleanTag) => ValueKind.Boolean,
        _ => ValueKind.Decimal,
    };

    /// <summary>Whether the value is null.</summary>
    public bool IsNull => _reference is null;

    /// <summary>Makes an integer.</summary>
    public static Value Integer(long value) => new(IntegerTag, value);

    /// <summary>Makes a boolean.</summary>
    public static Value Boolean(bool value) => new(BooleanTag, value ? 1 : 0);

    /// <summary>Makes a decimal. Negative zero becomes zero, so that equal numbers are equal values.</summary>
    public static Value Decimal(double value) => new(DecimalTag, BitConverter.DoubleToInt64Bits(value == 0 ? 0 : value));

    /// <summary>Makes a string.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null; use <see cref="Null"/> for the null value.</exception>
    public static Value String(string value) => new(value ?? throw new ArgumentNullException(nameof(value)), 0);

    /// <summary>Makes a list from a copy of <paramref name="items"/>.</summary>
    public static Value List(params ReadOnlySpan<Value> items) => new(items.ToArray(), 0);

    /// <summary>Makes a map. A key that is given twice is refused.</summary>
    /// <exception cref="ArgumentException">A key occurs twice.</exception>
    public static Value Map(IEnumerable<KeyValuePair<Value, Value>> entries)
    {
        var sorted = entries.ToArray();
        Array.Sort(sorted, static (a, b) => a.Key.CompareTo(b.Key));
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Key.Equals(sorted[i - 1].Key)) throw new ArgumentException($"the key {sorted[i].Key} occurs twice", nameof(entries));
        }

        return new(new MapEntries(sorted), 0);
    }

    /// <summary>The integer.</summary>
    /// <exception cref="InvalidOperationException">The value is not an integer.</exception>
    public long AsInteger() => ReferenceEquals(_reference, IntegerTag) ? _bits : throw Mismatch(ValueKind.Integer);

    /// <summary>The boolean.</summary>
    /// <exception cref="InvalidOperationException">The value is not a boolean.</exception>
    public bool AsBoolean() => ReferenceEquals(_reference, BooleanTag) ? _bits != 0 : throw Mismatch(ValueKind.Boolean);

    /// <summary>The decimal.</summary>
    /// <exception cref="InvalidOperationException">The value is not a decimal.</exception>
    public double AsDecimal() => ReferenceEquals(_reference, DecimalTag) ? BitConverter.Int64BitsToDouble(_bits) : throw Mismatch(ValueKind.Decimal);

    /// <summary>The string.</summary>
    /// <exception cref="InvalidOperationException">The value is not a string.</exception>
    public string AsString() => _reference as string ?? throw Mismatch(ValueKind.String);

    /// <summary>The items of the list, without copying.</summary>
    /// <exception cref="InvalidOperationException">The value is not a list.</exception>
    public ImmutableArray<Value> AsList() =>
        _reference is Value[] items ? System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(items) : throw Mismatch(ValueKind.List);

    /// <summary>The entries of the map, sorted by key, without copying.</summary>
    /// <exception cref="InvalidOperationException">The value is not a map.</exception>
    public ImmutableArray<KeyValuePair<Value, Value>> AsMap() =>
        _reference is MapEntries map
            ? System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(map.Entries)
            : throw Mismatch(ValueKind.Map);

    /// <summary>Tries to read an integer.</summary>
    public bool TryGetInteger(out long value)
    {
        value = _bits;
        return ReferenceEquals(_reference, IntegerTag);
    }

    /// <inheritdoc/>
    public bool Equals(Value other)
    {
        if (ReferenceEquals(_reference, other._reference)) return _bits == other._bits;
        return (_reference, other._reference) switch
        {
            (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
            (Value[] a, Value[] b) => a.AsSpan().SequenceEqual(b),
            (MapEntries a, MapEntries b) => a.Equals(b),
            _ => false,
        };
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <summary>A hash that is the same in every process, so that it may steer a deterministic run.</summary>
    public override int GetHashCode()
    {
        var hash = _reference switch
        {
            null => 0,
            string text => StableHash(text),
            Value[] items => items.Aggregate(17L, static (h, item) => Mix(h + item.GetHashCode())),
            MapEntries map => map.Entries.Aggregate(29L, static (h, e) => Mix(Mix(h + e.Key.GetHashCode()) + e.Value.GetHashCode())),
            _ => Mix(_bits + (long)Kind),
        };
        return (int)(hash ^ (hash >> 32));
    }

    /// <summary>A total order: by kind, then by contents; strings by UTF-16 code unit, lists and maps lexicographically.</summary>
    public int CompareTo(Value other)
    {
        var byKind = Kind.CompareTo(other.Kind);
        if (byKind != 0) return byKind;
        switch (_reference)
        {
            case null: return 0;
            case string text: return string.CompareOrdinal(text, (string)other._reference!);
            case Value[] items:
                var others = (Value[])other._reference!;
                for (var i = 0; i < Math.Min(items.Length, others.Length); i++)
                {
                    var byItem = items[i].CompareTo(others[i]);
                    if (byItem != 0) return byItem;
                }

                return items.Length.CompareTo(others.Length);
            case MapEntries map: return map.CompareTo((MapEntries)other._reference!);
            default: return ReferenceEquals(_reference, DecimalTag) ? AsDecimal().CompareTo(other.AsDecimal()) : _bits.CompareTo(other._bits);
        }
    }

    /// <summary>The value as JSON on one line.</summary>
    public override string ToString() => AppendJson(new StringBuilder()).ToString();

    /// <summary>Appends the value as JSON, without line breaks.</summary>
    public StringBuilder AppendJson(StringBuilder builder)
    {
        switch (Kind)
        {
            case ValueKind.Null: return builder.Append("null");
            case ValueKind.Boolean: return builder.Append(_bits != 0 ? "true" : "false");
            case ValueKind.Integer: return builder.Append(CultureInfo.InvariantCulture, $"{_bits}");
            case ValueKind.Decimal: return builder.Append(JsonText.Decimal(AsDecimal()));
            case ValueKind.String: return JsonText.AppendString(builder, AsString());
            case ValueKind.List:
                builder.Append('[');
                var first = true;
                foreach (var item in AsList())
                {
                    if (!first) builder.Append(',');
                    first = false;
                    item.AppendJson(builder);
                }

                return builder.Append(']');
            default:
                builder.Append('{');
                first = true;
                foreach (var (key, value) in AsMap())
                {
                    if (!first) builder.Append(',');
                    first = false;
                    // JSON has string keys only: any other key is written as the string of its JSON.
                    JsonText.AppendString(builder, key.Kind == ValueKind.String ? key.AsString() : key.ToString()).Append(':');
                    value.AppendJson(builder);
                }

                return builder.Append('}');
        }
    }

    /// <summary>Makes an integer.</summary>
    public static implicit operator Value(long value) => Integer(value);

    /// <summary>Makes a boolean.</summary>
    public static implicit operator Value(bool value) => Boolean(value);

    /// <summary>Makes a string, or null.</summary>
    public static implicit operator Value(string? value) => value is null ? Null : String(value);

    /// <summary>Same kind and contents.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Another kind or other contents.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    /// <summary>Before, in the order of <see cref="CompareTo"/>.</summary>
    public static bool operator <(Value left, Value right) => left.CompareTo(right) < 0;

    /// <summary>After, in the order of <see cref="CompareTo"/>.</summary>
    public static bool operator >(Value left, Value right) => left.CompareTo(right) > 0;

    /// <summary>Not after, in the order of <see cref="CompareTo"/>.</summary>
    public static bool operator <=(Value left, Value right) => left.CompareTo(right) <= 0;

    /// <summary>Not before, in the order of <see cref="CompareTo"/>.</summary>
    public static bool operator >=(Value left, Value right) => left.CompareTo(right) >= 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Mix(long x)
    {
        var z = (ulong)x * 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 32)) * 0xD6E8FEB86659FD93UL;
        return (long)(z ^ (z >> 32));
    }

    private static long StableHash(string text)
    {
        var hash = 0x2545F491L + text.Length;
        foreach (var c in text) hash = Mix(hash + c);
        return hash;
    }

    private InvalidOperationException Mismatch(ValueKind expected) => new($"the value {this} is {Kind}, not {expected}");

    private sealed class MapEntries(KeyValuePair<Value, Value>[] entries) : IEquatable<MapEntries>, IComparable<MapEntries>
    {
        public KeyValuePair<Value, Value>[] Entries { get; } = entries;

        public bool Equals(MapEntries? other) => other is not null && CompareTo(other) == 0;

        public override bool Equals(object? obj) => Equals(obj as MapEntries);

        public override int GetHashCode() => Entries.Length;

        public int CompareTo(MapEntries? other)
        {
            ArgumentNullException.ThrowIfNull(other);
            for (var i = 0; i < Math.Min(Entries.Length, other.Entries.Length); i++)
            {
                var byKey = Entries[i].Key.CompareTo(other.Entries[i].Key);
                if (byKey != 0) return byKey;
                var byValue = Entries[i].Value.CompareTo(other.Entries[i].Value);
                if (byValue != 0) return byValue;
            }

            return Entries.Length.CompareTo(other.Entries.Length);
        }
    }
}

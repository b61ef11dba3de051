using System.Runtime.CompilerServices;
using System.Text;

namespace Checker.Histories.Values;

/// <summary>
/// Interns the values of one history, so that equal values have equal <see cref="ValueId"/>s. Strings lie in one byte pool, lists and maps
/// in one pool of ids: about 12 bytes and a hash slot beyond the contents, no object per value.
/// Reading is safe from many threads while nobody adds.
/// </summary>
public sealed class ValueTable
{
    private const int LongestText = 240;

    private Entry[] _entries = new Entry[16];
    private int _count;
    private int[] _slots = new int[32]; // index + 1; 0 is free
    private byte[] _text = new byte[256];
    private int _textLength;
    private long[] _items = new long[64];
    private int _itemsLength;

    /// <summary>How many values are interned (inline values are not).</summary>
    public int Count => _count;

    /// <summary>An integer.</summary>
    public ValueId Integer(long value) =>
        ValueId.FitsInline(value) ? ValueId.Inline(value) : InternItems(ValueKind.Integer, [value]);

    /// <summary>A decimal.</summary>
    public ValueId Decimal(double value) => InternItems(ValueKind.Decimal, [BitConverter.DoubleToInt64Bits(value == 0 ? 0 : value)]);

    /// <summary>A string.</summary>
    public ValueId String(string value)
    {
        Span<byte> small = stackalloc byte[256];
        var needed = Encoding.UTF8.GetMaxByteCount(value.Length);
        var bytes = needed <= small.Length ? small : new byte[needed];
        return String(bytes[..Utf8Text.Encode(value, bytes)]);
    }

    /// <summary>A string, given as UTF-8. Lone surrogates travel as their three-byte forms, so that every JSON string survives.</summary>
    public ValueId String(ReadOnlySpan<byte> utf8)
    {
        var hash = Hash(ValueKind.String, utf8);
        for (var slot = hash & (_slots.Length - 1); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            var index = _slots[slot] - 1;
            if (index < 0)
            {
                EnsureCapacity(ref _text, _textLength, utf8.Length);
                utf8.CopyTo(_text.AsSpan(_textLength));
                var id = Add(slot, new Entry(_textLength, utf8.Length, ValueKind.String, hash));
                _textLength += utf8.Length;
                return id;
            }

            ref readonly var entry = ref _entries[index];
            if (entry.Hash == hash && entry.Kind == ValueKind.String && utf8.SequenceEqual(_text.AsSpan(entry.Offset, entry.Length)))
            {
                return ValueId.Interned(index);
            }

        }
    }

    /// <summary>A list.</summary>
    public ValueId List(ReadOnlySpan<ValueId> items) =>
        InternItems(ValueKind.List, System.Runtime.InteropServices.MemoryMarshal.Cast<ValueId, long>(items));

    /// <summary>A map, given as alternating keys and values. The span is reordered.</summary>
    /// <exception cref="ArgumentException">A key occurs twice, or the last key has no value.</exception>
    public ValueId Map(Span<ValueId> keysAndValues)
    {
        if (keysAndValues.Length % 2 != 0) throw new ArgumentException("a map needs a value for every key", nameof(keysAndValues));
        var pairs = System.Runtime.InteropServices.MemoryMarshal.Cast<ValueId, Pair>(keysAndValues);
        pairs.Sort(static (a, b) => a.Key.CompareTo(b.Key));
        for (var i = 1; i < pairs.Length; i++)
        {
            if (pairs[i].Key == pairs[i - 1].Key) throw new ArgumentException($"the key {Text(new ValueId(pairs[i].Key))} occurs twice", nameof(keysAndValues));
        }

        return InternItems(ValueKind.Map, System.Runtime.InteropServices.MemoryMarshal.Cast<Pair, long>(pairs));
    }

    /// <summary>Interns a self-contained value.</summary>
    public ValueId Intern(in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null: return ValueId.Null;
            case ValueKind.Boolean: return ValueId.Boolean(value.AsBoolean());
            case ValueKind.Integer: return Integer(value.AsInteger());
            case ValueKind.Decimal: return Decimal(value.AsDecimal());
            case ValueKind.String: return String(value.AsString());
            case ValueKind.List:
                var list = value.AsList();
                Span<ValueId> items = list.Length <= 32 ? stackalloc ValueId[list.Length] : new ValueId[list.Length];
                for (var i = 0; i < list.Length; i++) items[i] = Intern(list[i]);
                return List(items);
            default:
                var map = value.AsMap();
                Span<ValueId> pairs = map.Length <= 16 ? stackalloc ValueId[2 * map.Length] : new ValueId[2 * map.Length];
                for (var i = 0; i < map.Length; i++)
                {
                    pairs[2 * i] = Intern(map[i].Key);
                    pairs[(2 * i) + 1] = Intern(map[i].Value);
                }

                return Map(pairs);
        }
    }

    /// <summary>What the value is.</summary>
    public ValueKind Kind(ValueId id) => (id.Bits & ValueId.TagMask) switch
    {
        ValueId.NullTag => ValueKind.Null,
        ValueId.BooleanTag => ValueKind.Boolean,
        ValueId.IntegerTag => ValueKind.Integer,
        _ => _entries[id.Index].Kind,
    };

    /// <summary>Tries to read an integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetInteger(ValueId id, out long value)
    {
        value = id.InlineInteger;
        return id.IsInlineInteger || TryGetWideInteger(id, out value);
    }

    /// <summary>The items of a list, in order, or the alternating keys and values of a map. Valid until the next value is added.</summary>
    /// <exception cref="ArgumentException">The value is neither a list nor a map.</exception>
    public ReadOnlySpan<ValueId> Items(ValueId id)
    {
        if (Kind(id) is not (ValueKind.List or ValueKind.Map)) throw new ArgumentException($"the value {Text(id)} is neither a list nor a map", nameof(id));
        return ItemsOf(_entries[id.Index]);
    }

    /// <summary>Tries to read the items of a list, in order. They are valid until the next value is added.</summary>
    public bool TryGetList(ValueId id, out ReadOnlySpan<ValueId> items)
    {
        var isList = id.IsInterned && _entries[id.Index].Kind == ValueKind.List;
        items = isList ? ItemsOf(_entries[id.Index]) : default;
        return isList;
    }

    /// <summary>The UTF-8 bytes of a string. Valid until the next value is added.</summary>
    /// <exception cref="ArgumentException">The value is not a string.</exception>
    public ReadOnlySpan<byte> Utf8(ValueId id)
    {
        if (Kind(id) != ValueKind.String) throw new ArgumentException($"the value {Text(id)} is not a string", nameof(id));
        ref readonly var entry = ref _entries[id.Index];
        return _text.AsSpan(entry.Offset, entry.Length);
    }

    /// <summary>The self-contained form of a value.</summary>
    public Value Get(ValueId id)
    {
        switch (Kind(id))
        {
            case ValueKind.Null: return Value.Null;
            case ValueKind.Boolean: return Value.Boolean(id.Bits >> ValueId.TagBits != 0);
            case ValueKind.Integer: return TryGetInteger(id, out var integer) ? Value.Integer(integer) : default;
            case ValueKind.Decimal: return Value.Decimal(BitConverter.Int64BitsToDouble(_items[_entries[id.Index].Offset]));
            case ValueKind.String: return Value.String(Utf8Text.Decode(Utf8(id)));
            case ValueKind.List:
                var items = Items(id);
                var list = new Value[items.Length];
                for (var i = 0; i < list.Length; i++) list[i] = Get(items[i]);
                return Value.List(list);
            default:
                var pairs = Items(id);
                var map = new KeyValuePair<Value, Value>[pairs.Length / 2];
                for (var i = 0; i < map.Length; i++) map[i] = new(Get(pairs[2 * i]), Get(pairs[(2 * i) + 1]));
                return Value.Map(map);
        }
    }

    /// <summary>The value as JSON, for people to read: of a long one the begin, the end, and how long it is.</summary>
    public string Text(ValueId id)
    {
        var text = Get(id).ToString();
        if (text.Length <= LongestText) return text;
        var (begin, end) = (text[..100], text[^40..]);
        if (char.IsHighSurrogate(begin[^1])) begin = begin[..^1];
        if (char.IsLowSurrogate(end[0])) end = end[1..];
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{begin} … {end} ({text.Length:#,0} characters)");
    }

    /// <summary>How many bytes the table holds.</summary>
    public long Bytes => ((long)_entries.Length * Unsafe.SizeOf<Entry>()) + (4L * _slots.Length) + _text.Length + (8L * _items.Length);

    private ReadOnlySpan<ValueId> ItemsOf(in Entry entry) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<long, ValueId>(_items.AsSpan(entry.Offset, entry.Length));

    private bool TryGetWideInteger(ValueId id, out long value)
    {
        var wide = id.IsInterned && _entries[id.Index].Kind == ValueKind.Integer;
        value = wide ? _items[_entries[id.Index].Offset] : 0;
        return wide;
    }

    private ValueId InternItems(ValueKind kind, ReadOnlySpan<long> items)
    {
        var hash = Hash(kind, items);
        for (var slot = hash & (_slots.Length - 1); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            var index = _slots[slot] - 1;
            if (index < 0)
            {
                EnsureCapacity(ref _items, _itemsLength, items.Length);
                items.CopyTo(_items.AsSpan(_itemsLength));
                var id = Add(slot, new Entry(_itemsLength, items.Length, kind, hash));
                _itemsLength += items.Length;
                return id;
            }

            ref readonly var entry = ref _entries[index];
            if (entry.Hash == hash && entry.Kind == kind && items.SequenceEqual(_items.AsSpan(entry.Offset, entry.Length))) return ValueId.Interned(index);
        }
    }

    private ValueId Add(int slot, Entry entry)
    {
        var index = _count++;
        if (index == _entries.Length) Array.Resize(ref _entries, 2 * index);
        _entries[index] = entry;
        _slots[slot] = _count;
        if (_count > _slots.Length - (_slots.Length >> 2)) GrowSlots();
        return ValueId.Interned(index);
    }

    private void GrowSlots()
    {
        _slots = new int[2 * _slots.Length];
        for (var i = 0; i < _count; i++)
        {
            var slot = _entries[i].Hash & (_slots.Length - 1);
            while (_slots[slot] != 0) slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = i + 1;
        }
    }

    private static void EnsureCapacity<T>(ref T[] array, int length, int more)
    {
        if (array.Length - length < more) Array.Resize(ref array, Math.Max(checked(length + more), (int)Math.Min(2L * array.Length, Array.MaxLength)));
    }

    private static int Hash(ValueKind kind, ReadOnlySpan<byte> bytes)
    {
        var hash = (long)kind + (bytes.Length * 31L);
        while (bytes.Length >= 8)
        {
            hash = Value.Mix(hash + System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var b in bytes) hash = (hash * 257) + b;
        return (int)Value.Mix(hash);
    }

    private static int Hash(ValueKind kind, ReadOnlySpan<long> items)
    {
        var hash = (long)kind;
        foreach (var item in items) hash = Value.Mix(hash + item);
        return (int)Value.Mix(hash + items.Length);
    }

    private readonly struct Entry(int offset, int length, ValueKind kind, int hash)
    {
        private readonly uint _lengthAndKind = (uint)length | ((uint)kind << 29); // lengths stay below 2^29

        public readonly int Offset = offset;
        public readonly int Hash = hash;

        public ValueKind Kind => (ValueKind)(_lengthAndKind >> 29);

        public int Length => (int)(_lengthAndKind & 0x1FFF_FFFF);
    }

    private readonly record struct Pair(long Key, long Value);
}

using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>Several registers as one persistent map; those with their initial values are absent.</summary>
internal sealed class Registers
{
    private const int Recent = 64;
    private const int TagBits = 3; // of a ValueId

    private readonly ValueTable _values;
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly Dictionary<ValueId, int> _known = [];
    private readonly (ValueId Name, int Number)[] _recent = new (ValueId, int)[Recent]; // names met last, each at its place, and their indexes + 1
    private readonly List<string> _names = [];
    private readonly ValueIndexes _contents = new();
    private readonly Dictionary<int, ValueId> _initials = [];
    private readonly ValueId _otherwise;
    private readonly PersistentMap _maps = new(); // index of the content + 1

    public Registers(ValueTable values, ValueId initial)
    {
        _values = values;
        if (values.Kind(initial) != ValueKind.Map)
        {
            _otherwise = initial;
            return;
        }

        var entries = values.Items(initial);
        for (var i = 0; i < entries.Length; i += 2) _initials[IndexOf(entries[i])] = entries[i + 1];
    }

    /// <summary>What all states together take, roughly.</summary>
    public long Bytes => _maps.Bytes;

    /// <summary>The number of a register. A name and the string of its JSON are one name, since keys of JSON maps are strings.</summary>
    public int IndexOf(ValueId name)
    {
        ref var recent = ref _recent[(int)(name.Bits >> TagBits) & (Recent - 1)];
        if (recent.Number == 0 || recent.Name != name) recent = (name, LookUp(name) + 1);
        return recent.Number - 1;
    }

    /// <summary>A register's name.</summary>
    public string NameOf(int register) => _names[register];

    public ValueId Read(int state, int register)
    {
        var content = _maps.Get(state, register);
        return content == 0 ? Initial(register) : _contents[(int)content - 1];
    }

    public int Write(int state, int register, ValueId value) =>
        _maps.Set(state, register, value == Initial(register) ? 0 : _contents.Of(value) + 1);

    public string Describe(int state)
    {
        var written = new List<int>();
        _maps.Indexes(state, written);
        return written.Count == 0
            ? "every register has its initial value"
            : string.Join(", ", written.Select(register => $"{_names[register]} holds {_values.Text(Read(state, register))}"));
    }

    private int LookUp(ValueId name)
    {
        if (_known.TryGetValue(name, out var index)) return index;
        var value = _values.Get(name);
        var text = value.Kind == ValueKind.String ? value.AsString() : value.ToString();
        if (!_indexes.TryGetValue(text, out index))
        {
            index = _names.Count;
            _names.Add(text);
            _indexes.Add(text, index);
        }

        _known.Add(name, index);
        return index;
    }

    private ValueId Initial(int register) => _initials.GetValueOrDefault(register, _otherwise);
}

using System.Text;

namespace Checker.Histories.Formats;

/// <summary>Finds a function by the UTF-8 bytes of its name, without allocating.</summary>
internal sealed class FunctionLookup
{
    private const int Slots = 256;

    private readonly byte[]?[] _names = new byte[]?[Slots];
    private readonly Function[] _functions = new Function[Slots];

    /// <param name="type">The type whose functions alone are found; null finds the whole vocabulary.</param>
    public FunctionLookup(DataType? type)
    {
        foreach (var name in FunctionNames.All.Concat(type?.CustomFunctions ?? []))
        {
            if (FunctionNames.TryParse(name, type, out var function) && (type is null || type.Knows(function))) Add(name, function);
        }
    }

    /// <summary>The function of that name, if there is one.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, out Function function)
    {
        for (var slot = Hash(name); _names[slot] is { } candidate; slot = (slot + 1) % Slots)
        {
            if (!name.SequenceEqual(candidate)) continue;
            function = _functions[slot];
            return true;
        }

        function = default;
        return false;
    }

    private void Add(string name, Function function)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        if (TryFind(bytes, out _)) return;
        var slot = Hash(bytes);
        while (_names[slot] is not null) slot = (slot + 1) % Slots;
        _names[slot] = bytes;
        _functions[slot] = function;
    }

    private static int Hash(ReadOnlySpan<byte> name) =>
        name.IsEmpty ? 0 : (name[0] + (31 * name[^1]) + (7 * name.Length) + (13 * name[name.Length / 2])) % Slots;
}

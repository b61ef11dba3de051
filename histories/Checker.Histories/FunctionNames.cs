namespace Checker.Histories;

/// <summary>The names of functions in history files.</summary>
public static class FunctionNames
{
    private static readonly string[] Names =
    [
        "read", "write", "cas", "append", "delete", "add", "remove", "contains", "increment", "decrement", "enqueue", "dequeue", "push", "pop",
        "peek", "insert", "extract-max", "acquire", "release", "generate", "fetch-and-add", "send", "poll", "txn", "snapshot",
    ];

    /// <summary>Every name of the vocabulary, in the order of the codes.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name of a function; a custom one is named by its type.</summary>
    public static string Of(Function function, DataType? type = null)
    {
        if (function < Function.FirstCustom && (int)function < Names.Length) return Names[(int)function];
        var custom = function - Function.FirstCustom;
        return type?.CustomFunctions is { } names && custom >= 0 && custom < names.Count ? names[custom] : $"f{(int)function}";
    }

    /// <summary>The function of that name in the vocabulary or among the custom names of <paramref name="type"/>.</summary>
    public static bool TryParse(string name, DataType? type, out Function function)
    {
        var code = Array.IndexOf(Names, name);
        if (code < 0 && type?.CustomFunctions is { } custom)
        {
            for (var i = 0; i < custom.Count; i++)
            {
                if (custom[i] == name) code = (int)Function.FirstCustom + i;
            }
        }

        function = (Function)Math.Max(code, 0);
        return code >= 0;
    }
}

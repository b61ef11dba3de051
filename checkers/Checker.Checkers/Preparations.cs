using Checker.Histories;

namespace Checker.Checkers;

/// <summary>What several models need of one history, made once for all of them. Not safe for several threads.</summary>
internal sealed class Preparations(History history)
{
    private readonly Dictionary<Type, object> _made = [];

    /// <summary>One preparation of each type.</summary>
    /// <param name="options">The options, whose <see cref="CheckOptions.Preparations"/> are asked; without them it is made anew.</param>
    /// <param name="of">The history; of another than that of the preparations it is made anew.</param>
    /// <param name="make">Makes it.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public static T Get<T>(CheckOptions options, History of, Func<T> make)
        where T : class => options.Preparations?.GetOrMake(of, make) ?? make();

    private T? GetOrMake<T>(History of, Func<T> make)
        where T : class
    {
        if (!ReferenceEquals(history, of)) return null;
        if (_made.TryGetValue(typeof(T), out var made)) return (T)made;
        var value = make();
        _made[typeof(T)] = value;
        return value;
    }
}

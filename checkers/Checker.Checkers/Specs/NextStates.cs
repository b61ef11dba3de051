namespace Checker.Checkers.Specs;

/// <summary>
/// The states that an operation may lead to: none (it is impossible here), one, or several (the specification is nondeterministic).
/// </summary>
/// <typeparam name="TState">The state.</typeparam>
public sealed class NextStates<TState>
{
    private TState[] _items = new TState[4];

    /// <summary>Whether one of them is all that is asked for: a specification that would have to list many may then stop at the first.</summary>
    public bool OneIsEnough { get; init; }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public TState this[int index] => _items[index];

    /// <summary>Adds a state.</summary>
    public void Add(TState state)
    {
        if (Count == _items.Length) Array.Resize(ref _items, 2 * Count);
        _items[Count++] = state;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;
}

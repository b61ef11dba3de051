namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>The open operations in the order in which they began. What was done last can be taken back (Knuth's dancing links).</summary>
internal sealed class OpenList(int operations)
{
    private readonly int[] _next = new int[operations + 1]; // number + 1; 0 is the end
    private readonly int[] _previous = new int[operations + 1];

    /// <summary>The first one; −1 if there is none.</summary>
    public int First => _next[0] - 1;

    /// <summary>The one behind; −1 if there is none.</summary>
    public int Next(int operation) => _next[operation + 1] - 1;

    /// <summary>Adds one at the end.</summary>
    public void Add(int operation)
    {
        var last = _previous[0];
        _next[operation + 1] = 0;
        _previous[operation + 1] = last;
        _next[last] = operation + 1;
        _previous[0] = operation + 1;
    }

    /// <summary>Removes one.</summary>
    public void Remove(int operation)
    {
        _next[_previous[operation + 1]] = _next[operation + 1];
        _previous[_next[operation + 1]] = _previous[operation + 1];
    }

    /// <summary>Takes back <see cref="Add"/>.</summary>
    public void TakeBackAdd(int operation) => Remove(operation);

    /// <summary>Takes back <see cref="Remove"/>.</summary>
    public void TakeBackRemove(int operation)
    {
        _next[_previous[operation + 1]] = operation + 1;
        _previous[_next[operation + 1]] = operation + 1;
    }
}

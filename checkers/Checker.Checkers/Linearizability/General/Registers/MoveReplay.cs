namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// Turns the moves of a configuration into an order of all operations: reads stand where their value first is there, and writes that were
/// never moved
/// stand immediately before the first blind write that was moved while they were open, where nobody sees them.
/// </summary>
internal sealed class MoveReplay(RegisterOperations operations)
{
    private readonly List<int> _order = [];
    private readonly List<int> _waiting = []; // reads and misses that have not found what they need
    private readonly List<int> _unmoved = []; // open writes that the path never moves
    private int _value;

    /// <summary>The order, as numbers of operations, of what can be placed before an event.</summary>
    public int[] Order(List<(int Row, int Event)> path, int end)
    {
        var moved = new bool[operations.Count];
        foreach (var (row, _) in path) moved[row] = true;
        var next = 0;
        for (var position = 0; position < end || (next < path.Count && path[next].Event == position); position++)
        {
            for (; next < path.Count && path[next].Event == position; next++) Move(path[next].Row);
            if (position >= end) break;
            var e = operations.Events[position];
            if (e >= 0) Invoke(e, moved);
            else _unmoved.Remove(~e);
        }

        return [.. _order.Select(row => operations.Operations[row])];
    }

    private void Invoke(int row, bool[] moved)
    {
        switch (operations.Actions[row])
        {
            case RegisterAction.Read or RegisterAction.Miss:
                if (Fits(row)) _order.Add(row);
                else _waiting.Add(row);
                break;
            case RegisterAction.Write when !moved[row] && operations.Returns[row] != Problems.KeyHistory.Never:
                _unmoved.Add(row);
                break;
            default: break;
        }
    }

    private void Move(int row)
    {
        if (operations.Actions[row] == RegisterAction.Write)
        {
            _order.AddRange(_unmoved);
            _unmoved.Clear();
        }

        _order.Add(row);
        _value = operations.Result[row];
        for (var i = 0; i < _waiting.Count;)
        {
            if (Fits(_waiting[i]))
            {
                _order.Add(_waiting[i]);
                _waiting.RemoveAt(i);
            }
            else
            {
                i++;
            }
        }
    }

    private bool Fits(int row) => (operations.Operand[row] == _value) == (operations.Actions[row] == RegisterAction.Read);
}

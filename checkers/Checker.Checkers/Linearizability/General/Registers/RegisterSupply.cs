namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// What the rest of the history says about each value: when it is written next, and until when it has to be held if no open operation can write
/// it again. A configuration that has neither leads nowhere, long before the operation returns that shows it.
/// </summary>
/// <remarks>
/// Let p be the current event and q the next one at which something that writes v is invoked. Whatever finds v and returns before q finds what
/// is held now or what an open operation writes. If no open operation can, and such a one begins at b after p, the register holds v from p to b.
/// </remarks>
internal sealed class RegisterSupply
{
    private readonly RegisterOperations _operations;
    private readonly int[] _start; // by value, in the two below: one entry for each gap between its writers' invocations
    private readonly int[] _next; // the event that ends a gap
    private readonly int[] _until; // the last beginning, of what finds the value and returns in the gap
    private readonly int[] _gap; // by value: the current one
    private readonly List<int> _wanted = [];

    /// <summary>Looks ahead. O(events).</summary>
    public RegisterSupply(RegisterOperations operations)
    {
        _operations = operations;
        var values = operations.Values.Count;
        _gap = new int[values];
        _start = new int[values + 1];
        for (var row = 0; row < operations.Count; row++)
        {
            if (Writes(row)) _start[operations.Result[row] + 1]++;
        }

        for (var value = 0; value < values; value++) _start[value + 1] += _start[value] + 1;
        _next = new int[_start[values]];
        _until = new int[_start[values]];
        Array.Fill(_next, int.MaxValue);
        Array.Fill(_until, -1);
        for (var position = 0; position < operations.EventCount; position++)
        {
            var e = operations.Events[position];
            if (e >= 0 && Writes(e))
            {
                var value = operations.Result[e];
                _next[_start[value] + _gap[value]++] = position;
            }
            else if (e < 0 && operations.Actions[~e] is RegisterAction.Read or RegisterAction.Cas)
            {
                ref var until = ref _until[_start[operations.Operand[~e]] + _gap[operations.Operand[~e]]];
                until = Math.Max(until, operations.Begins[~e]);
            }
        }

        Array.Clear(_gap);
        Rewind(0, 0);
    }

    /// <summary>The values that may have to be held for what begins later; some may not any more.</summary>
    public List<int> Wanted => _wanted;

    /// <summary>The event at which something that writes a value is invoked next; <see cref="int.MaxValue"/> if nothing is.</summary>
    public int Next(int value) => _next[_start[value] + _gap[value]];

    /// <summary>Until which event a value has to be held if no open operation can write it again.</summary>
    public int Until(int value) => _until[_start[value] + _gap[value]];

    /// <summary>Takes note that an operation is invoked.</summary>
    public void Invoke(int row)
    {
        if (!Writes(row)) return;
        var value = _operations.Result[row];
        _gap[value]++;
        Want(value);
    }

    /// <summary>Goes back to before an event, from before another. O(events between, values).</summary>
    public void Rewind(int from, int to)
    {
        for (var position = from - 1; position >= to; position--)
        {
            var e = _operations.Events[position];
            if (e >= 0 && Writes(e)) _gap[_operations.Result[e]]--;
        }

        _wanted.Clear();
        for (var value = 0; value < _gap.Length; value++)
        {
            if (Until(value) >= to) _wanted.Add(value);
        }
    }

    /// <summary>Forgets the values that need not be held any more after an event.</summary>
    public void Pass(int position) => _wanted.RemoveAll(value => Until(value) <= position);

    private void Want(int value)
    {
        if (Until(value) >= 0 && !_wanted.Contains(value)) _wanted.Add(value);
    }

    private bool Writes(int row) => _operations.Actions[row] >= RegisterAction.Write;
}

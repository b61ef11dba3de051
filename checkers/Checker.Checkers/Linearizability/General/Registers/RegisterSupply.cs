using Checker.Checkers.Linearizability.Special.Columns;

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
    private int[] _start = []; // by value, in the two below: one entry for each gap between its writers' invocations
    private int[] _next = []; // the event that ends a gap
    private int[] _until = []; // the last beginning, of what finds the value and returns in the gap
    private int[] _gap = []; // by value: the current one
    private readonly List<int> _wanted = [];

    /// <summary>What some operations say.</summary>
    /// <param name="operations">The operations; loaded anew for each register.</param>
    public RegisterSupply(RegisterOperations operations) => _operations = operations;

    /// <summary>Looks ahead in the register that was loaded, and starts before its first event. O(events).</summary>
    public void Begin()
    {
        var values = _operations.Values.Count;
        Reused.Prepare(ref _gap, values, 0);
        Reused.Prepare(ref _start, values + 1, 0);
        for (var row = 0; row < _operations.Count; row++)
        {
            if (Writes(row)) _start[_operations.Result[row] + 1]++;
        }

        for (var value = 0; value < values; value++) _start[value + 1] += _start[value] + 1;
        Reused.Prepare(ref _next, _start[values], int.MaxValue);
        Reused.Prepare(ref _until, _start[values], -1);
        for (var position = 0; position < _operations.EventCount; position++)
        {
            var e = _operations.Events[position];
            if (e >= 0 && Writes(e))
            {
                var value = _operations.Result[e];
                _next[_start[value] + _gap[value]++] = position;
            }
            else if (e < 0 && _operations.Actions[~e] is RegisterAction.Read or RegisterAction.Cas)
            {
                ref var until = ref _until[_start[_operations.Operand[~e]] + _gap[_operations.Operand[~e]]];
                until = Math.Max(until, _operations.Begins[~e]);
            }
        }

        Array.Clear(_gap, 0, values);
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
        for (var value = 0; value < _operations.Values.Count; value++)
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

using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>What several registers are used for, register by register: each as a history of reads, writes and compare-and-sets of its own.</summary>
internal sealed class RegisterUseColumns
{
    private const int Nothing = -1;

    private readonly KeyHistory _history;
    private readonly RegisterUses _uses;
    private readonly int[] _starts; // of each register
    private readonly int[] _ends;
    private readonly int[] _rows; // register by register, increasing
    private readonly int[] _found; // contents
    private readonly int[] _left;

    /// <summary>Sorts the uses by register. O(uses).</summary>
    /// <param name="history">The object.</param>
    /// <param name="uses">What its rows find and leave.</param>
    public RegisterUseColumns(in KeyHistory history, RegisterUses uses)
    {
        (_history, _uses) = (history, uses);
        var most = uses.Found.Total + uses.Left.Total;
        _rows = GC.AllocateUninitializedArray<int>(most);
        _found = GC.AllocateUninitializedArray<int>(most);
        _left = GC.AllocateUninitializedArray<int>(most);
        _starts = new int[uses.Count];
        for (var row = 0; row < history.Count; row++)
        {
            foreach (var content in uses.Found[row]) _starts[uses.RegisterOf(content)]++;
            foreach (var content in uses.Left[row]) _starts[uses.RegisterOf(content)]++; // one too many where it was found as well
        }

        var next = 0;
        foreach (ref var start in _starts.AsSpan()) (start, next) = (next, next + start);
        _ends = [.. _starts];
        for (var row = 0; row < history.Count; row++)
        {
            foreach (var content in uses.Found[row]) Add(row, uses.RegisterOf(content), content, Nothing);
            foreach (var content in uses.Left[row])
            {
                var register = uses.RegisterOf(content);
                var end = _ends[register];
                if (end > _starts[register] && _rows[end - 1] == row) _left[end - 1] = content;
                else Add(row, register, Nothing, content);
            }
        }
    }

    /// <summary>One register by itself.</summary>
    public KeyHistory Alone(int register)
    {
        var (start, count) = (_starts[register], _ends[register] - _starts[register]);
        var columns = new KeyColumns(count);
        for (var i = 0; i < count; i++)
        {
            var (row, found, left) = (_rows[start + i], _found[start + i], _left[start + i]);
            columns.Operations[i] = _history.Operations[row];
            columns.Functions[i] = left == Nothing ? Function.Read : found == Nothing ? Function.Write : Function.Cas;
            columns.Types[i] = _history.Types[row];
            columns.Inputs[i] = left == Nothing ? ValueId.Null : found == Nothing ? _uses.ValueOf(left) : Pair(_uses.ValueOf(found), _uses.ValueOf(left));
            columns.Outputs[i] = left == Nothing ? _uses.ValueOf(found) : ValueId.Null;
            columns.Invokes[i] = _history.Invokes[row];
            columns.Returns[i] = _history.Returns[row];
        }

        return new KeyHistory(_history.History, DataTypes.CasRegister, _uses.ValueOf(register), _history.Key, columns, 0, count);
    }

    private void Add(int row, int register, int found, int left)
    {
        var at = _ends[register]++;
        (_rows[at], _found[at], _left[at]) = (row, found, left);
    }

    // Interning may add to the table; two checks of one history must not do so at once.
    private ValueId Pair(ValueId found, ValueId left)
    {
        var values = _history.History.Values;
        lock (values) return values.List([found, left]);
    }
}

using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>Which values lead to something: what is needed itself, and what compare-and-sets that leave what is needed need.</summary>
/// <param name="operations">The operations.</param>
/// <param name="open">What is open at the current event.</param>
/// <typeparam name="TMask">The set of slots.</typeparam>
internal sealed class RegisterNeeds<TMask>(RegisterOperations operations, RegisterOpen<TMask> open)
    where TMask : struct, ISlotMask<TMask>
{
    private bool[] _needed = [];
    private readonly List<int> _marked = []; // what is needed, unless everything was: so that forgetting it takes no pass over all values
    private bool _everything;

    /// <summary>Starts with the register that was loaded.</summary>
    public void Begin()
    {
        Reused.Prepare(ref _needed, operations.Values.Count, fill: false);
        _marked.Clear();
        _everything = false;
    }

    /// <summary>Whether a value is needed.</summary>
    public bool this[int value] => _needed[value];

    /// <summary>
    /// Finds what leads to one operation by finished ones: for a write its own value, for what finds a value that one, for a miss any other.
    /// O((compare-and-sets to be placed)²), and for a miss the values.
    /// </summary>
    public void FindFor(int row, in RegisterConfiguration<TMask> from)
    {
        Forget(operations.Actions[row] == RegisterAction.Miss);
        if (_everything) _needed[operations.Operand[row]] = false;
        else Mark(operations.Actions[row] == RegisterAction.Write ? operations.Result[row] : operations.Operand[row]);
        for (var changed = true; changed;)
        {
            changed = false;
            for (var left = from.Due & open.Swaps; !left.IsEmpty; left -= TMask.Of(left.Lowest))
            {
                var swap = open.RowAt(left.Lowest);
                if (!_needed[operations.Result[swap]] || _needed[operations.Operand[swap]]) continue;
                Mark(operations.Operand[swap]);
                changed = true;
            }
        }
    }

    /// <summary>Finds what leads to anything that is due, by unfinished compare-and-sets that are left. For a miss that is due any value may be the way.</summary>
    /// <param name="from">The configuration.</param>
    /// <param name="counts">How many unfinished operations of each living class took effect.</param>
    /// <param name="missing">Whether a miss is due.</param>
    public void FindForAll(in RegisterConfiguration<TMask> from, ReadOnlySpan<int> counts, bool missing)
    {
        Forget(missing);
        if (missing) return;
        for (var left = from.Due - open.Writes; !left.IsEmpty; left -= TMask.Of(left.Lowest)) Mark(operations.Operand[open.RowAt(left.Lowest)]);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var unfinished in open.SwapClasses)
            {
                var operand = operations.Unfinished.Operand(unfinished);
                if (_needed[operand] || !_needed[operations.Unfinished.Result(unfinished)] || open.Left(unfinished, counts) == 0) continue;
                Mark(operand);
                changed = true;
            }
        }
    }

    private void Forget(bool everything)
    {
        if (everything || _everything) Array.Fill(_needed, everything, 0, operations.Values.Count);
        else foreach (var value in _marked) _needed[value] = false;
        _marked.Clear();
        _everything = everything;
    }

    private void Mark(int value)
    {
        _needed[value] = true;
        _marked.Add(value);
    }
}

using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// The unfinished writes and compare-and-sets of one register in classes of equal ones. A class is alive from its first invocation to the last
/// return of what may find its result; while it lives it has a counter, which another class may have later.
/// </summary>
internal sealed class RegisterClasses
{
    private readonly Dictionary<(int Operand, int Result), int> _numbers = [];
    private readonly List<(int Operand, int Result, int Closes)> _classes = [];
    private readonly List<(int Event, int Class)> _closings = [];
    private readonly Stack<int> _free = [];
    private int[] _classOf = []; // by row, unfinished rows only
    private int[] _start = []; // by class, in _rows
    private int[] _rows = [];
    private int[] _counters = [];

    /// <summary>How many classes there are.</summary>
    public int Count => _classes.Count;

    /// <summary>The most classes alive at once.</summary>
    public int CounterCount { get; private set; }

    /// <summary>When classes end: after which event, and which; by event.</summary>
    public IReadOnlyList<(int Event, int Class)> Closings => _closings;

    /// <summary>The class of an unfinished row.</summary>
    public int Of(int row) => _classOf[row];

    /// <summary>The value that a class needs to find; −1 for writes.</summary>
    public int Operand(int number) => _classes[number].Operand;

    /// <summary>The value that a class leaves.</summary>
    public int Result(int number) => _classes[number].Result;

    /// <summary>The counter of a class while it lives.</summary>
    public int Counter(int number) => _counters[number];

    /// <summary>A member of a class, in the order of invocation.</summary>
    public int Row(int number, int member) => _rows[_start[number] + member];

    /// <summary>Finds the classes.</summary>
    /// <param name="operations">The rows and events.</param>
    /// <param name="lastNeed">By value: the position of the last return that may find it.</param>
    /// <param name="positions">By event: its position in the whole history.</param>
    public void Load(RegisterOperations operations, ReadOnlySpan<int> lastNeed, ReadOnlySpan<int> positions)
    {
        _numbers.Clear();
        _classes.Clear();
        _closings.Clear();
        CounterCount = 0;
        var unfinished = (2 * operations.Count) - operations.EventCount;
        if (unfinished == 0) return;
        Reused.Reserve(ref _classOf, operations.Count);
        Reused.Reserve(ref _rows, unfinished);
        for (var row = 0; row < operations.Count; row++)
        {
            if (operations.Returns[row] != KeyHistory.Never) continue;
            var (operand, result) = (operations.Operand[row], operations.Result[row]);
            ref var number = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_numbers, (operand, result), out var known);
            if (!known)
            {
                number = _classes.Count;
                _classes.Add((operand, result, positions.BinarySearch(lastNeed[result])));
                _closings.Add((_classes[number].Closes, number));
            }

            _classOf[row] = number;
        }

        Group(operations);
        _closings.Sort();
        AssignCounters(operations);
    }

    private void Group(RegisterOperations operations)
    {
        Reused.Prepare(ref _start, Count + 1, 0);
        for (var row = 0; row < operations.Count; row++)
        {
            if (operations.Returns[row] == KeyHistory.Never) _start[_classOf[row] + 1]++;
        }

        for (var number = 0; number < Count; number++) _start[number + 1] += _start[number];
        for (var row = operations.Count - 1; row >= 0; row--)
        {
            if (operations.Returns[row] == KeyHistory.Never) _rows[--_start[_classOf[row] + 1]] = row;
        }

        // Filling from the back has moved each end to its beginning.
        Array.Copy(_start, 1, _start, 0, Count);
    }

    private void AssignCounters(RegisterOperations operations)
    {
        Reused.Prepare(ref _counters, Count, -1);
        _free.Clear();
        var closing = 0;
        for (var e = 0; e < operations.EventCount; e++)
        {
            var row = operations.Events[e];
            if (row >= 0 && operations.Returns[row] == KeyHistory.Never && _counters[_classOf[row]] < 0)
                _counters[_classOf[row]] = _free.TryPop(out var counter) ? counter : CounterCount++;
            for (; closing < _closings.Count && _closings[closing].Event == e; closing++) _free.Push(_counters[_closings[closing].Class]);
        }
    }
}

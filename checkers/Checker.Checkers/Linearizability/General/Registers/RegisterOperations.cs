using System.Runtime.CompilerServices;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// The operations of one register, prepared for the frontier: values as small numbers, and events in order. Loaded again and again, so that
/// ten thousand keys use the same columns; each column may be longer than <see cref="Count"/>.
/// </summary>
/// <remarks>
/// A finished operation has a slot that no other has while it is open. Unfinished writes and compare-and-sets stay open for ever, but matter
/// only as long as some finished operation may still find what they leave; those that nobody can find are left out. Equal ones are
/// interchangeable and form a class, of which it only matters how many took effect.
/// </remarks>
internal sealed class RegisterOperations
{
    private readonly List<ValueId> _values = [];
    private readonly Stack<int> _freeSlots = [];
    private int[] _positions = []; // by row its invocation, later by event: in the whole history
    private int[] _lastNeed = []; // by value: the position of the last return that may find it, or −1

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The number in the whole history of each row.</summary>
    public int[] Operations { get; private set; } = [];

    public RegisterAction[] Actions { get; private set; } = [];

    /// <summary>The value that each row needs to find or not to find; −1 for a write.</summary>
    public int[] Operand { get; private set; } = [];

    /// <summary>The value that each write and compare-and-set leaves.</summary>
    public int[] Result { get; private set; } = [];

    /// <summary>The slot of each finished row.</summary>
    public int[] Slots { get; private set; } = [];

    /// <summary>The number of the event at which each row is invoked.</summary>
    public int[] Begins { get; private set; } = [];

    /// <summary>The number of the event at which each row returns, or <see cref="KeyHistory.Never"/>.</summary>
    public int[] Returns { get; private set; } = [];

    /// <summary>The events in order: row ≥ 0 is its invocation, ~row its return.</summary>
    public int[] Events { get; private set; } = [];

    /// <summary>How many events there are.</summary>
    public int EventCount { get; private set; }

    /// <summary>The most finished operations open at once.</summary>
    public int SlotCount { get; private set; }

    /// <summary>The values by number; the initial one has number 0.</summary>
    public IReadOnlyList<ValueId> Values => _values;

    /// <summary>The unfinished rows.</summary>
    public RegisterClasses Unfinished { get; } = new();

    /// <summary>Loads an object; false if it does more than a register can.</summary>
    public bool TryLoad(in KeyHistory history)
    {
        if (history.Functions.IndexOfAnyExcept([Function.Read, Function.Write, Function.Cas, Function.Delete]) >= 0) return false;
        Reserve(history.Count);
        if (!Translate(history)) return false;
        FindLastNeeds(history.Count);
        Keep(history.Count);
        Order();
        AssignSlots();
        Unfinished.Load(this, _lastNeed, _positions.AsSpan(0, EventCount));
        return true;
    }

    private void Reserve(int count)
    {
        _values.Clear();
        if (Operations.Length >= count) return;
        var size = Math.Max(count, Math.Min(2 * Operations.Length, 1 << 16));
        Operations = new int[size];
        Actions = new RegisterAction[size];
        Operand = new int[size];
        Result = new int[size];
        Slots = new int[size];
        Begins = new int[size];
        Returns = new int[size];
        Events = new int[2 * size];
        _positions = new int[2 * size];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Translate(in KeyHistory history)
    {
        using var numbers = new ValueNumbers(16);
        numbers.NumberOf(history.Initial);
        var table = history.History.Values;
        history.Operations.CopyTo(Operations);
        history.Invokes.CopyTo(_positions);
        history.Returns.CopyTo(Returns);
        for (var row = 0; row < history.Count; row++)
        {
            var input = history.Inputs[row];
            switch (history.Functions[row])
            {
                case Function.Read:
                    Actions[row] = RegisterAction.Read;
                    Operand[row] = numbers.NumberOf(history.Types[row] == OperationType.Ok ? history.Outputs[row] : history.Initial);
                    break;
                case Function.Write or Function.Delete:
                    Actions[row] = RegisterAction.Write;
                    Operand[row] = -1;
                    Result[row] = numbers.NumberOf(history.Functions[row] == Function.Write ? input : ValueId.Null);
                    break;
                default:
                    if (table.Kind(input) != ValueKind.List || table.Items(input) is not [var expected, var replacement]) return false;
                    Operand[row] = numbers.NumberOf(expected);
                    Result[row] = numbers.NumberOf(replacement);
                    Actions[row] = history.Types[row] == OperationType.Fail ? RegisterAction.Miss
                        : expected == replacement ? RegisterAction.Read : RegisterAction.Cas;
                    break;
            }
        }

        for (var number = 0; number < numbers.Count; number++) _values.Add(numbers[number]);
        return true;
    }

    // Until when a value may matter: the last return of what needs to find it, or to find another than some value. What leaves a value that
    // is needed needs its own.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindLastNeeds(int count)
    {
        Reused.Prepare(ref _lastNeed, _values.Count, -1);
        var last = _lastNeed.AsSpan(0, _values.Count);
        var (lastMiss, unfinished) = (-1, false);
        for (var row = 0; row < count; row++)
        {
            if (Returns[row] == KeyHistory.Never) unfinished |= Actions[row] == RegisterAction.Cas;
            else if (Actions[row] == RegisterAction.Miss) lastMiss = Math.Max(lastMiss, Returns[row]);
            else if (Operand[row] >= 0) last[Operand[row]] = Math.Max(last[Operand[row]], Returns[row]);
        }

        if (lastMiss >= 0)
        {
            foreach (ref var need in last) need = Math.Max(need, lastMiss);
        }

        for (var changed = unfinished; changed;)
        {
            changed = false;
            for (var row = 0; row < count; row++)
            {
                if (Actions[row] != RegisterAction.Cas || Returns[row] != KeyHistory.Never || last[Result[row]] <= last[Operand[row]]) continue;
                last[Operand[row]] = last[Result[row]];
                changed = true;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Keep(int count)
    {
        var kept = 0;
        for (var row = 0; row < count; row++)
        {
            var needed = Returns[row] != KeyHistory.Never
                || (Actions[row] is RegisterAction.Write or RegisterAction.Cas && _lastNeed[Result[row]] > _positions[row]);
            if (!needed) continue;
            Operations[kept] = Operations[row];
            Actions[kept] = Actions[row];
            Operand[kept] = Operand[row];
            Result[kept] = Result[row];
            Returns[kept] = Returns[row];
            _positions[kept++] = _positions[row];
        }

        Count = kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Order()
    {
        using var rented = new Rented<long>(Count);
        var finished = 0;
        for (var row = 0; row < Count; row++)
        {
            if (Returns[row] != KeyHistory.Never) rented.Span[finished++] = PositionSort.Entry(Returns[row], row);
        }

        var returns = rented.Span[..finished];
        PositionSort.Sort(returns);
        EventCount = Count + finished;

        // Backwards, so that the positions by event may take the place of those by row.
        var (invocation, at) = (Count - 1, finished - 1);
        for (var e = EventCount - 1; e >= 0; e--)
        {
            if (at >= 0 && (invocation < 0 || PositionSort.PositionOf(returns[at]) > _positions[invocation]))
            {
                var row = PositionSort.NumberOf(returns[at]);
                _positions[e] = PositionSort.PositionOf(returns[at--]);
                Returns[row] = e;
                Events[e] = ~row;
            }
            else
            {
                _positions[e] = _positions[invocation];
                Begins[invocation] = e;
                Events[e] = invocation--;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AssignSlots()
    {
        _freeSlots.Clear();
        SlotCount = 0;
        foreach (var e in Events.AsSpan(0, EventCount))
        {
            if (e < 0) _freeSlots.Push(Slots[~e]);
            else if (Returns[e] != KeyHistory.Never) Slots[e] = _freeSlots.TryPop(out var slot) ? slot : SlotCount++;
        }
    }
}

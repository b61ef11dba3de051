namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>
/// One end of a queue: its events, and its finished operations that have a value, numbered by return. A position is how many of the events have
/// passed.
/// </summary>
internal sealed class QueueSide
{
    private readonly QueueOperation[] _operations; // by return
    private readonly int[] _invokes; // the number of the event of the invocation, by operation
    private readonly int[] _returns;
    private readonly int[] _slots; // of each operation: no other one that is open at the same time has it
    private readonly int[] _lastInside; // the last event at which an operation of the same value began that returned before this one; −1
    private readonly int[] _starts; // of each value's part of the operations by value
    private readonly int[] _byValue; // the numbers of the operations of each value, by return
    private readonly int[] _begins; // the times of the invocations of each value, in order
    private readonly int[] _earliestFrom; // from each place there to the end of the value's part, the first event of an invocation
    private readonly int[] _cursors; // by value, somewhere near the position that was asked for last
    private readonly QueueEvent[] _events;
    private readonly int[] _lastEmpty; // by position, the event at which the last of those began who find nothing and are open; −1
    private readonly List<QueueOperation> _empties;

    public QueueSide(List<QueueOperation> operations, List<QueueOperation> unknown, List<QueueOperation> empties, int values)
    {
        _operations = [.. operations];
        Array.Sort(_operations, static (a, b) => a.Return.CompareTo(b.Return));
        (_invokes, _returns) = (new int[Count], new int[Count]);
        _empties = empties; // by invocation
        _events = Events(unknown);
        Unknown = [.. Enumerable.Range(0, _events.Length).Where(at => _events[at].Kind == QueueEventKind.Unknown)];
        UnknownRows = [.. Unknown.Select(at => unknown[_events[at].Operation].Row)];
        _lastEmpty = LastEmpty();
        (_starts, _byValue, _cursors) = (new int[values + 1], new int[Count], new int[values]);
        foreach (var operation in _operations) _starts[operation.Value + 1]++;
        for (var value = 0; value < values; value++) _cursors[value] = _starts[value + 1] += _starts[value];
        for (var number = Count - 1; number >= 0; number--) _byValue[--_cursors[_operations[number].Value]] = number;
        _slots = Slots();
        (_lastInside, _earliestFrom, _begins) = (new int[Count], new int[Count], new int[Count]);
        for (var value = 0; value < values; value++) LookInside(_starts[value], _starts[value + 1]);
    }

    /// <summary>How many operations there are.</summary>
    public int Count => _operations.Length;

    /// <summary>How many events there are.</summary>
    public int EventCount => _events.Length;

    /// <summary>How many operations are open at once at most.</summary>
    public int SlotCount { get; private set; }

    /// <summary>The numbers of the events at which operations of unknown outcome begin.</summary>
    public int[] Unknown { get; }

    /// <summary>Their rows.</summary>
    public int[] UnknownRows { get; }

    /// <summary>One operation.</summary>
    public ref readonly QueueOperation this[int number] => ref _operations[number];

    /// <summary>All operations.</summary>
    public ReadOnlySpan<QueueOperation> Operations => _operations;

    /// <summary>One event.</summary>
    public ref readonly QueueEvent Event(int number) => ref _events[number];

    /// <summary>The slot of an operation.</summary>
    public int SlotOf(int number) => _slots[number];

    /// <summary>The time of the event that comes next at a position; later than all if there is none.</summary>
    public int TimeAfter(int position) => position < _events.Length ? _events[position].Time : int.MaxValue;

    /// <summary>The time of the event that passed last at a position; −1 if there is none.</summary>
    public int TimeBefore(int position) => position == 0 ? -1 : _events[position - 1].Time;

    /// <summary>Of those who find nothing and are open at a position, the event at which the last one began; −1 if there is none.</summary>
    public int LastEmpty(int position) => _lastEmpty[position];

    /// <summary>Whether nothing of the same value that begins from a position on returns before an operation.</summary>
    public bool IsFirst(int number, int position) => _lastInside[number] < position;

    /// <summary>Of the operations of a value that are open at a position and in a set of slots the one that returns first; −1 if there is none.</summary>
    public int Earliest(int value, int position, ReadOnlySpan<ulong> slots)
    {
        var end = _starts[value + 1];
        for (var at = _starts[value] + ReturnedBefore(value, position); at < end && _earliestFrom[at] < position; at++)
        {
            var number = _byValue[at];
            if (_invokes[number] < position && (slots[_slots[number] >> 6] >> _slots[number] & 1) != 0) return number;
        }

        return -1;
    }

    /// <summary>How many operations of a value have returned at a position.</summary>
    public int ReturnedBefore(int value, int position)
    {
        var (start, end) = (_starts[value], _starts[value + 1]);
        ref var cursor = ref _cursors[value];
        while (cursor < end && _returns[_byValue[cursor]] < position) cursor++;
        while (cursor > start && _returns[_byValue[cursor - 1]] >= position) cursor--;
        return cursor - start;
    }

    /// <summary>How many operations have returned at a position, without what the queue held at first. O(position).</summary>
    public int RowsReturned(int position)
    {
        var count = 0;
        foreach (var (_, kind, operation) in _events.AsSpan(0, position))
        {
            if (kind == QueueEventKind.EmptyReturn || (kind == QueueEventKind.Return && _operations[operation].Row >= 0)) count++;
        }

        return count;
    }

    /// <summary>How many operations of a value are open at a position and in a set of slots.</summary>
    public int CountOpen(int value, int position, ReadOnlySpan<ulong> slots)
    {
        var (count, end) = (0, _starts[value + 1]);
        for (var at = _starts[value] + ReturnedBefore(value, position); at < end && _earliestFrom[at] < position; at++)
        {
            var number = _byValue[at];
            if (_invokes[number] < position && (slots[_slots[number] >> 6] >> _slots[number] & 1) != 0) count++;
        }

        return count;
    }

    /// <summary>How many operations of a value began before a time.</summary>
    public int BegunBefore(int value, int time)
    {
        var (low, high) = (_starts[value], _starts[value + 1]);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_begins[middle] < time) low = middle + 1;
            else high = middle;
        }

        return low - _starts[value];
    }

    /// <summary>The operations of a value, by return.</summary>
    public ReadOnlySpan<int> Returning(int value) => _byValue.AsSpan(_starts[value], _starts[value + 1] - _starts[value]);

    /// <summary>The row of a dequeue that finds nothing, by the event of its invocation.</summary>
    public int EmptyRowAt(int number) => _empties[_events[number].Operation].Row;

    /// <summary>The rows of those who find nothing and begin at events from one position up to another.</summary>
    public IEnumerable<int> EmptyRows(int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (_events[at].Kind == QueueEventKind.EmptyInvoke) yield return EmptyRowAt(at);
        }
    }

    private QueueEvent[] Events(List<QueueOperation> unknown)
    {
        var events = new List<QueueEvent>((2 * Count) + unknown.Count + (2 * _empties.Count));
        for (var number = 0; number < Count; number++)
        {
            events.Add(new(_operations[number].Invoke, QueueEventKind.Invoke, number));
            if (_operations[number].Return != int.MaxValue) events.Add(new(_operations[number].Return, QueueEventKind.Return, number));
        }

        for (var i = 0; i < unknown.Count; i++) events.Add(new(unknown[i].Invoke, QueueEventKind.Unknown, i));
        for (var i = 0; i < _empties.Count; i++)
        {
            events.Add(new(_empties[i].Invoke, QueueEventKind.EmptyInvoke, i));
            events.Add(new(_empties[i].Return, QueueEventKind.EmptyReturn, i));
        }

        events.Sort(static (a, b) => a.Time.CompareTo(b.Time));
        var invokeOf = new int[_empties.Count];
        for (var at = 0; at < events.Count; at++)
        {
            var (time, kind, operation) = events[at];
            if (kind == QueueEventKind.Invoke) _invokes[operation] = at;
            else if (kind == QueueEventKind.Return) _returns[operation] = at;
            else if (kind == QueueEventKind.EmptyInvoke) invokeOf[operation] = at;
            else if (kind == QueueEventKind.EmptyReturn) events[at] = new(time, kind, invokeOf[operation]);
        }

        return [.. events];
    }

    private int[] LastEmpty()
    {
        var last = new int[_events.Length + 1];
        var open = new SortedSet<int>();
        last[0] = -1;
        for (var at = 0; at < _events.Length; at++)
        {
            if (_events[at].Kind == QueueEventKind.EmptyInvoke) open.Add(at);
            else if (_events[at].Kind == QueueEventKind.EmptyReturn) open.Remove(_events[at].Operation);
            last[at + 1] = open.Count > 0 ? open.Max : -1;
        }

        return last;
    }

    private int[] Slots()
    {
        var slots = new int[Count];
        var free = new PriorityQueue<int, int>();
        foreach (var (_, kind, number) in _events)
        {
            if (kind == QueueEventKind.Return)
            {
                free.Enqueue(slots[number], slots[number]);
            }
            else if (kind == QueueEventKind.Invoke)
            {
                slots[number] = free.TryDequeue(out var slot, out _) ? slot : SlotCount++;
            }
        }

        return slots;
    }

    private void LookInside(int start, int end)
    {
        var (latest, earliest) = (-1, int.MaxValue);
        for (var at = start; at < end; at++)
        {
            var number = _byValue[at];
            _lastInside[number] = latest > _invokes[number] ? latest : -1;
            latest = Math.Max(latest, _invokes[number]);
        }

        for (var at = start; at < end; at++) _begins[at] = _operations[_byValue[at]].Invoke;
        Array.Sort(_begins, start, end - start);
        for (var at = end - 1; at >= start; at--) _earliestFrom[at] = earliest = Math.Min(earliest, _invokes[_byValue[at]]);
    }
}

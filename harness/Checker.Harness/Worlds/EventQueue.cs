
namespace Checker.Harness.Worlds;

/// <summary>One thing that will happen: a message that arrives, or a <see cref="LoopItem"/> (then <see cref="To"/> is −1).</summary>
internal struct Event
{
    public object Payload;
    public int From; // EndpointId.Value
    public int To;
    public int Life; // of the receiver when the message was sent
}

/// <summary>
/// What is due, by time, and by order of scheduling among equals. A four-ary heap of 16-byte keys (four children share a cache line) over a slab
/// of events: push and pop are O(log n) and allocate nothing once the arrays have grown.
/// </summary>
internal sealed class EventQueue
{
    private const int SlotBits = 24;
    private const int SlotMask = (1 << SlotBits) - 1;
    private Key[] _heap = new Key[256];
    private Event[] _slots = new Event[256];
    private int[] _free = new int[256];
    private int _freeCount;
    private int _slotCount;
    private long _sequence;
    private int _cancelled;

    /// <summary>The number of events, called-off ones included.</summary>
    public int Count { get; private set; }

    /// <summary>When the next event is due, a called-off one perhaps; the end of time if there is none.</summary>
    public long NextTime => Count == 0 ? long.MaxValue : _heap[0].Time;

    /// <summary>Schedules a loop item.</summary>
    public void Push(long time, LoopItem item) => Push(time, new Event { Payload = item, To = -1 });

    /// <summary>Schedules an event.</summary>
    /// <exception cref="InvalidOperationException">16 million events are pending: something floods the run.</exception>
    public void Push(long time, in Event item)
    {
        int slot;
        if (_freeCount > 0)
        {
            slot = _free[--_freeCount];
        }
        else
        {
            slot = _slotCount++;
            if (slot > SlotMask) throw new InvalidOperationException("16 million events are pending; a node or client floods the world");
            if (slot == _slots.Length) Array.Resize(ref _slots, 2 * slot);
        }

        _slots[slot] = item;
        if (Count == _heap.Length) Array.Resize(ref _heap, 2 * Count);
        SiftUp(Count++, new Key(time, (_sequence++ << SlotBits) | (uint)slot));
    }

    /// <summary>Takes the next event that was not called off, if it is due by <paramref name="limit"/>.</summary>
    public bool TryPop(long limit, out long time, out Event item)
    {
        while (Count > 0)
        {
            var key = _heap[0];
            if (key.Time > limit) break;
            var last = _heap[--Count];
            if (Count > 0) SiftDown(0, last);
            var slot = (int)key.Order & SlotMask;
            item = _slots[slot];
            Release(slot);
            if (item.To < 0 && ((LoopItem)item.Payload).IsCancelled)
            {
                _cancelled--;
                continue;
            }

            time = key.Time;
            return true;
        }

        (time, item) = (0, default);
        return false;
    }

    /// <summary>Learns that an item was called off; sweeps when such items are the majority.</summary>
    public void NoteCancelled()
    {
        if (++_cancelled <= 64 + (Count / 2)) return;
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            var slot = (int)_heap[i].Order & SlotMask;
            if (_slots[slot].To < 0 && ((LoopItem)_slots[slot].Payload).IsCancelled) Release(slot);
            else _heap[kept++] = _heap[i];
        }

        _cancelled = 0;
        Count = kept;
        Rebuild();
    }

    /// <summary>The number of messages on their way to a receiver.</summary>
    public int CountMessagesTo(int receiver, int life)
    {
        var count = 0;
        for (var i = 0; i < Count; i++)
        {
            ref readonly var item = ref _slots[(int)_heap[i].Order & SlotMask];
            if (item.To == receiver && item.Life == life) count++;
        }

        return count;
    }

    /// <summary>Gives timers new due times; their order among equals stays.</summary>
    public void Retime(Func<LoopItem, long?> due)
    {
        for (var i = 0; i < Count; i++)
        {
            ref readonly var item = ref _slots[(int)_heap[i].Order & SlotMask];
            if (item.To < 0 && due((LoopItem)item.Payload) is { } time) _heap[i] = new Key(time, _heap[i].Order);
        }

        Rebuild();
    }

    private void Release(int slot)
    {
        _slots[slot].Payload = null!;
        if (_freeCount == _free.Length) Array.Resize(ref _free, 2 * _freeCount);
        _free[_freeCount++] = slot;
    }

    private void Rebuild()
    {
        for (var i = (Count - 2) >> 2; i >= 0; i--) SiftDown(i, _heap[i]);
    }

    private void SiftUp(int index, Key key)
    {
        var heap = _heap;
        while (index > 0)
        {
            var parent = (index - 1) >> 2;
            if (!key.IsBefore(heap[parent])) break;
            heap[index] = heap[parent];
            index = parent;
        }

        heap[index] = key;
    }

    private void SiftDown(int index, Key key)
    {
        var heap = _heap.AsSpan(0, Count);
        while (true)
        {
            var child = (index << 2) + 1;
            if (child >= heap.Length) break;
            var end = Math.Min(child + 4, heap.Length);
            var least = child;
            for (var other = child + 1; other < end; other++)
            {
                if (heap[other].IsBefore(heap[least])) least = other;
            }

            if (!heap[least].IsBefore(key)) break;
            heap[index] = heap[least];
            index = least;
        }

        heap[index] = key;
    }

    private readonly struct Key(long time, long order)
    {
        public readonly long Time = time;
        public readonly long Order = order; // sequence number, then slot

        public bool IsBefore(in Key other) => Time < other.Time || (Time == other.Time && Order < other.Order);
    }
}

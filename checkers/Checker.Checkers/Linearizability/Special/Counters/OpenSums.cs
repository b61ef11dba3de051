namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>What is open at a time, and what has begun; goes forward and back.</summary>
internal sealed class OpenSums
{
    private readonly SumEvents _events;
    private readonly int[] _changes; // rows by slot
    private readonly int[] _reads;
    private readonly int[] _order; // slots of the open changes, by amount and by return
    private readonly int[] _readOrder; // slots of the open reads
    private readonly int[] _begun; // by amount, how many changes of unknown outcome have begun
    private int _open;
    private int _openReads;

    public OpenSums(SumEvents events)
    {
        _events = events;
        (_changes, _order) = (new int[events.ChangeSlots], new int[events.ChangeSlots]);
        (_reads, _readOrder) = (new int[events.ReadSlots], new int[events.ReadSlots]);
        _begun = new int[events.Amounts.Length];
    }

    /// <summary>How many events have passed.</summary>
    public int Time { get; private set; }

    /// <summary>How many rows have begun.</summary>
    public int Rows { get; private set; }

    /// <summary>The slots of the changes that are open, by amount and then by return.</summary>
    public ReadOnlySpan<int> Changes => _order.AsSpan(0, _open);

    /// <summary>The slots of the reads that are open.</summary>
    public ReadOnlySpan<int> Reads => _readOrder.AsSpan(0, _openReads);

    /// <summary>How many changes of unknown outcome have begun, by amount.</summary>
    public ReadOnlySpan<int> Begun => _begun;

    /// <summary>The row of an open change.</summary>
    public int Change(int slot) => _changes[slot];

    /// <summary>The row of an open read.</summary>
    public int Read(int slot) => _reads[slot];

    /// <summary>By how much an open change changes the counter.</summary>
    public long Amount(int slot) => _events.Value(_changes[slot]);

    /// <summary>What an open read found.</summary>
    public long Found(int slot) => _events.Value(_reads[slot]);

    /// <summary>Lets the next event pass.</summary>
    public void Advance()
    {
        var entry = _events[Time++];
        if (entry < 0)
        {
            Close(~entry, by: 0);
            return;
        }

        Rows++;
        Open(entry, by: 1);
    }

    /// <summary>Goes to a time.</summary>
    public void MoveTo(int time)
    {
        while (Time < time) Advance();
        while (Time > time)
        {
            var entry = _events[--Time];
            if (entry < 0)
            {
                Open(~entry, by: 0);
                continue;
            }

            Rows--;
            Close(entry, by: -1);
        }
    }

    private void Open(int row, int by)
    {
        var slot = _events.Slot(row);
        switch (_events.Kind(row))
        {
            case SumKind.Unknown:
                _begun[slot] += by;
                break;
            case SumKind.Read:
                _reads[slot] = row;
                _readOrder[_openReads++] = slot;
                break;
            case SumKind.Change:
                _changes[slot] = row;
                var (amount, end) = (_events.Value(row), _events.Return(row));
                var at = _open++;
                for (; at > 0 && IsAfter(_changes[_order[at - 1]], amount, end); at--) _order[at] = _order[at - 1];
                _order[at] = slot;
                break;
            default:
                break;
        }
    }

    private void Close(int row, int by)
    {
        var slot = _events.Slot(row);
        switch (_events.Kind(row))
        {
            case SumKind.Unknown:
                _begun[slot] += by;
                break;
            case SumKind.Read:
                _readOrder[Array.IndexOf(_readOrder, slot, 0, _openReads)] = _readOrder[--_openReads];
                break;
            case SumKind.Change:
                var at = Array.IndexOf(_order, slot, 0, _open--);
                Array.Copy(_order, at + 1, _order, at, _open - at);
                break;
            default:
                break;
        }
    }

    private bool IsAfter(int row, long amount, int end) =>
        _events.Value(row) != amount ? _events.Value(row) > amount : _events.Return(row) > end;
}

namespace Checker.Harness.Worlds;

/// <summary>
/// The content of one node's disk, which outlives its processes. Every change since the last finished sync can be taken back: an undo record per
/// cell or log and period between two syncs, not per write, so a store that never syncs does not grow it. Not thread-safe.
/// </summary>
internal sealed class Disk
{
    private readonly Dictionary<string, Cell> _cells = [];
    private readonly Dictionary<string, Log> _logs = [];
    private readonly Queue<Period> _periods = new(); // closed by a sync that has not finished, oldest first
    private Period _open = new(1);
    private long _lastNumber = 1;

    /// <summary>Counts power losses: a sync that was asked for before one must not finish after it.</summary>
    public int PowerCycle { get; private set; }

    /// <summary>The content of a cell, or null.</summary>
    public T? Read<T>(string cell)
        where T : class => _cells.TryGetValue(cell, out var found) ? (T?)found.Content : null;

    /// <summary>Overwrites a cell.</summary>
    public void Write(string cell, object content)
    {
        if (!_cells.TryGetValue(cell, out var found)) _cells.Add(cell, found = new Cell());
        if (found.Period != _open.Number)
        {
            _open.Undo.Add(new CellUndo(found, found.Content));
            found.Period = _open.Number;
        }

        found.Content = content;
        _open.Writes++;
    }

    /// <summary>The number of entries of a log.</summary>
    public int Length(string log) => _logs.TryGetValue(log, out var found) ? found.Entries.Count : 0;

    /// <summary>One entry of a log.</summary>
    public T Entry<T>(string log, int index)
        where T : class
    {
        if (!_logs.TryGetValue(log, out var found) || (uint)index >= (uint)found.Entries.Count)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"the log {log} has {Length(log)} entries");
        return (T)found.Entries[index];
    }

    /// <summary>Adds an entry to a log.</summary>
    public void Append(string log, object entry)
    {
        var found = Touch(log);
        found.Entries.Add(entry);
        _open.Writes++;
    }

    /// <summary>Cuts a log to its first entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has fewer.</exception>
    public void Truncate(string log, int length)
    {
        if ((uint)length > (uint)Length(log))
            throw new ArgumentOutOfRangeException(nameof(length), length, $"the log {log} has {Length(log)} entries");
        var found = Touch(log);
        if (length < found.Floor)
        {
            _open.Undo.Add(new LogUndo(found, length, found.Entries.GetRange(length, found.Floor - length)));
            found.Floor = length;
        }

        found.Entries.RemoveRange(length, found.Entries.Count - length);
        _open.Writes++;
    }

    /// <summary>Begins a sync: everything written so far belongs to it. Syncs finish in the order in which they began.</summary>
    public void BeginSync()
    {
        _periods.Enqueue(_open);
        _open = new Period(++_lastNumber);
    }

    /// <summary>Ends the oldest sync: what belongs to it will survive a power loss.</summary>
    public void EndSync() => _periods.Dequeue();

    /// <summary>Takes back everything that was not synced.</summary>
    /// <returns>The number of writes, appends and truncations that were lost.</returns>
    public long LosePower()
    {
        PowerCycle++;
        var lost = _open.TakeBack();
        foreach (var period in _periods.Reverse()) lost += period.TakeBack();
        _periods.Clear();
        _open = new Period(++_lastNumber);
        return lost;
    }

    private Log Touch(string log)
    {
        if (!_logs.TryGetValue(log, out var found)) _logs.Add(log, found = new Log());
        if (found.Period != _open.Number)
        {
            found.Period = _open.Number;
            found.Floor = found.Entries.Count;
            _open.Undo.Add(new LogUndo(found, found.Floor, null));
        }

        return found;
    }

    private abstract class Undo
    {
        public abstract void TakeBack();
    }

    private sealed class Cell
    {
        public object? Content { get; set; }

        public long Period { get; set; } // in which the last undo record was made
    }

    private sealed class Log
    {
        public List<object> Entries { get; } = [];

        public long Period { get; set; }

        public int Floor { get; set; } // the entries below have not changed in this period
    }

    private sealed class Period(long number)
    {
        public long Number { get; } = number;

        public List<Undo> Undo { get; } = [];

        public long Writes { get; set; }

        public long TakeBack()
        {
            for (var i = Undo.Count - 1; i >= 0; i--) Undo[i].TakeBack();
            return Writes;
        }
    }

    private sealed class CellUndo(Cell cell, object? content) : Undo
    {
        public override void TakeBack() => cell.Content = content;
    }

    private sealed class LogUndo(Log log, int length, List<object>? removed) : Undo
    {
        public override void TakeBack()
        {
            log.Entries.RemoveRange(length, log.Entries.Count - length);
            if (removed is not null) log.Entries.AddRange(removed);
        }
    }
}

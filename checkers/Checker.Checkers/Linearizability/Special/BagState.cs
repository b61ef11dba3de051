namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// A bag whose elements may be equal, at one event, decided as late as possible: how many elements of each value are inside for certain, and which open
/// enqueues and dequeues are not settled. One flat array and a log of what was in it, so that any change can be taken back.
/// </summary>
internal sealed class BagState
{
    private const int None = -1;
    private const int Scalars = 4;

    private readonly int[] _cells;
    private readonly int[] _returns;
    private readonly int _values;
    private readonly List<(int Cell, int Was)> _log = [];

    /// <summary>An empty bag.</summary>
    /// <param name="values">How many values there are.</param>
    /// <param name="returns">The return of each row.</param>
    public BagState(int values, int[] returns)
    {
        (_values, _returns) = (values, returns);
        _cells = new int[(6 * values) + (2 * returns.Length) + Scalars];
        _cells.AsSpan(Enqueues(0), 2 * values).Fill(None);
        _cells.AsSpan(Moment(0), returns.Length).Fill(None);
        LastEmpty = None;
    }

    /// <summary>Whether changes are written down, so that they can be taken back.</summary>
    public bool Logs { get; set; }

    /// <summary>How many changes are written down.</summary>
    public int LogLength => _log.Count;

    /// <summary>How many values have elements inside for certain.</summary>
    public int Inside => _cells[^1];

    /// <summary>How many elements are inside for certain that no open dequeue can have taken: so many have to go by unknown ones.</summary>
    public int Excess => _cells[^2];

    /// <summary>How many dequeues of unknown outcome are used.</summary>
    public int UsedUnknown
    {
        get => _cells[^3];
        set => Set(_cells.Length - 3, value);
    }

    /// <summary>The last gap in which the bag is empty; −1 if there was none.</summary>
    public int LastEmpty
    {
        get => _cells[^4];
        set => Set(_cells.Length - 4, value);
    }

    /// <summary>How many elements of a value are inside for certain.</summary>
    public int Count(int value) => _cells[value];

    /// <summary>How many of them no open dequeue can have taken.</summary>
    public int ExcessOf(int value) => Math.Max(0, _cells[value] - _cells[OpenDequeues(value)]);

    /// <summary>A value that has elements inside, by position.</summary>
    public int Present(int index) => _cells[PresentAt(index)];

    /// <summary>Where a row was placed, or −1: four times the gap and the class.</summary>
    public int Placed(int row) => _cells[Moment(row)];

    /// <summary>Places a row.</summary>
    public void Place(int row, int gap, int order) => Set(Moment(row), (4 * gap) + order);

    /// <summary>Adds to the elements of a value that are inside for certain.</summary>
    public void Add(int value, int by)
    {
        var (before, excess) = (_cells[value], ExcessOf(value));
        Set(value, before + by);
        Set(_cells.Length - 2, Excess + ExcessOf(value) - excess);
        if (before == 0)
        {
            Set(PresentAt(Inside), value);
            Set(Position(value), Inside);
            Set(_cells.Length - 1, Inside + 1);
        }
        else if (before + by == 0)
        {
            var (at, last) = (_cells[Position(value)], Present(Inside - 1));
            Set(PresentAt(at), last);
            Set(Position(last), at);
            Set(_cells.Length - 1, Inside - 1);
        }
    }

    /// <summary>An enqueue begins.</summary>
    public void OpenEnqueue(int value, int row) => Insert(Enqueues(value), row);

    /// <summary>A dequeue begins.</summary>
    public void OpenDequeue(int value, int row)
    {
        Insert(Dequeues(value), row);
        ChangeOpen(value, 1);
    }

    /// <summary>The open enqueue of a value that returns first and is not settled, which then is; −1 if there is none.</summary>
    public int TakeEnqueue(int value)
    {
        var row = _cells[Enqueues(value)];
        if (row != None) Set(Enqueues(value), _cells[Next(row)]);
        return row;
    }

    /// <summary>The open dequeue of a value that returns first and is not settled, which then is; −1 if there is none.</summary>
    public int TakeDequeue(int value)
    {
        var row = _cells[Dequeues(value)];
        if (row == None) return None;
        Set(Dequeues(value), _cells[Next(row)]);
        ChangeOpen(value, -1);
        return row;
    }

    /// <summary>Takes the changes back that were written down after a length of the log.</summary>
    public void Undo(int length)
    {
        for (var i = _log.Count - 1; i >= length; i--) _cells[_log[i].Cell] = _log[i].Was;
        _log.RemoveRange(length, _log.Count - length);
    }

    /// <summary>Forgets what could be taken back.</summary>
    public void Forget() => _log.Clear();

    private void ChangeOpen(int value, int by)
    {
        var excess = ExcessOf(value);
        Set(OpenDequeues(value), _cells[OpenDequeues(value)] + by);
        Set(_cells.Length - 2, Excess + ExcessOf(value) - excess);
    }

    // Into a list by return; those that never return are last.
    private void Insert(int head, int row)
    {
        var at = head;
        while (_cells[at] != None && _returns[_cells[at]] < _returns[row]) at = Next(_cells[at]);
        Set(Next(row), _cells[at]);
        Set(at, row);
    }

    private void Set(int cell, int value)
    {
        if (Logs) _log.Add((cell, _cells[cell]));
        _cells[cell] = value;
    }

    private int OpenDequeues(int value) => _values + value;

    private int Enqueues(int value) => (2 * _values) + value;

    private int Dequeues(int value) => (3 * _values) + value;

    private int PresentAt(int index) => (4 * _values) + index;

    private int Position(int value) => (5 * _values) + value;

    private int Next(int row) => (6 * _values) + row;

    private int Moment(int row) => (6 * _values) + _returns.Length + row;
}

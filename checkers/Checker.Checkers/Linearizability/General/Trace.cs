namespace Checker.Checkers.Linearizability.General;

/// <summary>The rows placed so far, and a copy of the best such order, renewed at a cost in proportion to what changed since.</summary>
internal sealed class Trace(int capacity)
{
    private readonly int[] _rows = new int[capacity];
    private readonly int[] _saved = new int[capacity];
    private int _savedLength;
    private int _changedFrom;

    public int Length { get; private set; }

    /// <summary>The row placed at a position.</summary>
    public int this[int index] => _rows[index];

    public void Add(int row) => _rows[Length++] = row;

    public void Truncate(int length)
    {
        Length = length;
        _changedFrom = Math.Min(_changedFrom, length);
    }

    /// <summary>Copies the current order over the saved one.</summary>
    public void Save()
    {
        Array.Copy(_rows, _changedFrom, _saved, _changedFrom, Length - _changedFrom);
        _savedLength = _changedFrom = Length;
    }

    public int[] Current(int[] operations) => Map(_rows.AsSpan(0, Length), operations);

    public int[] Saved(int[] operations) => Map(_saved.AsSpan(0, _savedLength), operations);

    private static int[] Map(ReadOnlySpan<int> rows, int[] operations)
    {
        var mapped = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++) mapped[i] = operations[rows[i]];
        return mapped;
    }
}

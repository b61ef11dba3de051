namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// How configurations came about: a tree of moves, each a row and the event at which it was placed, with the move before it. −1 is no move.
/// </summary>
internal sealed class MoveLog
{
    private const int MostReused = 1 << 16; // a longer log is not kept for the next register

    private (int Before, int Row, int Event)[] _moves = new (int, int, int)[256];
    private int _keptLast;

    public int Count { get; private set; }

    public long Bytes => 12L * _moves.Length;

    /// <summary>Whether so many moves were added since the last <see cref="Compact"/> that it pays.</summary>
    public bool WantsCompacting => Count > (4 * _keptLast) + (1 << 18);

    /// <summary>Forgets all, for another register.</summary>
    public void Begin()
    {
        if (_moves.Length > MostReused) _moves = new (int, int, int)[256];
        Count = _keptLast = 0;
    }

    public int Add(int before, int row, int position)
    {
        if (Count == _moves.Length) Array.Resize(ref _moves, 2 * Count);
        _moves[Count] = (before, row, position);
        return Count++;
    }

    /// <summary>The moves that led somewhere, first to last.</summary>
    public List<(int Row, int Event)> Path(int last)
    {
        var path = new List<(int, int)>();
        for (; last >= 0; last = _moves[last].Before) path.Add((_moves[last].Row, _moves[last].Event));
        path.Reverse();
        return path;
    }

    /// <summary>Forgets the moves that lead to none of the configurations, and renumbers the others.</summary>
    public void Compact<TMask>(params ReadOnlySpan<RegisterConfigurations<TMask>> living)
        where TMask : struct, ISlotMask<TMask>
    {
        var renumbered = new int[Count];
        foreach (var configurations in living)
        {
            for (var i = 0; i < configurations.Count; i++)
            {
                if (configurations[i].Trace >= 0) renumbered[configurations[i].Trace] = 1;
            }
        }

        for (var i = Count - 1; i >= 0; i--)
        {
            if (renumbered[i] != 0 && _moves[i].Before >= 0) renumbered[_moves[i].Before] = 1;
        }

        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (renumbered[i] == 0) continue;
            var (before, row, position) = _moves[i];
            _moves[kept] = (before < 0 ? -1 : renumbered[before], row, position);
            renumbered[i] = kept++;
        }

        foreach (var configurations in living)
        {
            for (var i = 0; i < configurations.Count; i++)
            {
                if (configurations[i].Trace >= 0) configurations[i].Trace = renumbered[configurations[i].Trace];
            }
        }

        Count = _keptLast = kept;
    }
}

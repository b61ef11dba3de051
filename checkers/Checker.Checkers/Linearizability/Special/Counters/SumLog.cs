namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>How configurations came about: a tree of rows that were placed, each after another; −1 is none. Without one, nothing is kept.</summary>
/// <param name="keeps">Whether anything is kept.</param>
internal sealed class SumLog(bool keeps)
{
    private const int Slack = 1 << 16;

    private (int Before, int Row)[] _entries = new (int, int)[256];
    private int _count;
    private int _needed;

    /// <summary>Whether anything is kept.</summary>
    public bool Keeps => keeps;

    /// <summary>What it takes.</summary>
    public long Bytes => 8L * _entries.Length;

    /// <summary>Whether so much was added since the last <see cref="Compact"/> that it pays.</summary>
    public bool WantsCompacting => _count > (2 * _needed) + Slack;

    /// <summary>Places a row after another.</summary>
    public int Add(int before, int row)
    {
        if (!keeps) return -1;
        if (_count == _entries.Length) Array.Resize(ref _entries, checked(2 * _count));
        _entries[_count] = (before, row);
        return _count++;
    }

    /// <summary>The rows up to one, first to last.</summary>
    public int[] Path(int last)
    {
        var rows = new List<int>();
        for (; last >= 0; last = _entries[last].Before) rows.Add(_entries[last].Row);
        rows.Reverse();
        return [.. rows];
    }

    /// <summary>Forgets what leads to no configuration.</summary>
    public void Compact<T>(IReadOnlyList<T> living)
        where T : ILinked
    {
        var moved = new int[_count];
        foreach (var configurations in living)
        {
            for (var number = 0; number < configurations.Count; number++)
            {
                if (configurations.Link(number) is >= 0 and var link) moved[link] = 1;
            }
        }

        for (var at = _count - 1; at >= 0; at--)
        {
            if (moved[at] != 0 && _entries[at].Before >= 0) moved[_entries[at].Before] = 1;
        }

        _needed = 0;
        for (var at = 0; at < _count; at++)
        {
            if (moved[at] == 0) continue;
            var (before, row) = _entries[at];
            _entries[_needed] = (before < 0 ? -1 : moved[before], row);
            moved[at] = _needed++;
        }

        foreach (var configurations in living)
        {
            for (var number = 0; number < configurations.Count; number++)
            {
                ref var link = ref configurations.Link(number);
                link = link < 0 ? -1 : moved[link];
            }
        }

        _count = _needed;
    }
}

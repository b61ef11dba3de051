using Checker.Histories;

namespace Checker.Checkers.Objects;

/// <summary>The updates of each object by process, ascending, and those of them that take an element out of a container. O(rows).</summary>
internal sealed class ObjectUpdates
{
    private readonly int[] _list;
    private readonly List<(int Process, List<int> Rows)> _lists = [];
    private readonly List<int>[] _ofObject;

    public ObjectUpdates(ObjectHistory rows)
    {
        _list = new int[rows.Count];
        _ofObject = [.. Enumerable.Range(0, rows.ObjectCount).Select(static _ => new List<int>())];
        Place = new int[rows.Count];
        Takes = new bool[rows.Count];
        var last = new int[rows.ObjectCount];
        Array.Fill(last, -1);
        for (var row = 0; row < rows.Count; row++)
        {
            if (!rows.Update[row]) continue;
            ref var list = ref last[rows.Object[row]];
            if (list < 0 || _lists[list].Process != rows.Process[row])
            {
                list = _lists.Count;
                _ofObject[rows.Object[row]].Add(list);
                _lists.Add((rows.Process[row], []));
            }

            (_list[row], Place[row]) = (list, _lists[list].Rows.Count);
            _lists[list].Rows.Add(row);
            Takes[row] = rows.History.Functions[rows.Original[row]] is Function.Dequeue or Function.Pop or Function.ExtractMax;
        }
    }

    /// <summary>How many lists there are: one for each process and object it updates.</summary>
    public int Count => _lists.Count;

    /// <summary>The place of an update in its list.</summary>
    public int[] Place { get; }

    /// <summary>Whether an update takes an element out.</summary>
    public bool[] Takes { get; }

    /// <summary>The list of an update.</summary>
    public int ListOf(int row) => _list[row];

    /// <summary>The updates of a list.</summary>
    public List<int> Rows(int list) => _lists[list].Rows;

    /// <summary>Whose updates a list has.</summary>
    public int Process(int list) => _lists[list].Process;

    /// <summary>The lists of an object.</summary>
    public List<int> Of(int target) => _ofObject[target];
}

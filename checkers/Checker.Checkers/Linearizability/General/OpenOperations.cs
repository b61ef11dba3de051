using System.Numerics;

namespace Checker.Checkers.Linearizability.General;

/// <summary>
/// The operations open at the current event, in the order in which they will return, unfinished ones last. Opening and closing are undone by
/// each other, so a search can go back; arrays only, nothing is allocated on the way.
/// </summary>
/// <param name="problem">The operations.</param>
/// <param name="commutes">Whether the operations of two classes commute; null if none do.</param>
internal sealed class OpenOperations(SearchProblem problem, Func<int, int, bool>? commutes)
{
    private readonly int[] _rows = new int[problem.SlotCount];
    private readonly int[] _rowAt = new int[problem.SlotCount];
    private readonly int _words = Math.Max(1, (problem.SlotCount + 63) / 64);
    private readonly ulong[] _readOnly = new ulong[Math.Max(1, (problem.SlotCount + 63) / 64)];
    private readonly ulong[] _conflicts = commutes is null ? [] : new ulong[problem.SlotCount * ((problem.SlotCount + 63) / 64)];

    public int Count { get; private set; }

    /// <summary>An open row, by the order of returns.</summary>
    public int this[int index] => _rows[index];

    /// <summary>The slots of open rows that change nothing.</summary>
    public ReadOnlySpan<ulong> ReadOnly => _readOnly;

    /// <summary>The open row in a slot.</summary>
    public int RowAt(int slot) => _rowAt[slot];

    public void Open(int row)
    {
        var at = Count++;
        var returns = problem.Returns;
        for (; at > 0 && Before(row, _rows[at - 1], returns); at--) _rows[at] = _rows[at - 1];
        _rows[at] = row;
        var slot = problem.Slots[row];
        _rowAt[slot] = row;
        if (problem.ReadOnly[problem.Classes[row]]) _readOnly[slot >> 6] |= 1UL << slot;
        if (commutes is not null) MarkConflicts(row, slot, commutes);
    }

    public void Close(int row)
    {
        var at = Array.IndexOf(_rows, row, 0, Count);
        Array.Copy(_rows, at + 1, _rows, at, --Count - at);
        var slot = problem.Slots[row];
        _readOnly[slot >> 6] &= ~(1UL << slot);
        if (commutes is null) return;
        _conflicts.AsSpan(slot * _words, _words).Clear();
        for (var i = 0; i < Count; i++) Set(problem.Slots[_rows[i]], slot, false);
    }

    /// <summary>Whether an equal operation that is open, returns earlier, and has not been placed stands before the one at <paramref name="index"/>.</summary>
    public bool HasEarlierTwin(int index, ReadOnlySpan<ulong> placed)
    {
        var cls = problem.Classes[_rows[index]];
        if (problem.ClassSizes[cls] == 1) return false;
        for (var i = 0; i < index; i++)
        {
            var row = _rows[i];
            var slot = problem.Slots[row];
            if (problem.Classes[row] == cls && (placed[slot >> 6] >> slot & 1) == 0) return true;
        }

        return false;
    }

    /// <summary>
    /// The slots that may have to be placed before the one in <paramref name="slot"/>: those linked to it by a chain of open, unplaced operations each of
    /// which does not commute with the next. Everything else can be placed after it just as well.
    /// </summary>
    public void Relevant(int slot, ReadOnlySpan<ulong> placed, Span<ulong> relevant)
    {
        if (commutes is null)
        {
            relevant.Fill(ulong.MaxValue);
            return;
        }

        relevant.Clear();
        relevant[slot >> 6] |= 1UL << slot;
        Span<int> pending = stackalloc int[Count <= 512 ? Count + 1 : 0];
        if (pending.IsEmpty) pending = new int[Count + 1];
        var count = 0;
        pending[count++] = slot;
        while (count > 0)
        {
            var from = pending[--count];
            for (var w = 0; w < _words; w++)
            {
                var found = _conflicts[(from * _words) + w] & ~placed[w] & ~relevant[w];
                relevant[w] |= found;
                for (; found != 0; found &= found - 1) pending[count++] = (w << 6) + BitOperations.TrailingZeroCount(found);
            }
        }
    }

    private static bool Before(int row, int other, int[] returns) =>
        returns[row] < returns[other] || (returns[row] == returns[other] && row < other);

    private void MarkConflicts(int row, int slot, Func<int, int, bool> commute)
    {
        var cls = problem.Classes[row];
        for (var i = 0; i < Count; i++)
        {
            var other = problem.Slots[_rows[i]];
            var conflict = other != slot && !commute(cls, problem.Classes[_rows[i]]);
            Set(slot, other, conflict);
            Set(other, slot, conflict);
        }
    }

    private void Set(int from, int to, bool value)
    {
        ref var word = ref _conflicts[(from * _words) + (to >> 6)];
        if (value) word |= 1UL << to;
        else word &= ~(1UL << to);
    }
}

using System.Numerics;

namespace Checker.Checkers.Linearizability.General;

/// <summary>
/// The operations open at the current event: the finished ones in the order in which they will return, then the unfinished ones by class.
/// Opening and
/// closing are undone by each other, so a search can go back; arrays only, nothing is allocated on the way.
/// </summary>
/// <param name="problem">The operations.</param>
/// <param name="commutes">Whether the operations of two classes commute; null if none do.</param>
/// <param name="order">In which order the finished ones are candidates.</param>
internal sealed class OpenOperations(SearchProblem problem, Func<int, int, bool>? commutes, SearchOrder order)
{
    private readonly int[] _rows = new int[problem.SlotCount]; // by return
    private readonly int[] _byInvocation = order == SearchOrder.Invocation ? new int[problem.SlotCount] : [];
    private readonly int[] _rowAt = new int[problem.SlotCount];
    private readonly int[] _unfinished = new int[problem.SlotCount]; // classes, in the order in which they were first opened
    private readonly int[] _opened = new int[problem.ByClass.Length];
    private readonly int[] _placed = new int[problem.ByClass.Length];
    private readonly int _words = Math.Max(1, (problem.SlotCount + 63) / 64);
    private readonly ulong[] _readOnly = new ulong[Math.Max(1, (problem.SlotCount + 63) / 64)];
    private readonly ulong[] _conflicts = commutes is null ? [] : new ulong[problem.SlotCount * ((problem.SlotCount + 63) / 64)];
    private int _finishedCount;
    private int _unfinishedCount;

    /// <summary>How many candidates there are: each open finished operation, and each class of open unfinished ones.</summary>
    public int Count => _finishedCount + _unfinishedCount;

    /// <summary>The slots of open rows that change nothing.</summary>
    public ReadOnlySpan<ulong> ReadOnly => _readOnly;

    /// <summary>The finished row that is open in a slot.</summary>
    public int RowAt(int slot) => _rowAt[slot];

    /// <summary>How many unfinished operations of a class are placed: always those that were invoked first.</summary>
    public ref int Placed(int cls) => ref _placed[cls];

    /// <summary>A candidate's row; −1 if it is placed, or an equal operation that returns earlier ought to be placed first.</summary>
    public int Candidate(int index, ReadOnlySpan<ulong> placed)
    {
        if (index >= _finishedCount)
        {
            var cls = _unfinished[index - _finishedCount];
            return _placed[cls] < _opened[cls] ? problem.Unfinished[cls]![_placed[cls]] : -1;
        }

        var row = order == SearchOrder.Invocation ? _byInvocation[index] : _rows[index];
        var slot = problem.Slots[row];
        return (placed[slot >> 6] >> slot & 1) != 0 || HasEarlierTwin(row, placed) ? -1 : row;
    }

    public void Open(int row)
    {
        var slot = problem.Slots[row];
        var cls = problem.Classes[row];
        if (problem.Unfinished[cls] is not null)
        {
            if (_opened[cls]++ == 0)
            {
                _unfinished[_unfinishedCount++] = cls;
                if (commutes is not null) MarkConflicts(cls, slot, commutes);
            }

            return;
        }

        var at = _finishedCount++;
        var returns = problem.Returns;
        if (order == SearchOrder.Invocation)
        {
            var to = at;
            for (; to > 0 && row < _byInvocation[to - 1]; to--) _byInvocation[to] = _byInvocation[to - 1];
            _byInvocation[to] = row;
        }

        for (; at > 0 && returns[row] < returns[_rows[at - 1]]; at--) _rows[at] = _rows[at - 1];
        _rows[at] = row;
        _rowAt[slot] = row;
        if (problem.ReadOnly[cls]) _readOnly[slot >> 6] |= 1UL << slot;
        if (commutes is not null) MarkConflicts(cls, slot, commutes);
    }

    public void Close(int row)
    {
        var slot = problem.Slots[row];
        var cls = problem.Classes[row];
        if (problem.Unfinished[cls] is not null)
        {
            // Unfinished operations close only when a search goes back, in the opposite order.
            if (--_opened[cls] > 0) return;
            _unfinishedCount--;
        }
        else
        {
            Remove(_rows, row);
            if (order == SearchOrder.Invocation) Remove(_byInvocation, row);
            _finishedCount--;
            _readOnly[slot >> 6] &= ~(1UL << slot);
        }

        if (commutes is null) return;
        _conflicts.AsSpan(slot * _words, _words).Clear();
        for (var i = 0; i < _finishedCount; i++) Set(problem.Slots[_rows[i]], slot, false);
        for (var i = 0; i < _unfinishedCount; i++) Set(SlotOf(_unfinished[i]), slot, false);
    }

    /// <summary>
    /// The slots that may have to be placed before the one in <paramref name="slot"/>: those linked to it by a chain of open, unplaced
    /// operations each of
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
        Span<int> pending = problem.SlotCount <= 512 ? stackalloc int[512] : new int[problem.SlotCount];
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

    private int SlotOf(int unfinished) => problem.Slots[problem.Unfinished[unfinished]![0]];

    private void Remove(int[] rows, int row)
    {
        var at = Array.IndexOf(rows, row, 0, _finishedCount);
        Array.Copy(rows, at + 1, rows, at, _finishedCount - 1 - at);
    }

    private bool HasEarlierTwin(int row, ReadOnlySpan<ulong> placed)
    {
        var cls = problem.Classes[row];
        if (problem.ClassSizes[cls] == 1) return false;
        for (var i = 0; _rows[i] != row; i++)
        {
            var slot = problem.Slots[_rows[i]];
            if (problem.Classes[_rows[i]] == cls && (placed[slot >> 6] >> slot & 1) == 0) return true;
        }

        return false;
    }

    private void MarkConflicts(int cls, int slot, Func<int, int, bool> commute)
    {
        for (var i = 0; i < _finishedCount; i++) Mark(slot, problem.Slots[_rows[i]], commute(cls, problem.Classes[_rows[i]]));
        for (var i = 0; i < _unfinishedCount; i++) Mark(slot, SlotOf(_unfinished[i]), commute(cls, _unfinished[i]));
    }

    private void Mark(int slot, int other, bool commute)
    {
        var conflict = slot != other && !commute;
        Set(slot, other, conflict);
        Set(other, slot, conflict);
    }

    private void Set(int from, int to, bool value)
    {
        ref var word = ref _conflicts[(from * _words) + (to >> 6)];
        if (value) word |= 1UL << to;
        else word &= ~(1UL << to);
    }
}

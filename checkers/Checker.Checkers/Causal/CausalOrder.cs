using System.Globalization;
using System.Numerics;
using Checker.Checkers.Registers;

namespace Checker.Checkers.Causal;

/// <summary>
/// The causal order co = (program order ∪ reads-from)⁺ as one vector timestamp per operation: for each session, the last operation of it
/// that is causally before or equal. 4 bytes × operations × sessions; a question whether a co b is one comparison (Fidge 1988, Mattern
/// 1989).
/// </summary>
internal sealed class CausalOrder
{
    /// <summary>No operation of the session is before.</summary>
    public const int None = -1;

    private readonly RegisterHistory _history;
    private readonly int[] _clocks;
    private readonly int[] _rank;

    private CausalOrder(RegisterHistory history, int[] clocks, int[] sorted)
    {
        _history = history;
        _clocks = clocks;
        _rank = new int[sorted.Length];
        for (var at = 0; at < sorted.Length; at++) _rank[sorted[at]] = at;
    }

    /// <summary>Why the timestamps of a history (4 bytes × operations × sessions) do not fit into the budget; null if they do.</summary>
    public static string? OverBudget(RegisterHistory history, CheckOptions options)
    {
        var bytes = 4L * history.Count * history.SessionCount;
        return bytes <= options.MaxBytes && bytes / 4 <= Array.MaxLength
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"the timestamps of {history.Count:N0} operations in {history.SessionCount:N0} sessions take {bytes:N0} bytes, more " +
                $"than the budget of {options.MaxBytes:N0}");
    }

    /// <summary>Builds the order. O(operations × sessions).</summary>
    /// <returns>The order; null if program order and reads-from form a cycle.</returns>
    public static CausalOrder? TryBuild(RegisterHistory history)
    {
        if (TrySort(history) is not { } sorted) return null;
        var width = history.SessionCount;
        var clocks = GC.AllocateUninitializedArray<int>(checked(history.Count * width));
        foreach (var op in sorted)
        {
            var clock = clocks.AsSpan(op * width, width);
            var previous = history.Previous(op);
            var source = history.Source[op];
            if (previous >= 0) clocks.AsSpan(previous * width, width).CopyTo(clock);
            else clock.Fill(None);
            if (source >= 0) Join(clock, clocks.AsSpan(source * width, width));
            clock[history.Session[op]] = op;
        }

        return new CausalOrder(history, clocks, sorted);
    }

    /// <summary>The operations in an order that keeps program order and reads-from. O(operations).</summary>
    /// <returns>The order; null if these form a cycle.</returns>
    public static int[]? TrySort(RegisterHistory history)
    {
        var waiting = new byte[history.Count];
        var ready = new int[history.Count];
        var end = 0;
        for (var op = 0; op < history.Count; op++)
        {
            if (history.Previous(op) >= 0) waiting[op]++;
            if (history.Source[op] >= 0) waiting[op]++;
            if (waiting[op] == 0) ready[end++] = op;
        }

        for (var at = 0; at < end; at++)
        {
            var op = ready[at];
            var next = op + 1;
            if (next < history.Count && history.Session[next] == history.Session[op] && --waiting[next] == 0) ready[end++] = next;
            foreach (var reader in history.ReadersOf(op))
            {
                if (--waiting[reader] == 0) ready[end++] = reader;
            }
        }

        return end == history.Count ? ready : null;
    }

    /// <summary>The timestamp of an operation, itself included.</summary>
    public ReadOnlySpan<int> Clock(int op) => _clocks.AsSpan(op * _history.SessionCount, _history.SessionCount);

    /// <summary>The place of an operation in one order of all that keeps the causal order.</summary>
    public int Rank(int op) => _rank[op];

    /// <summary>Whether one operation is causally before another. No operation is before itself.</summary>
    public bool Precedes(int first, int second) => first != second
        && _clocks[(second * _history.SessionCount) + _history.Session[first]] >= first;

    /// <summary>Raises each component of one timestamp to that of another.</summary>
    public static void Join(Span<int> into, ReadOnlySpan<int> other)
    {
        var at = 0;
        for (; at <= into.Length - Vector<int>.Count; at += Vector<int>.Count)
        {
            Vector.Max(new Vector<int>(into[at..]), new Vector<int>(other[at..])).CopyTo(into[at..]);
        }

        for (; at < into.Length; at++) into[at] = Math.Max(into[at], other[at]);
    }

    /// <summary>Lowers each component of one timestamp to that of another.</summary>
    public static void Meet(Span<int> into, ReadOnlySpan<int> other)
    {
        var at = 0;
        for (; at <= into.Length - Vector<int>.Count; at += Vector<int>.Count)
        {
            Vector.Min(new Vector<int>(into[at..]), new Vector<int>(other[at..])).CopyTo(into[at..]);
        }

        for (; at < into.Length; at++) into[at] = Math.Min(into[at], other[at]);
    }

    /// <summary>Whether some component of a timestamp is at least that of a limit.</summary>
    public static bool Reaches(ReadOnlySpan<int> clock, ReadOnlySpan<int> limit)
    {
        var at = 0;
        for (; at <= clock.Length - Vector<int>.Count; at += Vector<int>.Count)
        {
            if (Vector.GreaterThanOrEqualAny(new Vector<int>(clock[at..]), new Vector<int>(limit[at..]))) return true;
        }

        for (; at < clock.Length; at++)
        {
            if (clock[at] >= limit[at]) return true;
        }

        return false;
    }

    /// <summary>Whether each component of one timestamp is at least that of another.</summary>
    public static bool Covers(ReadOnlySpan<int> clock, ReadOnlySpan<int> other)
    {
        var at = 0;
        for (; at <= clock.Length - Vector<int>.Count; at += Vector<int>.Count)
        {
            if (Vector.LessThanAny(new Vector<int>(clock[at..]), new Vector<int>(other[at..]))) return false;
        }

        for (; at < clock.Length; at++)
        {
            if (clock[at] < other[at]) return false;
        }

        return true;
    }
}

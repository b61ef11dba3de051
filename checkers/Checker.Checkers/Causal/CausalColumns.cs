using System.Numerics;
using Checker.Checkers.Registers;

namespace Checker.Checkers.Causal;

/// <summary>
/// Some columns of the vector timestamps of a history: of a few sessions, for every operation, the last operation that is causally before it, and the
/// first that it is causally before. 8 bytes × operations × columns.
/// </summary>
/// <remarks>
/// Whether some write of a session lies causally between two operations is a question to that session's column alone, in both directions. So
/// columns can be made, asked and thrown away a few at a time.
/// </remarks>
internal sealed class CausalColumns(RegisterHistory history, TimedSort sorted, int width)
{
    /// <summary>Nothing of the session is before.</summary>
    public const int None = -1;

    /// <summary>Nothing of the session is after.</summary>
    public const int Never = int.MaxValue;

    private readonly int[] _past = GC.AllocateUninitializedArray<int>(checked(history.Count * width));
    private readonly int[] _future = GC.AllocateUninitializedArray<int>(checked(history.Count * width));

    /// <summary>The first session whose column is held.</summary>
    public int First { get; private set; }

    /// <summary>After the last.</summary>
    public int End { get; private set; }

    /// <summary>The columns of an operation: the last operation of each session that is causally before it, or it itself.</summary>
    public ReadOnlySpan<int> Past(int op) => _past.AsSpan(sorted.Rank[op] * width, width);

    /// <summary>The columns of an operation: the first operation of each session that is causally after it, or it itself.</summary>
    public ReadOnlySpan<int> Future(int op) => _future.AsSpan(sorted.Rank[op] * width, width);

    /// <summary>Makes the columns of some sessions. O(operations × columns).</summary>
    /// <param name="first">The first session.</param>
    /// <param name="end">After the last; at most as many as there are columns.</param>
    public void Make(int first, int end)
    {
        (First, End) = (first, end);
        var (begin, last) = (history.Count, -1);
        for (var session = first; session < end; session++)
        {
            if (history.Start[session] == history.Start[session + 1]) continue;
            begin = Math.Min(begin, sorted.Rank[history.Start[session]]);
            last = Math.Max(last, sorted.Rank[history.Start[session + 1] - 1]);
        }

        // What stands before all operations of these sessions has none of them in its past, and what stands behind has none in its future.
        _past.AsSpan(0, begin * width).Fill(None);
        for (var at = begin; at < history.Count; at++)
        {
            var row = _past.AsSpan(at * width, width);
            var (previous, source) = (sorted.Previous[at], sorted.Source[at]);
            if (previous >= 0 && source >= 0) Greater(row, _past.AsSpan(previous * width, width), _past.AsSpan(source * width, width));
            else if (previous >= 0 || source >= 0) _past.AsSpan(Math.Max(previous, source) * width, width).CopyTo(row);
            else row.Fill(None);
            SetOwn(row, at);
        }

        _future.AsSpan().Fill(Never);
        for (var at = last; at >= 0; at--)
        {
            var row = _future.AsSpan(at * width, width);
            SetOwn(row, at);
            var (previous, source) = (sorted.Previous[at], sorted.Source[at]);
            if (previous >= 0) Lower(_future.AsSpan(previous * width, width), row);
            if (source >= 0) Lower(_future.AsSpan(source * width, width), row);
        }
    }

    private void SetOwn(Span<int> row, int at)
    {
        var op = sorted.Operation[at];
        var column = history.Session[op] - First;
        if (column >= 0 && column < End - First) row[column] = op;
    }

    private static void Greater(Span<int> into, ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var at = 0;
        for (; at <= into.Length - Vector<int>.Count; at += Vector<int>.Count)
        {
            Vector.Max(new Vector<int>(first[at..]), new Vector<int>(second[at..])).CopyTo(into[at..]);
        }

        for (; at < into.Length; at++) into[at] = Math.Max(first[at], second[at]);
    }

    private static void Lower(Span<int> into, ReadOnlySpan<int> other)
    {
        var at = 0;
        for (; at <= into.Length - Vector<int>.Count; at += Vector<int>.Count)
        {
            Vector.Min(new Vector<int>(into[at..]), new Vector<int>(other[at..])).CopyTo(into[at..]);
        }

        for (; at < into.Length; at++) into[at] = Math.Min(into[at], other[at]);
    }
}

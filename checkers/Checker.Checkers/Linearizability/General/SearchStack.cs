namespace Checker.Checkers.Linearizability.General;

/// <summary>A branching point of a depth-first search.</summary>
internal struct SearchFrame
{
    /// <summary>The return that is waited for.</summary>
    public int Event;

    /// <summary>The number of the state.</summary>
    public int State;

    /// <summary>How many rows were placed.</summary>
    public int TraceLength;

    /// <summary>Which open operation is tried next.</summary>
    public int Cursor;

    /// <summary>Which of its next states is tried next.</summary>
    public int Choice;
}

/// <summary>The branching points, with two masks each: what was placed, and what is worth placing.</summary>
internal sealed class SearchStack(int words)
{
    private SearchFrame[] _frames = new SearchFrame[64];
    private ulong[] _masks = new ulong[64 * 2 * words];

    public int Count { get; private set; }

    public long Bytes => ((long)_frames.Length * System.Runtime.CompilerServices.Unsafe.SizeOf<SearchFrame>()) + (8L * _masks.Length);

    public ref SearchFrame Top => ref _frames[Count - 1];

    /// <summary>The slots placed when the top frame was pushed.</summary>
    public Span<ulong> Placed => _masks.AsSpan((Count - 1) * 2 * words, words);

    /// <summary>The slots worth placing from the top frame.</summary>
    public Span<ulong> Relevant => _masks.AsSpan((((Count - 1) * 2) + 1) * words, words);

    public void Push(int position, int state, ReadOnlySpan<ulong> placed, int traceLength)
    {
        if (Count == _frames.Length)
        {
            Array.Resize(ref _frames, 2 * Count);
            Array.Resize(ref _masks, 2 * _masks.Length);
        }

        _frames[Count++] = new SearchFrame { Event = position, State = state, TraceLength = traceLength };
        placed.CopyTo(Placed);
    }

    public void Pop() => Count--;
}

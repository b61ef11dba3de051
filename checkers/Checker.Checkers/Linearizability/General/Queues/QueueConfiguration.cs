namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>
/// What is decided about a queue so far, as a record of words: how many returns are passed at both ends, the latest moments, how many dequeues
/// of unknown outcome are used, and by slot what else is placed.
/// </summary>
internal readonly ref struct QueueConfiguration(Span<ulong> words, int enqueueWords, int dequeueWords)
{
    private const int Header = 3;
    private readonly Span<ulong> _words = words;

    /// <summary>How many words a record takes.</summary>
    public static int Width(int enqueueWords, int dequeueWords, int unknownWords) => Header + enqueueWords + dequeueWords + unknownWords;

    /// <summary>How many enqueues have returned and are placed.</summary>
    public int PassedEnqueues
    {
        get => (int)_words[0];
        set => _words[0] = (_words[0] >> 32 << 32) | (uint)value;
    }

    /// <summary>How many dequeues have returned and are placed.</summary>
    public int PassedDequeues
    {
        get => (int)(_words[0] >> 32);
        set => _words[0] = (uint)_words[0] | ((ulong)value << 32);
    }

    /// <summary>The moment of the last enqueue that was placed, or of emptiness if that was later.</summary>
    public int Enqueued
    {
        get => (int)_words[1];
        set => _words[1] = (_words[1] >> 32 << 32) | (uint)value;
    }

    /// <summary>The moment of the last dequeue that was placed, or of emptiness if that was later.</summary>
    public int Dequeued
    {
        get => (int)(_words[1] >> 32);
        set => _words[1] = (uint)_words[1] | ((ulong)value << 32);
    }

    /// <summary>How many dequeues that found nothing are placed: those that were invoked first.</summary>
    public int Empties
    {
        get => (int)_words[2];
        set => _words[2] = (_words[2] >> 32 << 32) | (uint)value;
    }

    /// <summary>How many dequeues of unknown outcome are used: those that were invoked first.</summary>
    public int UnknownDequeues
    {
        get => (int)(_words[2] >> 32);
        set => _words[2] = (uint)_words[2] | ((ulong)value << 32);
    }

    /// <summary>The slots of enqueues that are placed but have not returned.</summary>
    public Span<ulong> EnqueueSlots => _words.Slice(Header, enqueueWords);

    /// <summary>The slots of dequeues that are placed but have not returned.</summary>
    public Span<ulong> DequeueSlots => _words.Slice(Header + enqueueWords, dequeueWords);

    /// <summary>The enqueues of unknown outcome that took effect.</summary>
    public Span<ulong> UnknownEnqueues => _words[(Header + enqueueWords + dequeueWords)..];
}

namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>
/// What is decided about a queue so far, as a record of words: first the key, which is the positions at both ends and by slot what is open and not paired;
/// then what less of is better, which is how many operations of unknown outcome were used and how long ago the queue could be empty.
/// </summary>
internal readonly ref struct QueueConfiguration(Span<ulong> words, QueueShape shape)
{
    private const int Never = int.MaxValue;
    private readonly Span<ulong> _words = words;

    /// <summary>How many events have passed at the end where elements enter.</summary>
    public int Entered
    {
        get => (int)_words[0];
        set => _words[0] = (_words[0] >> 32 << 32) | (uint)value;
    }

    /// <summary>How many events have passed at the end where they leave.</summary>
    public int Left
    {
        get => (int)(_words[0] >> 32);
        set => _words[0] = (uint)_words[0] | ((ulong)value << 32);
    }

    /// <summary>The slots of enqueues that are open and not paired.</summary>
    public Span<ulong> Enqueues => _words.Slice(1, shape.EnqueueWords);

    /// <summary>The slots of dequeues that are open and not paired.</summary>
    public Span<ulong> Dequeues => _words.Slice(1 + shape.EnqueueWords, shape.DequeueWords);

    /// <summary>How many dequeues of unknown outcome are used: those that were invoked first.</summary>
    public int UnknownDequeues
    {
        get => (int)_words[shape.Key];
        set => _words[shape.Key] = (_words[shape.Key] >> 32 << 32) | (uint)value;
    }

    /// <summary>The last position at the end where elements leave at which the queue could be empty; 0 if nobody has to find it so.</summary>
    public int Emptied
    {
        get => Never - (int)(_words[shape.Key] >> 32);
        set => _words[shape.Key] = (uint)_words[shape.Key] | ((ulong)(Never - value) << 32);
    }

    /// <summary>How many enqueues of unknown outcome are used, as <see cref="QueueSupply"/> packs them.</summary>
    public Span<ulong> Used => _words[(shape.Key + 1)..];
}

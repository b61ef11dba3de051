using Checker.Histories;

namespace Checker.Checkers.Registers;

/// <summary>
/// A history over registers by key in which every read is traced to the write it reads from: what the models below linearizability judge.
/// Operations are numbered session by session, so that program order is the order of numbers within <see cref="Start"/> … and a vector
/// timestamp is one number per session. A compare-and-set is both a read and a write.
/// </summary>
/// <remarks>
/// Kept are the ok operations, and the info writes and compare-and-sets that some kept operation reads from: those certainly happened,
/// and lie last in their session, because their process was retired. An info write that nobody reads may be left out under every model
/// here: it can be put last in its session and last in every order.
/// </remarks>
internal sealed class RegisterHistory
{
    /// <summary>The source of a read of the initial value.</summary>
    public const int Initial = -1;

    /// <summary>The source of an operation that does not read.</summary>
    public const int NoRead = -2;

    public required History History { get; init; }

    /// <summary>The number of operations kept.</summary>
    public int Count => Original.Length;

    public int SessionCount => Start.Length - 1;

    public int KeyCount => History.KeyCount;

    /// <summary>The first operation of each session, and at the end <see cref="Count"/>.</summary>
    public required int[] Start { get; init; }

    /// <summary>The number of each operation in the whole history.</summary>
    public required int[] Original { get; init; }

    /// <summary>The session of each operation.</summary>
    public required int[] Session { get; init; }

    /// <summary>The key of each operation.</summary>
    public required int[] Key { get; init; }

    /// <summary>Whether each operation writes.</summary>
    public required bool[] Writes { get; init; }

    /// <summary>The write that each operation reads from; <see cref="Initial"/>; or <see cref="NoRead"/>.</summary>
    public required int[] Source { get; init; }

    /// <summary>Whether each operation may also not have happened: false but where a search decides it by value.</summary>
    public required bool[] Optional { get; init; }

    /// <summary>Whether each operation is a read that might have seen another write, whose source is a choice; null: none is.</summary>
    public bool[]? Chosen { get; init; }

    /// <summary>The writes of each key, ascending: those of key k from <see cref="WritersStart"/>[k] to before
    /// <see cref="WritersStart"/>[k + 1].</summary>
    public required int[] Writers { get; init; }

    /// <summary>Where the writes of each key begin in <see cref="Writers"/>.</summary>
    public required int[] WritersStart { get; init; }

    /// <summary>The reads of each write: those of write w from <see cref="ReadersStart"/>[w] to before <see cref="ReadersStart"/>[w +
    /// 1].</summary>
    public required int[] Readers { get; init; }

    /// <summary>Where the reads of each operation begin in <see cref="Readers"/>.</summary>
    public required int[] ReadersStart { get; init; }

    /// <summary>The sessions that write each key, with their writes: <see cref="SessionWrites"/>, those of key k from
    /// <see cref="SessionWritesStart"/>[k].</summary>
    public required SessionWrites[] SessionWrites { get; init; }

    /// <summary>Where the entries of each key begin in <see cref="SessionWrites"/>.</summary>
    public required int[] SessionWritesStart { get; init; }

    public bool Reads(int op) => Source[op] != NoRead;

    public ReadOnlySpan<int> ReadersOf(int write) => Readers.AsSpan(ReadersStart[write], ReadersStart[write + 1] - ReadersStart[write]);

    public ReadOnlySpan<SessionWrites> SessionWritesOf(int key) =>
        SessionWrites.AsSpan(SessionWritesStart[key], SessionWritesStart[key + 1] - SessionWritesStart[key]);

    /// <summary>The last write among those of one session and key whose number is at most <paramref name="bound"/>; −1 if there is none.
    /// O(log n).</summary>
    public int LastWrite(in SessionWrites writes, int bound)
    {
        var low = writes.First;
        var high = writes.End;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Writers[middle] <= bound) low = middle + 1;
            else high = middle;
        }

        return low > writes.First ? Writers[low - 1] : -1;
    }

    public ReadOnlySpan<int> WritersOf(int key) => Writers.AsSpan(WritersStart[key], WritersStart[key + 1] - WritersStart[key]);

    /// <summary>The operation before in program order, or −1.</summary>
    public int Previous(int op) => op > Start[Session[op]] ? op - 1 : -1;
}

/// <summary>The writes of one key by one session: a range of <see cref="RegisterHistory.Writers"/>.</summary>
/// <param name="Session">The session.</param>
/// <param name="First">The first.</param>
/// <param name="End">After the last.</param>
internal readonly record struct SessionWrites(int Session, int First, int End);

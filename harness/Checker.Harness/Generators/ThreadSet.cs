using System.Numerics;

namespace Checker.Harness.Generators;

/// <summary>
/// An immutable set of worker threads: clients from 0 on, and the nemesis, −1. Sets of threads below 63 are one machine word and allocate nothing;
/// larger ones cost a bit per thread and operation.
/// </summary>
public readonly struct ThreadSet : IEquatable<ThreadSet>
{
    // thread t is bit t + 1
    private readonly ulong _low;
    private readonly ulong[]? _high;

    private ThreadSet(ulong low, ulong[]? high)
    {
        _low = low;
        _high = high;
    }

    /// <summary>No thread.</summary>
    public static ThreadSet Empty => default;

    /// <summary>The nemesis alone.</summary>
    public static ThreadSet Nemesis => new(1, null);

    /// <summary>The client threads from <paramref name="first"/> on, so many.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static ThreadSet Clients(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var end = first + count + 1;
        var high = end > 64 ? new ulong[(end - 1) >> 6] : null;
        var low = 0UL;
        for (var bit = first + 1; bit < end; bit++)
        {
            if (bit < 64) low |= 1UL << bit;
            else high![(bit >> 6) - 1] |= 1UL << bit;
        }

        return new(low, high);
    }

    /// <summary>These threads.</summary>
    public static ThreadSet Of(params ReadOnlySpan<int> threads)
    {
        var set = Empty;
        foreach (var thread in threads) set = set.With(thread);
        return set;
    }

    /// <summary>How many threads there are, the nemesis included.</summary>
    public int Count
    {
        get
        {
            var count = BitOperations.PopCount(_low);
            foreach (var word in Words(_high)) count += BitOperations.PopCount(word);
            return count;
        }
    }

    /// <summary>How many client threads there are.</summary>
    public int ClientCount => Count - (int)(_low & 1);

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _low == 0 && (_high is null || !_high.AsSpan().ContainsAnyExcept(0UL));

    /// <summary>The set without the nemesis.</summary>
    public ThreadSet ClientsOnly => new(_low & ~1UL, _high);

    /// <summary>The set without the client threads.</summary>
    public ThreadSet NemesisOnly => new(_low & 1UL, null);

    /// <summary>Whether the thread is in the set.</summary>
    public bool Contains(int thread)
    {
        var bit = thread + 1;
        if ((uint)bit < 64) return (_low & (1UL << bit)) != 0;
        var word = (bit >> 6) - 1;
        return _high is not null && (uint)word < (uint)_high.Length && (_high[word] & (1UL << bit)) != 0;
    }

    /// <summary>The set and this thread.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such thread.</exception>
    public ThreadSet With(int thread)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(thread, GeneratorContext.Nemesis);
        var bit = thread + 1;
        if (bit < 64) return new(_low | (1UL << bit), _high);
        var word = (bit >> 6) - 1;
        var high = new ulong[Math.Max(_high?.Length ?? 0, word + 1)];
        _high?.CopyTo(high, 0);
        high[word] |= 1UL << bit;
        return new(_low, high);
    }

    /// <summary>The set without this thread.</summary>
    public ThreadSet Without(int thread)
    {
        if (!Contains(thread)) return this;
        var bit = thread + 1;
        if (bit < 64) return new(_low & ~(1UL << bit), _high);
        var high = (ulong[])_high!.Clone();
        high[(bit >> 6) - 1] &= ~(1UL << bit);
        return new(_low, high);
    }

    /// <summary>The threads that are in both sets.</summary>
    public ThreadSet Intersect(ThreadSet other)
    {
        if (_high is null || other._high is null) return new(_low & other._low, null);
        if (ReferenceEquals(_high, other._high)) return new(_low & other._low, _high);
        var high = new ulong[Math.Min(_high.Length, other._high.Length)];
        for (var i = 0; i < high.Length; i++) high[i] = _high[i] & other._high[i];
        return new(_low & other._low, high);
    }

    /// <summary>The threads that are in either set.</summary>
    public ThreadSet Union(ThreadSet other)
    {
        if (_high is null || other._high is null) return new(_low | other._low, _high ?? other._high);
        var (longer, shorter) = _high.Length >= other._high.Length ? (_high, other._high) : (other._high, _high);
        var high = (ulong[])longer.Clone();
        for (var i = 0; i < shorter.Length; i++) high[i] |= shorter[i];
        return new(_low | other._low, high);
    }

    /// <summary>The threads that are here but not in the other set.</summary>
    public ThreadSet Except(ThreadSet other)
    {
        if (_high is null || other._high is null) return new(_low & ~other._low, _high);
        var high = (ulong[])_high.Clone();
        for (var i = 0; i < Math.Min(high.Length, other._high.Length); i++) high[i] &= ~other._high[i];
        return new(_low & ~other._low, high);
    }

    /// <summary>The first <paramref name="count"/> client threads of the set, or all it has if fewer.</summary>
    public ThreadSet FirstClients(int count)
    {
        var taken = Empty;
        for (var thread = NextFrom(0); thread >= 0 && count > 0; thread = NextFrom(thread + 1), count--) taken = taken.With(thread);
        return taken;
    }

    /// <summary>The lowest thread of the set from <paramref name="thread"/> on; <see cref="GeneratorContext.NoThread"/> if there is none.</summary>
    public int NextFrom(int thread)
    {
        var bit = Math.Max(thread + 1, 0);
        if (bit < 64)
        {
            var rest = _low & (ulong.MaxValue << bit);
            if (rest != 0) return BitOperations.TrailingZeroCount(rest) - 1;
            bit = 64;
        }

        if (_high is null) return GeneratorContext.NoThread;
        var mask = ulong.MaxValue << bit;
        for (var word = (bit >> 6) - 1; word < _high.Length; word++, mask = ulong.MaxValue)
        {
            var rest = _high[word] & mask;
            if (rest != 0) return ((word + 1) << 6) + BitOperations.TrailingZeroCount(rest) - 1;
        }

        return GeneratorContext.NoThread;
    }

    /// <summary>The threads in rising order, the nemesis first.</summary>
    public IEnumerable<int> InOrder()
    {
        for (var thread = NextFrom(GeneratorContext.Nemesis); thread != GeneratorContext.NoThread; thread = NextFrom(thread + 1)) yield return thread;
    }

    /// <inheritdoc/>
    public bool Equals(ThreadSet other)
    {
        if (_low != other._low) return false;
        if (ReferenceEquals(_high, other._high)) return true;
        var mine = Words(_high);
        var theirs = Words(other._high);
        var shared = Math.Min(mine.Length, theirs.Length);
        return mine[..shared].SequenceEqual(theirs[..shared])
            && !mine[shared..].ContainsAnyExcept(0UL)
            && !theirs[shared..].ContainsAnyExcept(0UL);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ThreadSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _low.GetHashCode();

    /// <summary>The threads, such as <c>{nemesis, 0, 1}</c>.</summary>
    public override string ToString() => "{" + string.Join(", ", InOrder().Select(t => t == GeneratorContext.Nemesis ? "nemesis" : $"{t}")) + "}";

    /// <summary>Same threads.</summary>
    public static bool operator ==(ThreadSet left, ThreadSet right) => left.Equals(right);

    /// <summary>Other threads.</summary>
    public static bool operator !=(ThreadSet left, ThreadSet right) => !left.Equals(right);

    private static ReadOnlySpan<ulong> Words(ulong[]? high) => high;
}

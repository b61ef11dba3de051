using System.Numerics;
using System.Runtime.CompilerServices;

namespace Checker.Targets;

/// <summary>
/// The only source of randomness in a run: xoshiro256** (Blackman and Vigna, 2018), seeded through SplitMix64. The same seed gives the same
/// numbers on every machine and runtime; nothing here calls a platform's mathematics library. Not safe for several threads.
/// </summary>
public sealed class SeededRandom
{
    private readonly ulong _seed;
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts the stream of a seed.</summary>
    public SeededRandom(long seed)
    {
        _seed = (ulong)seed;
        var state = _seed;
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>
    /// An independent stream for a component, by name: it depends on this stream's seed and the name alone, not on how many numbers were drawn,
    /// so that one component drawing more does not change what another sees.
    /// </summary>
    public SeededRandom Split(string component)
    {
        var hash = _seed ^ 0xCBF29CE484222325UL;
        foreach (var c in component) hash = (hash ^ c) * 0x100000001B3UL;
        return new SeededRandom((long)SplitMix(ref hash));
    }

    /// <summary>An independent stream for the <paramref name="index"/>-th of several components of one name.</summary>
    public SeededRandom Split(string component, int index)
    {
        var named = Split(component)._seed + ((ulong)index * 0xD1342543DE82EF95UL);
        return new SeededRandom((long)SplitMix(ref named));
    }

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number from 0 to <paramref name="bound"/> − 1, all equally likely up to a bias below 2⁻³².</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)(((NextBits() >> 32) * (ulong)bound) >> 32);
    }

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/> − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty.</exception>
    public long Next(long low, long high)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(low, high);
        return low + (long)Math.BigMul(NextBits(), (ulong)(high - low), out _);
    }

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with probability <paramref name="probability"/>.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>An exponentially distributed number with the given mean (von Neumann's method: comparisons only, so exact everywhere).</summary>
    public double Exponential(double mean)
    {
        for (var whole = 0; ; whole++)
        {
            var first = NextDouble();
            var last = first;
            var length = 1;
            while (true)
            {
                var next = NextDouble();
                if (next > last) break;
                last = next;
                length++;
            }

            if (length % 2 == 1) return (whole + first) * mean;
        }
    }

    /// <summary>One of the items, all equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>Puts the items in random order.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

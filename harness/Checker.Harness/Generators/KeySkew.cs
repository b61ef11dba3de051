using Checker.Targets;

namespace Checker.Harness.Generators;

/// <summary>
/// How often each of <see cref="Count"/> keys is picked. Immutable; a pick takes one random number and constant time (Walker's alias method in
/// Vose's form, 1991). The same on every machine: the tables are made with + − × ÷ and square roots alone, which IEEE 754 rounds exactly, and
/// never with a mathematics library's powers or logarithms.
/// </summary>
public sealed class KeySkew
{
    private readonly uint[]? _keep; // of 2^32: how often a column keeps its own key; null: every key is equally likely
    private readonly int[] _alias;

    private KeySkew(int count, uint[]? keep, int[] alias)
    {
        Count = count;
        _keep = keep;
        _alias = alias;
    }

    /// <summary>The number of keys; picks are from 0 to one less.</summary>
    public int Count { get; }

    /// <summary>Every key is equally likely.</summary>
    public static KeySkew Uniform(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new(count, null, []);
    }

    /// <summary>Zipf's law: key k is picked in proportion to 1 ÷ (k + 1) to the power of the exponent.</summary>
    /// <param name="count">The number of keys.</param>
    /// <param name="exponent">0: uniform; about 1: as web traffic; taken to a multiple of 2⁻²⁰. From 0 to 16.</param>
    public static KeySkew Zipf(int count, double exponent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exponent, 16);
        var weights = new double[count];
        for (var k = 0; k < count; k++) weights[k] = 1 / Power(k + 1, exponent);
        return Weighted(weights);
    }

    /// <summary>Key k + <paramref name="halfLife"/> is picked half as often as key k.</summary>
    /// <param name="count">The number of keys.</param>
    /// <param name="halfLife">In keys; at least 1.</param>
    public static KeySkew Exponential(int count, double halfLife)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(halfLife, 1);
        var ratio = Power(0.5, 1 / halfLife);
        var weights = new double[count];
        var weight = 1.0;
        for (var k = 0; k < count; k++, weight *= ratio) weights[k] = weight;
        return Weighted(weights);
    }

    /// <summary>Key k is picked in proportion to its weight.</summary>
    /// <exception cref="ArgumentException">There is no weight, one is negative or not finite, or all are zero.</exception>
    public static KeySkew Weighted(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
        {
            if (!(weight >= 0) || !double.IsFinite(weight)) throw new ArgumentException(
                $"the weight {weight} is not a finite number from 0 on", nameof(weights));
            total += weight;
        }

        if (!(total > 0) || !double.IsFinite(total)) throw new ArgumentException("the weights need a positive, finite sum", nameof(weights));

        // Each column holds 1 ÷ n of the probability: its own key's as far as that goes, and an alias's for the rest.
        var n = weights.Length;
        var share = new double[n];
        var alias = new int[n];
        var keep = new uint[n];
        var poor = new Stack<int>();
        var rich = new Stack<int>();
        for (var k = 0; k < n; k++)
        {
            share[k] = weights[k] / total * n;
            alias[k] = k;
            keep[k] = uint.MaxValue;
            (share[k] < 1 ? poor : rich).Push(k);
        }

        while (poor.Count > 0 && rich.Count > 0)
        {
            var small = poor.Pop();
            var large = rich.Pop();
            keep[small] = (uint)(share[small] * 4294967296.0);
            alias[small] = large;
            share[large] -= 1 - share[small];
            (share[large] < 1 ? poor : rich).Push(large);
        }

        return new(n, keep, alias);
    }

    /// <summary>A key from 0 to <see cref="Count"/> − 1.</summary>
    public int Pick(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var bits = random.NextBits();
        var column = (int)(((bits >> 32) * (ulong)Count) >> 32);
        return _keep is null || (uint)bits < _keep[column] ? column : _alias[column];
    }

    // Whole powers by multiplication; the fraction bit by bit, as a product of repeated square roots.
    private static double Power(double number, double exponent)
    {
        const int FractionBits = 20;
        var scaled = (long)((exponent * (1 << FractionBits)) + 0.5);
        var result = 1.0;
        for (var whole = scaled >> FractionBits; whole > 0; whole--) result *= number;
        var root = number;
        for (var bit = FractionBits - 1; bit >= 0; bit--)
        {
            root = Math.Sqrt(root);
            if ((scaled >> bit & 1) != 0) result *= root;
        }

        return result;
    }
}

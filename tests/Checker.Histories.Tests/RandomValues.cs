using Checker.Histories.Values;

namespace Checker.Histories.Tests;

/// <summary>Random values of every kind, with the awkward ones often.</summary>
internal sealed class RandomValues(int seed)
{
    private static readonly long[] Integers = [0, 1, -1, 7, long.MaxValue, long.MinValue, 1L << 60, (1L << 60) - 1, -(1L << 60), -(1L << 60) - 1];
    private static readonly double[] Decimals = [0, 0.5, -1.25, 1e300, double.Epsilon, double.MaxValue, 1.0, 123456789.125, 1e21];
    private static readonly string[] Strings =
        ["", "x", "y", "null", "1", "é", "漢字", "😀", "\ud800", "\udc00x", "a\ud83d", "\"\\/\b\f\n\r\t\0", "\u2028\u007f", "timeout", "{\"a\":1}"];

    public Random Random { get; } = new(seed);

    public Value Next(int depth = 3)
    {
        switch (Random.Next(depth > 0 ? 10 : 7))
        {
            case 0: return default;
            case 1: return Random.Next(2) == 0;
            case 2 or 3: return Random.Next(3) == 0 ? Pick(Integers) : Random.Next(5);
            case 4: return Value.Decimal(Random.Next(2) == 0 ? Pick(Decimals) : Random.NextDouble());
            case 5 or 6: return Pick(Strings);
            case 7 or 8: return Value.List([.. Enumerable.Range(0, Random.Next(4)).Select(_ => Next(depth - 1))]);
            default:
                return Value.Map(Enumerable.Range(0, Random.Next(4)).Select(_ => Pick(Strings)).Distinct()
                    .Select(key => new KeyValuePair<Value, Value>(key, Next(depth - 1))));
        }
    }

    public T Pick<T>(IReadOnlyList<T> items) => items[Random.Next(items.Count)];

    public string Text() => Pick(Strings);
}

namespace Checker.Checkers.Tests.Registers;

/// <summary>Random histories of ten operations and more, for the references that are faster than the definitions.</summary>
internal static class Longer
{
    private const int MostWays = 200;

    /// <summary>One in which every value is written once.</summary>
    public static SmallHistory Unique(Random random, int most) =>
        SmallHistory.Lagging(random, count: random.Next(10, most), processes: random.Next(2, 6), keys: random.Next(1, 5));

    /// <summary>One in which some values are written more than once, but in which the reads can have seen the writes in at most some hundred
    /// ways.</summary>
    public static SmallHistory WithRepeats(Random random, int most)
    {
        while (true)
        {
            var count = random.Next(10, most);
            var values = random.Next(2, count);
            var (processes, keys) = (random.Next(2, 6), random.Next(1, 5));
            var small = random.Next(3) == 0
                ? SmallHistory.InOrder(random, count, processes, keys, broken: random.Next(2) == 0, values)
                : SmallHistory.Lagging(random, count, processes, keys, values);
            if (ReadsFrom.Count(small.Ops) is > 1 and <= MostWays) return small;
        }
    }
}

using Checker.Checkers.Choices;

namespace Checker.Checkers.Tests.Registers;

public class ChoiceSolverTests
{
    // Constraints are found one by one, as in a search over reads-from; the answer must be that of trying everything.
    [Fact]
    public void Finds_values_iff_there_are_some()
    {
        var random = new Random(1);
        var (solved, refuted) = (0, 0);
        for (var i = 0; i < 2000; i++)
        {
            int[] sizes = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(1, 4))];
            var forbidden = Enumerable.Range(0, random.Next(1, 25)).Select(_ => Forbidden(random, sizes)).ToList();
            var solver = new ChoiceSolver(sizes);
            var possible = true;
            var rounds = 0;
            while (possible && forbidden.Find(f => f.All(pair => solver.Values[pair.Key] == pair.Value)) is { } broken)
            {
                possible = solver.RuleOut(broken.Keys);
                Assert.True(++rounds < 10_000, "it does not end");
            }

            Assert.Equal(Everything(sizes).Any(values => !forbidden.Exists(f => f.All(pair => values[pair.Key] == pair.Value))), possible);
            if (possible) solved++;
            else refuted++;
        }

        Assert.True(solved > 200 && refuted > 200, $"{solved} solved, {refuted} refuted");
    }

    private static Dictionary<int, int> Forbidden(Random random, int[] sizes) => Enumerable.Range(0, sizes.Length)
        .Where(_ => random.Next(2) == 0).DefaultIfEmpty(0).Distinct().ToDictionary(variable => variable, variable => random.Next(sizes[variable]));

    private static IEnumerable<int[]> Everything(int[] sizes)
    {
        IEnumerable<int[]> all = [[]];
        foreach (var size in sizes) all = all.SelectMany(values => Enumerable.Range(0, size).Select(value => (int[])[.. values, value]));
        return all;
    }
}

using Checker.Checkers.Linearizability.Special;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>The columns and trees of the special algorithms against plain loops: small histories do not make them deep.</summary>
public sealed class ColumnTests
{
    [Fact]
    public void A_cover_finds_the_first_gap_that_nothing_covers()
    {
        var found = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var gaps = random.Next(1, 200);
            var covered = new int[gaps];
            var cover = new CoverTree(gaps);
            var ranges = new List<(int From, int To)>();
            for (var i = random.Next(40); i > 0; i--) ranges.Add(Range());
            foreach (var (from, to) in ranges) cover.Put(from, to);
            foreach (var range in ranges) Count(range, 1);
            cover.Build();
            for (var step = 0; step < 100; step++)
            {
                if (ranges.Count > 0 && random.Next(3) > 0)
                {
                    var gone = ranges[^1];
                    ranges.RemoveAt(ranges.Count - 1);
                    cover.Add(gone.From, gone.To, -1);
                    Count(gone, -1);
                }
                else
                {
                    ranges.Insert(random.Next(ranges.Count + 1), Range());
                    var all = ranges.ToArray();
                    Array.Clear(covered);
                    foreach (var range in all) Count(range, 1);
                    cover = new CoverTree(gaps);
                    cover.Build();
                    foreach (var (from, to) in all) cover.Add(from, to, 1);
                }

                var (low, high) = Range();
                Assert.Equal(Array.FindIndex(covered, low, high - low, count => count == 0), cover.FirstFree(low, high));
                var free = Array.IndexOf(covered, 0);
                if (free < 0) continue;
                found++;
                var next = Array.IndexOf(covered, 0, free + 1);
                Assert.True(next < 0 ? cover.NextFree(free) >= gaps : cover.NextFree(free) == next);
            }

            (int From, int To) Range()
            {
                var from = random.Next(gaps);
                return (from, random.Next(4) == 0 ? random.Next(from, gaps) : Math.Min(gaps, from + random.Next(20)));
            }

            void Count((int From, int To) range, int times)
            {
                for (var gap = range.From; gap < range.To; gap++) covered[gap] += times;
            }
        }

        Assert.True(found > 10_000);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(300)]
    public void Of_elements_that_can_be_at_the_bottom_the_one_popped_last_is_found_however_many_they_are(int count)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            StackElement[] elements = [.. Enumerable.Range(0, count).Select(_ => new StackElement(0, 0, 0, 0, 0, random.Next(count / 2)))];
            var bottoms = new StackBottoms(elements, count);
            var held = new HashSet<int>();
            for (var step = 0; step < 4 * count; step++)
            {
                var element = random.Next(count);
                if (held.Add(element))
                {
                    bottoms.Add(element);
                }
                else if (random.Next(3) == 0)
                {
                    held.Remove(element);
                    bottoms.Remove(element);
                }

                var from = random.Next(count);
                var to = random.Next(from, count + 1);
                var wanted = held.Where(i => i >= from && i < to).OrderByDescending(i => elements[i].PopReturn).ThenBy(i => i).FirstOrDefault(-1);
                Assert.Equal(wanted, bottoms.Last(from, to));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void Values_are_numbered_by_first_appearance_whether_they_are_close_together_or_not(int distance)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var table = new ValueTable();
            var first = random.Next(-1000, 1000);
            ValueId[] among =
                [.. Enumerable.Range(0, 50).Select(_ => random.Next(4) == 0 ? default : table.Integer(first + ((long)distance * random.Next(100))))];
            var numbers = new ValueNumbers(among.Length, among);
            var expected = new Dictionary<ValueId, int>();
            for (var step = 0; step < 200; step++)
            {
                // Now and then one that was not announced.
                var value = random.Next(50) switch
                {
                    0 => table.Integer(random.Next(100_000)),
                    1 => table.String($"text {random.Next(3)}"),
                    _ => among[random.Next(among.Length)],
                };
                if (value.IsNull) continue;
                Assert.Equal(expected.GetValueOrDefault(value, -1), numbers.Lookup(value));
                if (random.Next(2) == 0) continue;
                expected.TryAdd(value, expected.Count);
                Assert.Equal(expected[value], numbers.NumberOf(value));
                Assert.Equal(value, numbers[expected[value]]);
            }

            Assert.Equal(expected.Count, numbers.Count);
            numbers.Dispose();
        }
    }

    [Theory]
    [InlineData(1, 1)] // one register, values that go up
    [InlineData(20, 1)]
    [InlineData(20, 1_000_000_007)] // far apart, so that none has a place by its value
    [InlineData(3, -1)]
    public void Contents_of_registers_are_numbered_by_first_appearance(int registers, long stride)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var values = new ValueTable();
            var contents = new RegisterContents(random.Next(100));
            var expected = new Dictionary<(int, ValueId), int>();
            for (var i = 0; i < 3_000; i++)
            {
                var value = random.Next(50) switch
                {
                    0 => values.String($"v{random.Next(40)}"),
                    1 => values.Integer(random.NextInt64()),
                    2 => ValueId.Null,
                    _ => values.Integer(stride * ((i / 2) + random.Next(100))),
                };
                var pair = (random.Next(registers), value);
                if (!expected.TryGetValue(pair, out var number)) expected.Add(pair, number = expected.Count);
                Assert.Equal(number, contents.NumberOf(pair.Item1, value));
            }

            Assert.Equal(expected.Count, contents.Count);
            foreach (var ((register, value), number) in expected) Assert.Equal((register, value), (contents.RegisterOf(number), contents.ValueOf(number)));
        }
    }

    [Fact]
    public void Lists_keep_the_order_in_which_numbers_come_and_can_be_turned_around()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (lists, numbers) = (random.Next(1, 20), random.Next(1, 20));
            var pairs = Enumerable.Range(0, random.Next(60)).Select(_ => (List: random.Next(lists), Number: random.Next(numbers))).ToArray();
            var shared = Lists.Of(lists, [.. pairs.Select(pair => pair.List)], [.. pairs.Select(pair => pair.Number)]);
            Assert.Equal(pairs.Length, shared.Total);
            for (var list = 0; list < lists; list++) Assert.Equal(pairs.Where(pair => pair.List == list).Select(pair => pair.Number), shared[list].ToArray());
            var inverse = shared.Inverse(numbers);
            for (var number = 0; number < numbers; number++)
                Assert.Equal(pairs.Where(pair => pair.Number == number).Select(pair => pair.List).Order(), inverse[number].ToArray());
        }
    }
}

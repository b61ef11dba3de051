using Checker.Harness.Generators;
using Checker.Targets;

namespace Checker.Harness.Tests.Generators;

/// <summary>A random generator of all combinators; half of its nodes are watched by validate.</summary>
internal static class RandomTree
{
    public const int Kinds = 30;

    public static IGenerator Of(long seed, int depth = 4) => Node(new SeededRandom(seed), depth);

    private static IGenerator Node(SeededRandom random, int depth)
    {
        var node = depth == 0 ? Leaf(random) : Inner(random, random.Next(Kinds), depth - 1);
        return random.Chance(0.5) ? node.Validate() : node;
    }

    private static IGenerator Inner(SeededRandom random, int kind, int depth)
    {
        IGenerator Child() => Node(random, depth);
        var span = TimeSpan.FromTicks(random.Next(4));
        var count = random.Next(8);
        return kind switch
        {
            0 => Gen.Mix((1 + random.Next(3), Child()), (1 + random.Next(3), Child()), (1, Child())),
            1 => Gen.Concat(Child(), Child(), Child()),
            2 => Gen.Phases(Child(), Child()),
            3 => Child().Then(Child()),
            4 => Child().Synchronize(),
            5 => Child().Limit(count),
            6 => Child().TimeLimit(span),
            7 => Child().Stagger(span),
            8 => Child().Stagger(span, Pauses.Exponential),
            9 => Child().Delay(span),
            10 => Child().Repeat(),
            11 => Child().Cycle(count),
            12 => Child().Cycle(),
            13 => Child().Once(),
            14 => Child().EachThread(),
            15 => Child().EachProcess(),
            16 => Child().OnThreads(t => t % 2 == 0),
            17 => Child().OnThreads(ThreadSet.Of(0, 2, 90)),
            18 => new Enough(Gen.Reserve([(1, Child()), (1, Gen.Reserve([(1, Child())], Child()))], Child()), 2, Leaf(random)),
            19 => Child().WithNemesis(Child()),
            20 => Gen.Any(Child(), Child(), Child()),
            21 => Child().UntilOk(),
            22 => Gen.FlipFlop(Child(), Child()),
            23 => Gen.CycleTimes((TimeSpan.FromTicks(1), Child()), (TimeSpan.FromTicks(2), Child())),
            24 => Child().ProcessLimit(count),
            25 => Child().Limit(20).Filter(o => o.Time % 3 != 1 || o.Thread != 1),
            26 => Child().Map(o => o.Template with { F = o.F + "'" }),
            27 => Child().OnUpdate((g, _, e) => e.Type == Histories.EventType.Fail && e.Time % 7 == 0 ? Gen.Nothing : g),
            28 => Gen.Independent(KeySequence.Numbers(3), 1 + random.Next(3), _ => Leaf(new SeededRandom(count)).Limit(count)),
            _ => Gen.OpenKeys(KeySequence.Numbers(5), KeySkew.Uniform(2), _ => Leaf(new SeededRandom(count)).Limit(count)),
        };
    }

    private static IGenerator Leaf(SeededRandom random) => random.Next(8) switch
    {
        0 => Gen.Operation("once"),
        1 => Gen.Operation("read").Repeat(),
        2 => Gen.Operations(c => new("random", c.Random.Next(100))),
        3 => Gen.Counted(i => new("count", i), 10),
        4 => Gen.UniqueWrites(KeySkew.Zipf(8, 1)),
        5 => Gen.Log("line"),
        6 => Gen.Sleep(TimeSpan.FromTicks(random.Next(3))),
        _ => Gen.Sequence(new("a"), new("b")),
    };

    // Reserve refuses to work with too few threads; a random tree may put it anywhere.
    private sealed record Enough(IGenerator Generator, int Threads, IGenerator Otherwise) : IGenerator
    {
        public Step Next(in GeneratorContext context) => Chosen(context).Next(context);

        public IGenerator Update(in GeneratorContext context, in Histories.HistoryEvent e) => Chosen(context).Update(context, e);

        private IGenerator Chosen(in GeneratorContext context) => context.Threads.ClientCount >= Threads ? Generator : Otherwise;
    }
}

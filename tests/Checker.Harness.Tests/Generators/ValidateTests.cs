using Checker.Harness.Generators;
using Checker.Histories;
using Checker.Targets;
using Xunit;

namespace Checker.Harness.Tests.Generators;

public sealed class ValidateTests
{
    private static readonly GeneratorContext Context = GeneratorContext.Start(3, new SeededRandom(0), nemesis: false).At(50).Busy(1).Retire(2);
    private static readonly GeneratedOperation Good = new(GeneratedKind.Invoke, 50, 2, 5, "read", default, default);

    [Fact]
    public void Accepts_what_follows_the_rules()
    {
        Assert.True(Answering(g => Step.Of(Good, g)).Next(Context).IsOperation);
        Assert.True(Answering(g => Step.Pending(g, 51)).Next(Context).IsPending);
        Assert.True(Answering(g => Step.Pending(g)).Next(Context).IsPending);
        Assert.True(Answering(_ => Step.Exhausted).Next(Context).IsExhausted);
    }

    [Fact]
    public void Rejects_an_operation_for_the_past() => Rejects(Good with { Time = 49 }, "for now, not for 49 ns");

    [Fact]
    public void Rejects_an_operation_for_the_future() => Rejects(Good with { Time = 51 }, "for now, not for 51 ns");

    [Fact]
    public void Rejects_a_busy_thread() => Rejects(Good with { Thread = 1, Process = 1 }, "thread 1 is busy");

    [Fact]
    public void Rejects_a_thread_that_is_not_there() => Rejects(Good with { Thread = -1, Process = -1 }, "thread -1 is not one that it may use");

    [Fact]
    public void Rejects_a_retired_process() => Rejects(Good with { Process = 2 }, "thread 2 is now process 5, not 2");

    [Fact]
    public void Rejects_an_operation_without_a_name() => Rejects(Good with { F = "" }, "must have a name");

    [Fact]
    public void Rejects_an_unknown_kind() => Rejects(Good with { Kind = (GeneratedKind)9 }, "no kind 9");

    [Theory]
    [InlineData(50)]
    [InlineData(0)]
    public void Rejects_a_pending_generator_that_asks_to_be_asked_at_once(long wake) => Rejects(g => Step.Pending(g, wake), "must name a later time");

    [Fact]
    public void Names_the_generator_that_broke_the_rule()
    {
        var named = new Answer(g => Step.Pending(g, 0)).Validate("the reads of the bank");
        Assert.StartsWith(
            "the generator the reads of the bank answered", Assert.Throws<GeneratorException>(() => named.Next(Context)).Message, StringComparison.Ordinal);
        Assert.Contains("Answer", Assert.Throws<GeneratorException>(() => Answering(g => Step.Pending(g, 0)).Next(Context)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Goes_on_watching_the_generators_that_follow() =>
        Assert.Throws<GeneratorException>(() => Answering(_ => Step.Of(Good, new Answer(g => Step.Pending(g, 0)))).Next(Context).Next.Next(Context));

    [Fact]
    public void The_simulator_watches_its_generator() =>
        Assert.Throws<GeneratorException>(() => GeneratorSimulator.Run(new Answer(g => Step.Pending(g, 0)), SimulatedClients.Perfect));

    private static void Rejects(GeneratedOperation operation, string rule) => Rejects(g => Step.Of(operation, g), rule);

    private static void Rejects(Func<IGenerator, Step> answer, string rule) =>
        Assert.Contains(rule, Assert.Throws<GeneratorException>(() => Answering(answer).Next(Context)).Message, StringComparison.Ordinal);

    private static IGenerator Answering(Func<IGenerator, Step> answer) => new Answer(answer).Validate();

    private sealed record Answer(Func<IGenerator, Step> Function) : IGenerator
    {
        public Step Next(in GeneratorContext context) => Function(this);

        public IGenerator Update(in GeneratorContext context, in HistoryEvent e) => this;
    }
}

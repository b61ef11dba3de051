using Checker.Harness.Generators;
using Checker.Harness.Workloads;
using Checker.Histories;
using Checker.Histories.Values;
using Checker.Targets;
using Xunit;

namespace Checker.Harness.Tests.Workloads;

public sealed class WorkloadTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void No_value_is_written_twice_to_a_key()
    {
        foreach (var workload in WorkloadCatalogue.All)
        {
            var written = Play(workload, WorkloadOptions.Default, 5_000).Where(o => o.F == "write").Select(o => (o.Key, o.Value)).ToList();
            Assert.NotEmpty(written);
            Assert.Equal(written.Count, written.Distinct().Count());
        }
    }

    [Fact]
    public void Probes_write_values_of_their_own()
    {
        foreach (var workload in WorkloadCatalogue.All)
        {
            var probes = Enumerable.Range(
                0, 20).SelectMany(thread => Enumerable.Range(0, 20).Select(attempt => workload.Probe(thread, attempt).Value)).ToList();
            Assert.Equal(probes.Count, probes.Distinct().Count());
            Assert.DoesNotContain(Play(workload, WorkloadOptions.Default, 5_000), o => probes.Contains(o.Value));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(1)]
    public void The_share_of_reads_is_as_asked_for(double fraction)
    {
        var operations = Play(WorkloadCatalogue.Register, WorkloadOptions.Default with { ReadFraction = fraction }, 10_000);
        Assert.InRange(operations.Count(o => o.F == "read") / 10_000.0, fraction - 0.03, fraction + 0.03);
    }

    [Fact]
    public void Some_clients_only_read()
    {
        var writers = Play(
            WorkloadCatalogue.Register, WorkloadOptions.Default, 5_000).Where(o => o.F == "write").Select(o => o.Thread).Distinct().Order();
        Assert.Equal([0, 1, 3, 4, 6, 7, 9], writers);
    }

    [Fact]
    public void Operations_arrive_at_the_rate_asked_for()
    {
        var last = Play(WorkloadCatalogue.Kv, WorkloadOptions.Default with { Rate = 500 }, 10_000)[^1].Time;
        Assert.InRange(last, 19 * Second, 21 * Second);
    }

    [Fact]
    public void A_key_is_left_alone_after_its_share_of_operations()
    {
        var keys = Play(WorkloadCatalogue.Kv, WorkloadOptions.Default with { Keys = 3, OperationsPerKey = 50 }, 5_000).GroupBy(
            o => o.Key.AsString()).ToList();
        Assert.All(keys, key => Assert.InRange(key.Count(), 1, 50));
        Assert.InRange(keys.Count(key => key.Count() < 50), 0, 3);
        Assert.Contains(keys, key => key.Key == "k0");
    }

    [Fact]
    public void Zipf_prefers_some_keys()
    {
        static int Most(KeyChoice choice) => Play(
                WorkloadCatalogue.Kv, WorkloadOptions.Default with { KeyChoice = choice, OperationsPerKey = 1_000_000 }, 10_000)
            .GroupBy(o => o.Key).Max(key => key.Count());
        Assert.InRange(Most(KeyChoice.Uniform), 1_000, 1_150);
        Assert.InRange(Most(KeyChoice.Zipf), 3_200, 3_600);
        Assert.InRange(Most(KeyChoice.Exponential), 4_800, 5_200);
    }

    [Fact]
    public void A_compare_and_set_expects_what_was_seen_last()
    {
        var operations = Play(WorkloadCatalogue.CasRegister, WorkloadOptions.Default, 200);
        Value last = default;
        foreach (var operation in operations)
        {
            // The dry run completes each operation before the next one starts: what was written last is what was seen last.
            if (operation.F == "cas") Assert.Equal(last, operation.Value.AsList()[0]);
            last = operation.F switch { "cas" => operation.Value.AsList()[1], "write" => operation.Value, _ => last };
        }

        Assert.Contains(operations, o => o.F == "cas");
    }

    [Fact]
    public void Values_come_from_a_small_range_if_they_need_not_be_unique()
    {
        var values = Play(WorkloadCatalogue.Register, WorkloadOptions.Default with { UniqueValues = false, Values = 4 }, 1_000)
            .Where(o => o.F == "write").Select(o => o.Value.AsInteger()).Distinct().Order();
        Assert.Equal([0, 1, 2, 3], values);
    }

    [Fact]
    public void At_the_end_every_client_reads_every_key()
    {
        var reads = Play(WorkloadCatalogue.Kv.Final(["a", "b"]), 1_000);
        Assert.Equal(20, reads.Count);
        Assert.Equal(20, reads.Select(o => (o.Thread, o.Key)).Distinct().Count());
        Assert.All(reads, o => Assert.Equal("read", o.F));
    }

    [Fact]
    public void The_default_workload_is_that_of_the_first_type_that_has_one()
    {
        Assert.Same(WorkloadCatalogue.CasRegister, WorkloadCatalogue.DefaultFor([DataTypes.Counter, DataTypes.CasRegister, DataTypes.Kv]));
        Assert.Null(WorkloadCatalogue.DefaultFor([DataTypes.Counter]));
        Assert.Same(WorkloadCatalogue.Kv, WorkloadCatalogue.Find("kv"));
        Assert.Null(WorkloadCatalogue.Find("bank"));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        var good = WorkloadOptions.Default;
        good.Validate();
        Assert.Throws<ArgumentException>(() => (good with { Rate = 0 }).Validate());
        Assert.Throws<ArgumentException>(() => (good with { Rate = double.NaN }).Validate());
        Assert.Throws<ArgumentException>(() => (good with { ReadFraction = 1.1 }).Validate());
        Assert.Throws<ArgumentException>(() => (good with { CasFraction = -0.1 }).Validate());
        Assert.Throws<ArgumentException>(() => (good with { Keys = 0 }).Validate());
        Assert.Throws<ArgumentException>(() => (good with { OperationsPerKey = 0 }).Validate());
        Assert.Throws<ArgumentException>(() => (good with { Values = 0 }).Validate());
    }

    private static List<GeneratedOperation> Play(Workload workload, WorkloadOptions options, int count) =>
        Play(workload.Main(options), count);

    // Ten clients, each of whose operations succeeds at once, with what it was given.
    private static List<GeneratedOperation> Play(IGenerator generator, int count)
    {
        var run = new GeneratorRun(generator, 10, new SeededRandom(1), nemesis: false);
        var operations = new List<GeneratedOperation>();
        var time = 0L;
        Value last = default;
        while (operations.Count < count)
        {
            var step = run.Next(time);
            if (step.IsExhausted) break;
            if (step.IsPending)
            {
                time = step.WakeTime;
                continue;
            }

            var operation = step.Operation;
            operations.Add(operation);
            run.Observe(operation.ToEvent(0));
            last = operation.F switch { "cas" => operation.Value.AsList()[1], "write" => operation.Value, _ => last };
            run.Observe(operation.ToEvent(0) with { Type = EventType.Ok, Value = operation.F == "read" ? last : operation.Value });
        }

        return operations;
    }
}

using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>
/// A random history of a few operations: executed on the reference model at random moments, then perhaps spoiled in one or two places.
/// </summary>
internal sealed class SmallHistory
{
    public SmallHistory(DataType type, Value initial, bool observeFailedCas, List<ReferenceOperation> operations)
    {
        Type = type;
        Initial = initial;
        ObserveFailedCas = observeFailedCas;
        Operations = operations;
    }

    public DataType Type { get; }

    public Value Initial { get; }

    public bool ObserveFailedCas { get; }

    /// <summary>The operations, by invocation.</summary>
    public List<ReferenceOperation> Operations { get; }

    /// <summary>The operations that the reference has to explain: failed ones are dropped unless they are observations.</summary>
    public List<ReferenceOperation> Judged =>
        [.. Operations.Where(o => o.Type != OperationType.Fail || (ObserveFailedCas && o.Function == Function.Cas))];

    /// <summary>
    /// A random history that is invalid or valid as wished, by the definition; of some types the other kind is now and then all that is
    /// found.
    /// </summary>
    public static SmallHistory Random(DataType type, Random random, bool invalid, out bool isInvalid)
    {
        const int Tries = 40;
        for (var attempt = 1; ; attempt++)
        {
            var history = Random(type, random);
            isInvalid = !BruteForce.IsLinearizable(type, history.Initial, history.Judged);
            if (isInvalid == invalid || attempt == Tries) return history;
        }
    }

    public static SmallHistory Random(DataType type, Random random, int most = 10)
    {
        var vocabulary = new Vocabulary(type, random);
        var count = random.Next(2, most + 1);
        var processes = random.Next(1, 6);
        var infoRate = random.Next(20) < 9 ? 0.1 + (random.NextDouble() * 0.4) : 0;
        var spoilRate = random.Next(4) != 0 ? 0.2 + (random.NextDouble() * 0.4) : 0;
        var observe = random.Next(2) == 0 && type.Functions.Contains(Function.Cas);
        return Execute(vocabulary, type, random, Schedule(random, count, processes, infoRate), spoilRate, observe);
    }

    /// <summary>A history of so many operations that is right but for a share of results that were made up.</summary>
    public static SmallHistory Long(DataType type, Random random, int count, int processes, double infoRate, double spoilRate) =>
        Execute(new Vocabulary(type, random), type, random, Schedule(random, count, processes, infoRate), spoilRate, observeFailedCas: false);

    private static SmallHistory Execute(
        Vocabulary vocabulary, DataType type, Random random, (int Invoke, int Return, int Process, bool Info)[] schedule, double spoilRate, bool observeFailedCas)
    {
        var count = schedule.Length;
        var initial = vocabulary.Initial();
        var state = ReferenceModel.Initial(type, initial);
        var done = new ReferenceOperation[count];
        foreach (var i in Enumerable.Range(0,
            count).OrderBy(i => schedule[i].Invoke + ((schedule[i].Return - schedule[i].Invoke) * random.NextDouble())).ToArray())
        {
            var (invoke, end, process, info) = schedule[i];
            var operation = vocabulary.Propose() with { Process = process, Invoke = invoke, Return = end };
            var (result, next) = vocabulary.Execute(state, operation);
            if (!info || random.Next(2) == 0) state = next;
            if (info) result = result with { Type = OperationType.Info, Output = Value.Null, Return = History.Never };
            else if (random.NextDouble() < spoilRate) result = vocabulary.Spoil(result);
            done[i] = result;
        }

        return new(type, initial, observeFailedCas, [.. done.OrderBy(o => o.Invoke)]);
    }

    public History Build()
    {
        var builder = new HistoryBuilder(Type);
        var events = Operations.Select(o => (At: o.Invoke, Operation: o, Begins: true))
            .Concat(Operations.Where(o => o.Return != History.Never).Select(o => (At: o.Return, Operation: o, Begins: false)))
            .OrderBy(e => e.At);
        foreach (var (at, o, begins) in events.ToArray())
        {
            var (key, value) = (builder.Values.Intern(o.Key), builder.Values.Intern(begins ? o.Input : o.Output));
            var problem = begins
                ? builder.Invoke(o.Process, o.Function, key, value, at * 1_000_000L)
                : builder.Complete(o.Process, o.Type, o.Function, key, value, at * 1_000_000L);
            if (problem is not null) throw new InvalidOperationException(problem);
        }

        return builder.Build();
    }

    public override string ToString() =>
        string.Join("\n", Operations.Select(o => $"  {o}").Prepend($"{Type} initial {Initial} observe {ObserveFailedCas}"));

    // Random interleaving: distinct positions for all invocations and returns; one open operation per process. Unfinished operations
    // retire their process.
    private static (int Invoke, int Return, int Process, bool Info)[] Schedule(Random random, int count, int processes, double infoRate)
    {
        var schedule = new (int Invoke, int Return, int Process, bool Info)[count];
        var open = new Dictionary<int, int>();
        var fresh = processes;
        var names = Enumerable.Range(0, processes).ToArray();
        var begun = 0;
        for (var at = 0; begun < count || open.Count > 0; at++)
        {
            var thread = random.Next(processes);
            if (open.Remove(thread, out var operation))
            {
                schedule[operation].Return = at;
                if (schedule[operation].Info) names[thread] = fresh++;
            }
            else if (begun < count)
            {
                open[thread] = begun;
                schedule[begun++] = (at, 0, names[thread], random.NextDouble() < infoRate);
            }
        }

        return schedule;
    }
}

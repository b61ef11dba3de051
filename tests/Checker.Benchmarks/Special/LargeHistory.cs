using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Special;

/// <summary>One operation of a large history that can still be changed.</summary>
internal struct LargeOperation
{
    public int Process;
    public Function Function;
    public OperationType Type;
    public ValueId Input;
    public ValueId Output;
    public int Invoke;
    public int Return;
}

/// <summary>
/// A large correct history of any data type: threads invoke, take effect on a simulated object, and return, one random thread at a time. Of the
/// operations of unknown outcome a third has no effect, and a third has it late.
/// </summary>
internal sealed class LargeHistory
{
    private readonly DataType _type;
    private readonly Random _random;
    private readonly SimulatedObject _object;
    private readonly LargeOperation[] _operations;

    /// <param name="kind">What is simulated: one of <see cref="SimulatedObject.Kinds"/>.</param>
    /// <param name="count">How many operations.</param>
    /// <param name="processes">How many threads.</param>
    /// <param name="unknown">The share of operations whose outcome is unknown.</param>
    /// <param name="seed">The source of chance.</param>
    /// <param name="brief">Whether the object holds few elements and is read often.</param>
    public LargeHistory(string kind, int count, int processes, double unknown, int seed, bool brief = false)
    {
        _random = new Random(seed);
        _object = SimulatedObject.Of(kind, Values, _random, count, brief);
        _type = _object.Type;
        _operations = new LargeOperation[count];
        Simulate(processes, unknown);
    }

    /// <summary>The table of the history.</summary>
    public ValueTable Values { get; } = new();

    /// <summary>The operations, by invocation; change one and build anew.</summary>
    public Span<LargeOperation> Operations => _operations;

    private enum Stage : byte
    {
        Idle,
        Invoked,
        Done,
    }

    private void Simulate(int processes, double unknown)
    {
        var stages = new Stage[processes];
        var open = new int[processes];
        var names = Enumerable.Range(0, processes).ToArray();
        var fresh = processes;
        var late = new List<int>();
        var (position, begun, busy) = (0, 0, 0);
        while (begun < _operations.Length || busy > 0)
        {
            if (late.Count > 0 && _random.Next(20) == 0)
            {
                var at = _random.Next(late.Count);
                _object.Do(ref _operations[late[at]]);
                late.RemoveAt(at);
            }

            var thread = _random.Next(processes);
            ref var operation = ref _operations[open[thread]];
            switch (stages[thread])
            {
                case Stage.Idle when begun < _operations.Length:
                    open[thread] = begun;
                    operation = ref _operations[begun++];
                    operation.Process = names[thread];
                    operation.Type = _random.NextDouble() < unknown ? OperationType.Info : OperationType.Ok;
                    operation.Invoke = position++;
                    _object.Choose(ref operation);
                    stages[thread] = Stage.Invoked;
                    busy++;
                    break;
                case Stage.Invoked:
                    var dice = operation.Type == OperationType.Info ? _random.Next(3) : 0;
                    if (dice == 0 && !_object.Do(ref operation) && operation.Type == OperationType.Ok) operation.Type = OperationType.Fail;
                    if (dice == 1) late.Add(open[thread]);
                    stages[thread] = Stage.Done;
                    break;
                case Stage.Done:
                    operation.Return = position++;
                    stages[thread] = Stage.Idle;
                    busy--;
                    if (operation.Type == OperationType.Info)
                    {
                        operation.Output = default;
                        names[thread] = fresh++;
                    }

                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The history, one microsecond from event to event.</summary>
    public History Build()
    {
        var events = new int[2 * _operations.Length]; // operation, or ~operation for the return
        for (var i = 0; i < _operations.Length; i++)
        {
            events[_operations[i].Invoke] = i;
            events[_operations[i].Return] = ~i;
        }

        var builder = new HistoryBuilder(_type, Values);
        for (var at = 0; at < events.Length; at++)
        {
            ref var operation = ref _operations[events[at] < 0 ? ~events[at] : events[at]];
            var problem = events[at] >= 0
                ? builder.Invoke(operation.Process, operation.Function, default, operation.Input, at * 1_000L)
                : builder.Complete(operation.Process, operation.Type, operation.Function, default,
                    operation.Type == OperationType.Ok ? operation.Output : default, at * 1_000L);
            if (problem is not null) throw new InvalidOperationException(problem);
        }

        return builder.Build();
    }
}

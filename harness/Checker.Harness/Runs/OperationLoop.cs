using System.Diagnostics;
using Checker.Harness.Generators;
using Checker.Harness.Worlds;
using Checker.Histories;
using Checker.Histories.Values;
using Checker.Targets;
using Checker.Targets.Nodes;

namespace Checker.Harness.Runs;

/// <summary>
/// Asks a generator for operations, runs them on the clients, and publishes what comes of them; phase after phase, with the same threads
/// and processes. Everything happens on the run's thread.
/// </summary>
internal sealed class OperationLoop : IDisposable
{
    // A client that answers without any delay would let a generator without pauses run for ever at one point in time.
    private const long ShortestOperation = 1_000;

    private readonly IWorld _world;
    private readonly DataType _type;
    private readonly HistoryStream _stream;
    private readonly ClientThread[] _threads;
    private readonly GeneratedOperation[] _open;
    private readonly GeneratorRun _generator;
    private readonly Action<string>? _log;
    private readonly HashSet<Value> _seenKeys = [];
    private readonly List<Value> _keys = [];
    private readonly HashSet<int> _succeeded = [];
    private readonly CancellationTokenSource _hurry = new();
    private TaskCompletionSource? _phase;
    private TaskCompletionSource? _drained;
    private ITimerHandle? _wake;
    private bool _pumpIsDue;
    private int _openCount;

    public OperationLoop(IWorld world, DataType type, HistoryStream stream, ClientThread[] threads, Action<string>? log)
    {
        _world = world;
        _type = type;
        _stream = stream;
        _threads = threads;
        _open = new GeneratedOperation[threads.Length];
        _log = log;
        _generator = new GeneratorRun(Gen.Nothing, threads.Length, world.Random.Split("generator"), nemesis: false);
    }

    /// <summary>The keys that were used, in the order of first use.</summary>
    public IReadOnlyList<Value> Keys => _keys;

    /// <summary>The threads that have had an operation succeed in this phase.</summary>
    public IReadOnlyCollection<int> Succeeded => _succeeded;

    /// <summary>
    /// Plays a generator until it is exhausted and everything has completed, or until the limit: operations may then be open.
    /// </summary>
    public async Task PlayAsync(IGenerator generator, long limit)
    {
        _succeeded.Clear();
        _generator.GoOnWith(generator);
        _phase = new TaskCompletionSource();
        var timer = _world.After(limit, EndPhase);
        PumpSoon();
        await _phase.Task;
        timer.Cancel();
        _generator.GoOnWith(Gen.Nothing);
    }

    /// <summary>Ends the phase now; operations may still be open.</summary>
    public void EndPhase()
    {
        _wake?.Cancel();
        _phase?.TrySetResult();
    }

    /// <summary>Waits for the open operations; after the limit asks them to end, and a second later abandons them.</summary>
    public async Task DrainAsync(long limit)
    {
        if (_openCount == 0) return;
        _drained = new TaskCompletionSource();
        var hurry = _world.After(limit, _hurry.Cancel);
        var abandon = _world.After(limit + 1_000_000_000, () => AbandonAll("abandoned: the client did not end it"));
        await _drained.Task;
        hurry.Cancel();
        abandon.Cancel();
        _drained = null;
    }

    /// <summary>Completes every open operation as info: nobody waits for it any more.</summary>
    public void AbandonAll(string error)
    {
        for (var thread = 0; thread < _threads.Length; thread++)
        {
            if (!_threads[thread].IsBusy) continue;
            _threads[thread].Abandon();
            Complete(_open[thread], Completion.Info(error));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _hurry.Dispose();

    private void PumpSoon()
    {
        if (_pumpIsDue) return;
        _pumpIsDue = true;
        _world.After(0, Pump);
    }

    private void Pump()
    {
        _pumpIsDue = false;
        _wake?.Cancel();
        while (_phase is { Task.IsCompleted: false })
        {
            var step = _generator.Next(_world.Now);
            if (step.IsOperation)
            {
                if (step.Operation.IsInvocation) Start(step.Operation);
                else _log?.Invoke(step.Operation.F);
                continue;
            }

            if (step.IsPending && step.WakeTime != Step.Never) _wake = _world.After(Math.Max(1, step.WakeTime - _world.Now), Pump);
            if (step.IsExhausted && _openCount == 0) EndPhase();
            return;
        }
    }

    private void Start(in GeneratedOperation operation)
    {
        if (!FunctionNames.TryParse(operation.F, _type, out var function) || !_type.Knows(function))
        {
            throw new ArgumentException($"the workload's generator made \"{operation.F}\", which the data type {_type.Name} does not know");
        }

        if (_seenKeys.Add(operation.Key)) _keys.Add(operation.Key);
        var thread = _threads[operation.Thread];
        Debug.Assert(!thread.IsBusy, "a generator uses free threads only");
        thread.IsBusy = true;
        _open[operation.Thread] = operation;
        _openCount++;
        _generator.Observe(_stream.Publish(operation.Process, EventType.Invoke, operation.F, operation.Key, operation.Value, null));
        _ = RunAsync(operation, new Invocation(operation.Process, function, operation.Key, operation.Value));
    }

    private async Task RunAsync(GeneratedOperation operation, Invocation invocation)
    {
        try
        {
            var thread = _threads[operation.Thread];
            var abandoned = thread.Abandoned;
            var completing = thread.InvokeAsync(invocation, _hurry.Token);
            if (completing.IsCompleted) await _world.Delay(ShortestOperation);
            var completion = await completing;
            if (thread.Abandoned == abandoned) Complete(operation, Echo(invocation, completion));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Clients do not throw up to here: it is the harness itself, and the run must end on it.
            _phase?.TrySetException(e);
            _drained?.TrySetException(e);
        }
    }

    private void Complete(in GeneratedOperation operation, in Completion completion)
    {
        var thread = _threads[operation.Thread];
        thread.IsBusy = false;
        if (completion.Type == OperationType.Ok) _succeeded.Add(operation.Thread);
        else thread.LastError = completion.Error;
        _openCount--;
        _generator.Observe(
            _stream.Publish(operation.Process, TypeOf(completion.Type), operation.F, operation.Key, completion.Value, completion.Error));
        PumpSoon();
        if (_openCount == 0) _drained?.TrySetResult();
    }

    // Where a completion has no value of its own the event repeats the argument, as the file format wants it.
    private static Completion Echo(in Invocation invocation, in Completion completion)
    {
        var repeats = completion.Type != OperationType.Ok || invocation.Function is not (
            Function.Read or Function.Dequeue or Function.Pop or Function.Peek or Function.ExtractMax or Function.Acquire or Function.Poll);
        return repeats && completion.Value.IsNull ? completion with { Value = invocation.Value } : completion;
    }

    private static EventType TypeOf(OperationType type) => type switch
    {
        OperationType.Ok => EventType.Ok,
        OperationType.Fail => EventType.Fail,
        _ => EventType.Info,
    };
}

namespace Checker.Harness.Generators;

/// <summary>A generator's answer. The default is exhausted.</summary>
public readonly struct Step
{
    /// <summary>The wake-up time of a generator that waits for an event, not for a time.</summary>
    public const long Never = long.MaxValue;

    private readonly IGenerator? _next;
    private readonly GeneratedOperation _operation;
    private readonly long _wakeTime;

    private Step(StepKind kind, IGenerator next, in GeneratedOperation operation, long wakeTime)
    {
        Kind = kind;
        _next = next;
        _operation = operation;
        _wakeTime = wakeTime;
    }

    /// <summary>No more operations.</summary>
    public static Step Exhausted => default;

    /// <summary>What kind of answer it is.</summary>
    public StepKind Kind { get; }

    /// <summary>Whether there are no more operations.</summary>
    public bool IsExhausted => Kind == StepKind.Exhausted;

    /// <summary>Whether there is no operation now.</summary>
    public bool IsPending => Kind == StepKind.Pending;

    /// <summary>Whether there is an operation.</summary>
    public bool IsOperation => Kind == StepKind.Operation;

    /// <summary>The generator to go on with; of an exhausted one, <see cref="Gen.Nothing"/>.</summary>
    public IGenerator Next => _next ?? Gen.Nothing;

    /// <summary>The operation; meaningless unless <see cref="IsOperation"/>.</summary>
    public GeneratedOperation Operation => _operation;

    /// <summary>
    /// If pending, when to ask again at the latest, in nanoseconds since the start of the run, after the time it was asked at;
    /// <see cref="Never"/>: not before the next event. Asking earlier does no harm.
    /// </summary>
    public long WakeTime => _wakeTime;

    // An exhausted generator need never be asked again.
    internal long WakeTimeOrNever => IsPending ? _wakeTime : Never;

    /// <summary>Nothing now.</summary>
    /// <param name="next">The generator to go on with.</param>
    /// <param name="wakeTime">When to ask again at the latest.</param>
    public static Step Pending(IGenerator next, long wakeTime = Never) => new(StepKind.Pending, next, default, wakeTime);

    /// <summary>An operation.</summary>
    /// <param name="operation">To be started now.</param>
    /// <param name="next">The generator to go on with once the operation has been started.</param>
    public static Step Of(in GeneratedOperation operation, IGenerator next) => new(StepKind.Operation, next, operation, 0);

    /// <summary>The same answer, going on with another generator; an exhausted answer stays as it is.</summary>
    public Step Then(IGenerator next) => IsExhausted ? this : new(Kind, next, _operation, _wakeTime);

    /// <summary>The answer in words.</summary>
    public override string ToString() => Kind switch
    {
        StepKind.Operation when !_operation.IsInvocation => $"log {_operation.F}",
        StepKind.Operation => $"{(_operation.IsNemesis ? "nemesis" : $"process {_operation.Process}")} {_operation.F} {_operation.Key} {_operation.Value}",
        StepKind.Pending => _wakeTime == Never ? "pending" : $"pending until {_wakeTime} ns",
        _ => "exhausted",
    };
}

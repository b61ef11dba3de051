using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Targets;

/// <summary>
/// One connection of one process. Runs one operation at a time. What it cannot decide it completes <see cref="OperationType.Info"/>; an exception
/// is recorded as info too. It ends every operation itself, by a timeout of its own if need be.
/// </summary>
public interface IClient : IAsyncDisposable
{
    /// <summary>Runs one operation.</summary>
    /// <param name="invocation">What to do.</param>
    /// <param name="cancellation">Asks it to end early; the outcome is then info unless the client knows better.</param>
    ValueTask<Completion> InvokeAsync(Invocation invocation, CancellationToken cancellation);
}

/// <summary>What a process asks for.</summary>
/// <param name="Process">The process.</param>
/// <param name="Function">What to do.</param>
/// <param name="Key">The object, or null.</param>
/// <param name="Value">The argument.</param>
public readonly record struct Invocation(int Process, Function Function, Value Key, Value Value);

/// <summary>What came of it. The default is <see cref="OperationType.Info"/>: unknown.</summary>
/// <param name="Type">How it ended.</param>
/// <param name="Value">The result.</param>
/// <param name="Error">Why it failed, or why it is unknown; null if there is nothing to say.</param>
public readonly record struct Completion(OperationType Type, Value Value, string? Error = null)
{
    /// <summary>It happened, with this result.</summary>
    public static Completion Ok(Value value) => new(OperationType.Ok, value);

    /// <summary>It certainly did not happen.</summary>
    public static Completion Fail(string error, Value value = default) => new(OperationType.Fail, value, error);

    /// <summary>Nobody knows whether it happened.</summary>
    public static Completion Info(string error, Value value = default) => new(OperationType.Info, value, error);
}

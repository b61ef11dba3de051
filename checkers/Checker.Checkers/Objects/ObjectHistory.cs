using Checker.Histories;

namespace Checker.Checkers.Objects;

/// <summary>
/// What models without real time look at: the operations that happened or may have, in rows, process by process in program order.
/// </summary>
/// <remarks>
/// Choices. Failed operations never happened (a failed compare-and-set may count as an observation, as for linearizability). An operation
/// of unknown outcome may have happened or not; its process ends with it, so it is the last of its process. One that could change nothing
/// is dropped.
/// </remarks>
internal sealed class ObjectHistory
{
    /// <summary>The history.</summary>
    public required History History { get; init; }

    /// <summary>The data type.</summary>
    public required DataType Type { get; init; }

    /// <summary>The first row of each process; one more entry at the end.</summary>
    public required int[] Start { get; init; }

    /// <summary>The number of each row's operation in the history.</summary>
    public required int[] Original { get; init; }

    /// <summary>The object of each row.</summary>
    public required int[] Object { get; init; }

    /// <summary>How many objects there are.</summary>
    public required int ObjectCount { get; init; }

    /// <summary>The process of each row, as an index of <see cref="Start"/>.</summary>
    public required int[] Process { get; init; }

    /// <summary>Whether each row may never have happened.</summary>
    public required bool[] Optional { get; init; }

    /// <summary>Whether each row, with the result it had, changes no state.</summary>
    public required bool[] ReadOnly { get; init; }

    /// <summary>Whether each row might change a state if its result were not known: what other processes must take account of.</summary>
    public required bool[] Update { get; init; }

    /// <summary>The number of rows.</summary>
    public int Count => Original.Length;

    /// <summary>The number of processes.</summary>
    public int ProcessCount => Start.Length - 1;
}

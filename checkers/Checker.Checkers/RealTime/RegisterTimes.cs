using System.Globalization;
using Checker.Checkers.Registers;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.RealTime;

/// <summary>
/// A history over registers by key as the models see it that relate reads to writes by real time alone: what each operation reads and
/// writes, and in which order things happened. Values may be written more than once. O(n).
/// </summary>
/// <remarks>
/// Operations keep their numbers in the history. Failed operations, reads of unknown outcome, and compare-and-sets from a value to itself
/// of unknown outcome neither read nor write; one of the latter that succeeded only reads.
/// </remarks>
internal sealed class RegisterTimes
{
    private readonly byte[] _parts;
    private readonly int[] _completedAt;

    private RegisterTimes(History history, ValueId initial)
    {
        History = history;
        Initial = initial;
        _parts = new byte[history.Count];
        _completedAt = new int[history.EventCount];
    }

    private const byte ReadPart = 1;
    private const byte WritePart = 2;

    public History History { get; }

    /// <summary>The value of an object before the first write.</summary>
    public ValueId Initial { get; }

    /// <summary>Whether some operation is a compare-and-set of unknown outcome that may have written.</summary>
    public bool HasUnknownSwaps { get; private set; }

    /// <summary>Whether the type is one of registers.</summary>
    public static bool Supports(DataType type) => RegisterHistoryBuilder.Supports(type);

    /// <summary>Looks at every operation.</summary>
    /// <param name="history">The history.</param>
    /// <param name="options">The initial value.</param>
    /// <param name="times">The result; null if there is a reason why not.</param>
    /// <returns>Null; or which operation is not one of registers.</returns>
    public static string? TryBuild(History history, CheckOptions options, out RegisterTimes? times)
    {
        times = new RegisterTimes(history, Linearizability.Linearizability.InitialOf(history, options));
        var reason = times.Load();
        if (reason is not null) times = null;
        return reason;
    }

    /// <summary>Whether an operation reads: a read or a compare-and-set that happened, or may have.</summary>
    public bool Reads(int op) => (_parts[op] & ReadPart) != 0;

    /// <summary>Whether an operation writes, or may have.</summary>
    public bool Writes(int op) => (_parts[op] & WritePart) != 0;

    /// <summary>Whether an operation certainly happened.</summary>
    public bool IsCertain(int op) => History.Types[op] == OperationType.Ok;

    /// <summary>The position at which an operation ended; <see cref="History.Never"/> where nobody knows.</summary>
    public int Return(int op) => History.Types[op] == OperationType.Ok ? History.Complete[op] : History.Never;

    /// <summary>The operation that reads or writes and whose ok completion lies at a position; −1 if it is another event.</summary>
    public int CompletedAt(int position) => _completedAt[position] - 1;

    /// <summary>The value that an operation read, if it <see cref="Reads"/>.</summary>
    public ValueId ReadValue(int op) => History.Functions[op] == Function.Cas
        ? History.Values.Items(History.Input[op])[0] : History.Output[op];

    /// <summary>The value that an operation wrote, if it <see cref="Writes"/>.</summary>
    public ValueId WrittenValue(int op) => History.Functions[op] switch
    {
        Function.Cas => History.Values.Items(History.Input[op])[1],
        Function.Delete => ValueId.Null,
        _ => History.Input[op],
    };

    private string? Load()
    {
        var types = History.Types;
        var functions = History.Functions;
        var complete = History.Complete;
        for (var op = 0; op < types.Length; op++)
        {
            var certain = types[op] == OperationType.Ok;
            switch (functions[op])
            {
                case Function.Read:
                    if (certain) _parts[op] = ReadPart;
                    break;
                case Function.Write or Function.Delete:
                    if (types[op] != OperationType.Fail) _parts[op] = WritePart;
                    break;
                case Function.Cas:
                    if (Swap(op) is { } malformed) return malformed;
                    break;
                default:
                    return $"{FunctionNames.Of(functions[op], History.Type)} of {Where(op)} is neither a read, a write, a delete nor a cas";
            }

            if (certain) _completedAt[complete[op]] = op + 1;
        }

        return null;
    }

    private string? Swap(int op)
    {
        var input = History.Input[op];
        if (History.Values.Kind(input) != ValueKind.List || History.Values.Items(input) is not [var old, var replacement])
        {
            return $"the cas of {Where(op)} has the argument {History.Values.Text(input)}: expected [old,new]";
        }

        var type = History.Types[op];
        if (type == OperationType.Fail) return null;
        if (old == replacement)
        {
            if (type == OperationType.Ok) _parts[op] = ReadPart;
            return null;
        }

        _parts[op] = ReadPart | WritePart;
        HasUnknownSwaps |= type == OperationType.Info;
        return null;
    }

    private string Where(int op) => string.Create(CultureInfo.InvariantCulture, $"line {History.Line(History.Invoke[op])}");
}

using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>Who acquires or releases a lock, and on what terms.</summary>
/// <param name="Owner">The owner; a process is an owner of its own kind, so that process 1 is not the owner named 1.</param>
/// <param name="Lease">
/// How many milliseconds the hold lasts at least unless it is released; 0: it may lapse at any later moment; null: it is no lease.
/// </param>
/// <param name="Token">The fencing token, or null.</param>
internal readonly record struct LockArgument(ValueId Owner, long? Lease, long? Token)
{
    private const long MostMilliseconds = long.MaxValue / 2_000_000;

    /// <summary>Reads an operation, whose form must be right (<see cref="Malformed"/>).</summary>
    /// <param name="values">The table of the history.</param>
    /// <param name="type">How the operation ended.</param>
    /// <param name="input">Its argument.</param>
    /// <param name="output">Its result; meaningless unless it ended ok.</param>
    /// <param name="process">Its process: the owner if the argument names none.</param>
    public static LockArgument Of(ValueTable values, OperationType type, ValueId input, ValueId output, int process)
    {
        var owner = input;
        long? lease = null;
        if (values.Kind(input) == ValueKind.Map)
        {
            owner = Entry(values, input, "owner"u8);
            lease = LeaseOf(values, Entry(values, input, "lease"u8));
        }

        long? token = null;
        if (type == OperationType.Ok && output != input)
        {
            var given = output;
            if (values.Kind(output) == ValueKind.Map)
            {
                given = Entry(values, output, "token"u8);
                lease = LeaseOf(values, Entry(values, output, "lease"u8)) ?? lease;
            }

            if (values.TryGetInteger(given, out var number)) token = number;
        }

        return new(owner.IsNull ? OfProcess(process) : owner, lease, token);
    }

    /// <summary>A process as an owner.</summary>
    public static ValueId OfProcess(int process) => new(((long)process << 3) | 7);

    /// <summary>The process that an owner is; null if it has a name.</summary>
    public static long? ProcessOf(ValueId owner) => (owner.Bits & 7) == 7 ? owner.Bits >> 3 : null;

    /// <summary>Whether an acquire answered that somebody held the lock.</summary>
    public static bool IsRefusal(Function function, OperationType type, ValueId output) =>
        function == Function.Acquire && type == OperationType.Ok && output == ValueId.Boolean(false);

    /// <summary>Whether the lease of an operation, if it has one, can be read.</summary>
    public static bool IsFormed(ValueTable values, OperationType type, ValueId input, ValueId output) =>
        !IsMalformed(values, input) && !(type == OperationType.Ok && IsMalformed(values, output));

    /// <summary>What is wrong with the form of a lease, or null.</summary>
    public static string? Malformed(ValueTable values, in SpecOperation operation)
    {
        if (IsMalformed(values, operation.Input)) return Malformations.Input(values, operation, Expected);
        return operation.Type == OperationType.Ok && IsMalformed(values, operation.Output)
            ? Malformations.Output(values, operation, Expected)
            : null;
    }

    private const string Expected = "a lease of whole milliseconds, at least 0, or true if it may lapse at any moment";

    private static bool IsMalformed(ValueTable values, ValueId map)
    {
        if (values.Kind(map) != ValueKind.Map) return false;
        var lease = Entry(values, map, "lease"u8);
        return !lease.IsNull && LeaseOf(values, lease) is null;
    }

    private static long? LeaseOf(ValueTable values, ValueId lease)
    {
        if (lease == ValueId.Boolean(true)) return 0;
        return values.TryGetInteger(lease, out var milliseconds) && milliseconds >= 0 ? Math.Min(milliseconds, MostMilliseconds) : null;
    }

    private static ValueId Entry(ValueTable values, ValueId map, ReadOnlySpan<byte> name)
    {
        var entries = values.Items(map);
        for (var i = 0; i < entries.Length; i += 2)
        {
            if (values.Kind(entries[i]) == ValueKind.String && values.Utf8(entries[i]).SequenceEqual(name)) return entries[i + 1];
        }

        return ValueId.Null;
    }
}

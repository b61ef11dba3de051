using Checker.Histories.Values;

namespace Checker.Histories;

/// <summary>Infers the data type from the operations, for histories whose header does not name it.</summary>
public static class DataTypeInference
{
    /// <summary>
    /// The type of the history: the one it was given if any, else the one that its functions and the kinds of its values speak for. O(n).
    /// </summary>
    public static InferredType Infer(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Type is { } given) return new(given, "given");
        var seen = new Observations(history);
        if (seen.Functions.Count == 0) return new(null, "the history has no operations: name the type");
        var inferred = Choose(seen);
        if (inferred.Type is null || seen.Functions.All(inferred.Type.Knows)) return inferred;
        var foreign = string.Join(", ", seen.Functions.Where(f => !inferred.Type.Knows(f)).Select(f => FunctionNames.Of(f)));
        return new(null, $"no data type has all of {seen.Names}: {inferred.Reason}, but {inferred.Type} has no {foreign}");
    }

    private static InferredType Choose(Observations seen)
    {
        if (seen.Has(Function.Transaction)) return Transactions(seen);
        if (seen.Has(Function.Snapshot)) return new(DataTypes.Snapshot, "snapshot belongs to snapshot");
        if (seen.Has(Function.Send) || seen.Has(Function.Poll)) return new(DataTypes.Log, "send and poll belong to log");
        if (seen.Has(Function.Generate) || seen.Has(Function.FetchAndAdd))
        {
            return new(DataTypes.UniqueIds, "generate and fetch-and-add belong to unique-ids");
        }

        if (seen.Has(Function.Acquire) || seen.Has(Function.Release))
        {
            return new(DataTypes.Lock, "acquire and release: a lock; name semaphore if it has permits");
        }

        if (seen.Has(Function.Insert) || seen.Has(Function.ExtractMax))
        {
            return new(DataTypes.PriorityQueue, "insert and extract-max belong to priority-queue");
        }

        if (seen.Has(Function.Push) || seen.Has(Function.Pop) || seen.Has(Function.Peek))
        {
            return new(DataTypes.Stack, "push, pop and peek belong to stack");
        }

        if (seen.Has(Function.Enqueue) || seen.Has(Function.Dequeue))
        {
            return new(DataTypes.Queue, "enqueue and dequeue: a queue, first in first out; name unordered-queue if the order is free");
        }

        if (seen.Has(Function.Remove) || seen.Has(Function.Contains)) return new(DataTypes.Set, "remove and contains belong to set");
        if (seen.Has(Function.Decrement)) return new(DataTypes.PnCounter, "decrement belongs to pn-counter");
        if (seen.Has(Function.Increment)) return Counter(seen, "increment belongs to a counter");
        if (seen.Has(Function.Add)) return Additions(seen);
        return seen.Has(Function.Append) ? Appends(seen) : Registers(seen);
    }

    private static InferredType Transactions(Observations seen)
    {
        var names = seen.MicroOperations;
        if (names.Count == 0) return new(null, "txn without micro-operations: name list-append, rw-register or multi-register");
        if (names.IsSubsetOf(["append", "r"]))
        {
            if (names.Contains("append")) return new(DataTypes.ListAppend, "transactions of append and r: list-append");
            return seen.ReadsLists
                ? new(DataTypes.ListAppend, "transactions of r that read lists: list-append")
                : new(DataTypes.RwRegister, "transactions of r that read no list: rw-register");
        }

        if (names.IsSubsetOf(["w", "r"])) return new(DataTypes.RwRegister, "transactions of w and r: rw-register");
        if (names.IsSubsetOf(["read", "write"])) return new(DataTypes.MultiRegister, "transactions of read and write: multi-register");
        return new(
            null,
            $"transactions of {string.Join(", ", names.Order(StringComparer.Ordinal).Take(8))}: " +
            "tried list-append (append, r), rw-register (w, r) and multi-register (read, write)");
    }

    private static InferredType Additions(Observations seen)
    {
        if (seen.Reads(ValueKind.List)) return new(DataTypes.Set, "add, and read of lists: a set");
        if (seen.AddsOther) return new(DataTypes.Set, "add of something else than integers: a set");
        return seen.Reads(ValueKind.Integer)
            ? Counter(seen, "add, and read of integers: a counter")
            : new(
                null,
                "add of integers, and no read that tells whether they are summed or collected: tried counter, pn-counter and set; name one");
    }

    private static InferredType Counter(Observations seen, string reason) =>
        seen.AddsNegative ? new(DataTypes.PnCounter, $"{reason}; negative numbers are added: pn-counter") : new(DataTypes.Counter, reason);

    private static InferredType Appends(Observations seen)
    {
        if (seen.Has(Function.Write) || seen.Has(Function.Cas) || seen.Has(Function.Delete))
        {
            return new(DataTypes.Kv, "append beside write, cas or delete: kv");
        }

        if (seen.Reads(ValueKind.List)) return new(DataTypes.AppendList, "append, and read of lists: append-list");
        if (seen.Reads(ValueKind.String)) return new(DataTypes.Kv, "append, and read of strings: kv");
        return new(null, "append, and no read that tells whether strings or lists grow: tried kv and append-list; name one");
    }

    private static InferredType Registers(Observations seen)
    {
        if (seen.Has(Function.Delete)) return new(DataTypes.Kv, "delete belongs to kv");
        if (seen.HasKeys) return new(DataTypes.Kv, "reads and writes of objects by key: kv");
        return seen.Has(Function.Cas)
            ? new(DataTypes.CasRegister, "cas without keys: cas-register")
            : new(DataTypes.Register, "read and write without keys: register");
    }

    /// <summary>What one pass over the operations sees.</summary>
    private sealed class Observations
    {
        private readonly bool[] _functions = new bool[256];
        private readonly bool[] _readKinds = new bool[8];

        public Observations(History history)
        {
            var values = history.Values;
            for (var op = 0; op < history.Count; op++)
            {
                var function = history.Functions[op];
                _functions[(int)function] = true;
                if (function == Function.Read && history.Types[op] == OperationType.Ok)
                {
                    _readKinds[(int)values.Kind(history.Output[op])] = true;
                }

                if (function == Function.Add) Addition(values, history.Input[op]);
                if (function != Function.Transaction) continue;
                MicroOperationsOf(values, history.Input[op]);
                MicroOperationsOf(values, history.Output[op]);
            }

            HasKeys = history.KeyCount > 1 || (history.KeyCount == 1 && !history.KeyId(0).IsNull);
            for (var f = 0; f < _functions.Length; f++)
            {
                if (_functions[f]) Functions.Add((Function)f);
            }
        }

        public List<Function> Functions { get; } = [];

        public HashSet<string> MicroOperations { get; } = [];

        public bool HasKeys { get; }

        public bool AddsNegative { get; private set; }

        public bool AddsOther { get; private set; }

        public bool ReadsLists { get; private set; }

        public string Names => string.Join(", ", Functions.Select(f => FunctionNames.Of(f)));

        public bool Has(Function function) => _functions[(int)function];

        public bool Reads(ValueKind kind) => _readKinds[(int)kind];

        private void Addition(ValueTable values, ValueId input)
        {
            if (values.TryGetInteger(input, out var n)) AddsNegative |= n < 0;
            else AddsOther = true;
        }

        private void MicroOperationsOf(ValueTable values, ValueId transaction)
        {
            if (values.Kind(transaction) != ValueKind.List) return;
            foreach (var micro in values.Items(transaction))
            {
                if (values.Kind(micro) != ValueKind.List || values.Items(micro) is not [var name, ..] items) continue;
                if (items.Length > 2 && values.Kind(items[2]) == ValueKind.List) ReadsLists = true;
                var utf8 = values.Kind(name) == ValueKind.String ? values.Utf8(name) : default;
                if (utf8.SequenceEqual("append"u8)) MicroOperations.Add("append");
                else if (utf8.SequenceEqual("r"u8)) MicroOperations.Add("r");
                else if (utf8.SequenceEqual("w"u8)) MicroOperations.Add("w");
                else if (utf8.SequenceEqual("read"u8)) MicroOperations.Add("read");
                else if (utf8.SequenceEqual("write"u8)) MicroOperations.Add("write");
                else if (MicroOperations.Count < 100) MicroOperations.Add(values.Text(name));
            }
        }
    }
}

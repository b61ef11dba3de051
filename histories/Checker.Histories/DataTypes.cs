namespace Checker.Histories;

/// <summary>The bundled data types. What each operation means is the sequential specification in the checkers; this is the vocabulary.</summary>
public static class DataTypes
{
    /// <summary>A register: read, write.</summary>
    public static DataType Register { get; } = new("register", [Function.Read, Function.Write], "one value: read, write v");

    /// <summary>A register with compare-and-set.</summary>
    public static DataType CasRegister { get; } =
        new("cas-register", [Function.Read, Function.Write, Function.Cas], "one value: read, write v, cas [old,new]");

    /// <summary>Registers by key.</summary>
    public static DataType Kv { get; } = new(
        "kv",
        [Function.Read, Function.Write, Function.Cas, Function.Append, Function.Delete],
        "a register for each key: read, write v, cas [old,new], append s (to a string), delete (back to null)");

    /// <summary>Several registers read and written together.</summary>
    public static DataType MultiRegister { get; } =
        new("multi-register", [Function.Transaction], "registers read and written together: txn [[\"read\",k,v],[\"write\",k,v],…]");

    /// <summary>A counter that grows.</summary>
    public static DataType Counter { get; } =
        new("counter", [Function.Add, Function.Increment, Function.Read], "a sum that grows: add n (n ≥ 0), increment, read");

    /// <summary>A counter that goes up and down.</summary>
    public static DataType PnCounter { get; } = new(
        "pn-counter",
        [Function.Add, Function.Increment, Function.Decrement, Function.Read],
        "a sum: add n (any sign), increment, decrement, read");

    /// <summary>A set.</summary>
    public static DataType Set { get; } = new(
        "set", [Function.Add, Function.Remove, Function.Contains, Function.Read], "a set: add e, remove e, contains [e,found], read [e,…]");

    /// <summary>A replicated counter that grows: each replica counts its own, the sum is read.</summary>
    public static DataType GCounter { get; } = new(
        "g-counter", [Function.Add, Function.Increment, Function.Read], "a replicated counter that grows: add n (n ≥ 0), increment, read")
    {
        Replicates = Counter,
    };

    /// <summary>A replicated set that grows.</summary>
    public static DataType GSet { get; } = new(
        "g-set", [Function.Add, Function.Contains, Function.Read], "a replicated set that grows: add e, contains [e,found], read [e,…]")
    {
        Replicates = Set,
    };

    /// <summary>A replicated set in which a remove undoes the adds that it has seen, and no other.</summary>
    public static DataType OrSet { get; } = new(
        "or-set",
        [Function.Add, Function.Remove, Function.Contains, Function.Read],
        "a replicated set, adds win over concurrent removes: add e, remove e, contains [e,found], read [e,…]")
    {
        Replicates = Set,
    };

    /// <summary>A replicated register in which the write with the greatest timestamp stays.</summary>
    public static DataType LwwRegister { get; } = new(
        "lww-register", [Function.Read, Function.Write], "a replicated register, the last writer by timestamp wins: read, write v")
    {
        Replicates = Register,
    };

    /// <summary>A first-in first-out queue.</summary>
    public static DataType Queue { get; } =
        new("queue", [Function.Enqueue, Function.Dequeue], "first in, first out: enqueue v, dequeue (null: it was empty)");

    /// <summary>A queue that may give its elements in any order.</summary>
    public static DataType UnorderedQueue { get; } =
        new("unordered-queue", [Function.Enqueue, Function.Dequeue], "a bag: enqueue v, dequeue any element (null: it was empty)");

    /// <summary>A stack.</summary>
    public static DataType Stack { get; } =
        new("stack", [Function.Push, Function.Pop, Function.Peek], "last in, first out: push v, pop, peek (null: it was empty)");

    /// <summary>A priority queue.</summary>
    public static DataType PriorityQueue { get; } = new(
        "priority-queue",
        [Function.Insert, Function.ExtractMax],
        "greatest first: insert [priority,id] or a plain integer priority, extract-max (null: it was empty)");

    /// <summary>A mutual-exclusion lock with an owner.</summary>
    public static DataType Lock { get; } = new(
        "lock",
        [Function.Acquire, Function.Release],
        "a mutex: acquire o → fencing token, release o (null: the process); " +
        "acquire {\"owner\": o, \"lease\": ms} for a lease, or → {\"token\": t, \"lease\": ms}");

    /// <summary>A counting semaphore.</summary>
    public static DataType Semaphore { get; } =
        new("semaphore", [Function.Acquire, Function.Release], "permits: acquire n, release n (null: one)");

    /// <summary>Unique identifiers.</summary>
    public static DataType UniqueIds { get; } =
        new("unique-ids", [Function.Generate, Function.FetchAndAdd], "generate: a value never given before; fetch-and-add n: the sum before");

    /// <summary>An append-only log with offsets.</summary>
    public static DataType Log { get; } = new(
        "log", [Function.Send, Function.Poll], "an append-only log: send v → [offset,v], poll [offset,…] → [[offset,v],…]");

    /// <summary>A grow-only list read whole.</summary>
    public static DataType AppendList { get; } =
        new("append-list", [Function.Append, Function.Read], "a list: append v, read [v,…]");

    /// <summary>Registers by key of which several are read at once.</summary>
    public static DataType Snapshot { get; } = new(
        "snapshot", [Function.Write, Function.Read, Function.Snapshot], "registers by key: write v, read, snapshot {k: v,…}");

    /// <summary>Transactions of list appends and reads, as in Elle.</summary>
    public static DataType ListAppend { get; } =
        new("list-append", [Function.Transaction], "transactions over lists: txn [[\"append\",k,v],[\"r\",k,[v,…]],…]");

    /// <summary>Transactions of register writes and reads, as in Elle.</summary>
    public static DataType RwRegister { get; } =
        new("rw-register", [Function.Transaction], "transactions over registers: txn [[\"w\",k,v],[\"r\",k,v],…]");

    /// <summary>All of them, in the order of <c>checker list types</c>.</summary>
    public static IReadOnlyList<DataType> All { get; } =
    [
        Register, CasRegister, Kv, MultiRegister, Counter, PnCounter, Set, Queue, UnorderedQueue, Stack, PriorityQueue, Lock, Semaphore,
        UniqueIds, Log, AppendList, Snapshot, ListAppend, RwRegister, GCounter, GSet, OrSet, LwwRegister,
    ];

    /// <summary>The type of that name, or null.</summary>
    public static DataType? Find(string name) => All.FirstOrDefault(type => type.Name == name);
}

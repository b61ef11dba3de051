using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Specs;

/// <summary>Makes the specification of one object.</summary>
/// <param name="values">The table of the history.</param>
/// <param name="initial">The value before the first write; each specification says what it means by it.</param>
/// <typeparam name="TSpec">The specification.</typeparam>
public delegate TSpec SpecFactory<out TSpec>(ValueTable values, ValueId initial);

/// <summary>Receives the specification of a data type with its types, so that what follows is compiled for them.</summary>
/// <typeparam name="TResult">What comes of it.</typeparam>
public interface ISpecVisitor<out TResult>
{
    /// <summary>Receives it.</summary>
    TResult Visit<TSpec, TState>(SpecFactory<TSpec> make)
        where TSpec : struct, ISequentialSpec<TState>
        where TState : notnull, IEquatable<TState>;
}

/// <summary>The specifications of the bundled data types.</summary>
public static class BundledSpecs
{
    /// <summary>
    /// Whether a data type has a specification here. Transactions over lists and registers have none: they are judged by their own models.
    /// </summary>
    public static bool Has(DataType type) => Accept(type, new Presence());

    /// <summary>
    /// Whether the operations of all keys belong to one object, as those of a multi-register do; otherwise each key is an object.
    /// </summary>
    public static bool SpansKeys(DataType type) => type.Name is "multi-register" or "snapshot";

    /// <summary>
    /// Hands the specification of a data type to a visitor; the default if there is none. A replicated data type has that of the type it
    /// replicates.
    /// </summary>
    public static TResult? Accept<TResult>(DataType type, ISpecVisitor<TResult> visitor) => type.Sequential.Name switch
    {
        "register" or "cas-register" => visitor.Visit<RegisterSpec, ValueId>(static (values, initial) => new RegisterSpec(values, initial)),
        "kv" => visitor.Visit<KvSpec, KvState>(static (values, initial) => new KvSpec(values, initial)),
        "multi-register" => visitor.Visit<MultiRegisterSpec, int>(static (values, initial) => new MultiRegisterSpec(values, initial)),
        "counter" => visitor.Visit<CounterSpec, long>(static (values, initial) => new CounterSpec(values, initial, mayShrink: false)),
        "pn-counter" => visitor.Visit<CounterSpec, long>(static (values, initial) => new CounterSpec(values, initial, mayShrink: true)),
        "set" => visitor.Visit<SetSpec, int>(static (values, initial) => new SetSpec(values, initial)),
        "queue" => visitor.Visit<QueueSpec, QueueState>(static (values, initial) => new QueueSpec(values, initial)),
        "unordered-queue" => visitor.Visit<UnorderedQueueSpec, int>(static (values, initial) => new UnorderedQueueSpec(values, initial)),
        "stack" => visitor.Visit<StackSpec, int>(static (values, initial) => new StackSpec(values, initial)),
        "priority-queue" => visitor.Visit<PriorityQueueSpec, int>(static (values, initial) => new PriorityQueueSpec(values, initial)),
        "lock" => visitor.Visit<LockSpec, LockState>(static (values, initial) => new LockSpec(values, initial)),
        "semaphore" => visitor.Visit<SemaphoreSpec, long>(static (values, initial) => new SemaphoreSpec(values, initial)),
        "unique-ids" => visitor.Visit<UniqueIdsSpec, UniqueIdsState>(static (values, initial) => new UniqueIdsSpec(values, initial)),
        "log" => visitor.Visit<LogSpec, LogState>(static (values, initial) => new LogSpec(values, initial)),
        "append-list" => visitor.Visit<AppendListSpec, int>(static (values, initial) => new AppendListSpec(values, initial)),
        "snapshot" => visitor.Visit<SnapshotSpec, int>(static (values, initial) => new SnapshotSpec(values, initial)),
        _ => default,
    };

    private readonly struct Presence : ISpecVisitor<bool>
    {
        public bool Visit<TSpec, TState>(SpecFactory<TSpec> make)
            where TSpec : struct, ISequentialSpec<TState>
            where TState : notnull, IEquatable<TState> => true;
    }
}

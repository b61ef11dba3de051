using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>A data type for random testing: its meaning, straight from the definition, and how to make operations of it.</summary>
internal abstract class Model
{
    public abstract DataType Type { get; }

    public virtual Value Initial => Value.Null;

    /// <summary>The states that an operation may lead to with the result it had; for info, with any result (that it may never happen is not meant).</summary>
    public abstract IEnumerable<Value> Step(Value state, TestOperation operation);

    /// <summary>Chooses what an operation does, and what it would return in a state; returns the state after it.</summary>
    public abstract Value Perform(Value state, TestOperation operation, Random random);

    /// <summary>Changes the result or the argument of an operation, so that the history may become invalid.</summary>
    public abstract void Corrupt(TestOperation operation, Random random, IReadOnlyList<TestOperation> all);

    /// <summary>Forgets what was counted for the last history.</summary>
    public virtual void Reset()
    {
    }

    protected static Value Int(long value) => Value.Integer(value);
}

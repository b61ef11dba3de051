using System.Collections.Immutable;
using Checker.Harness.Generators;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Harness.Workloads;

/// <summary>Every client reads every key once, each as fast as it can.</summary>
internal sealed class FinalReads : IGenerator
{
    private readonly IReadOnlyList<Value> _keys;
    private readonly ImmutableArray<int> _next; // by client: the number of the key that it reads next

    /// <summary>Begins with the first key.</summary>
    public FinalReads(IReadOnlyList<Value> keys)
        : this(keys, default)
    {
    }

    private FinalReads(IReadOnlyList<Value> keys, ImmutableArray<int> next)
    {
        _keys = keys;
        _next = next;
    }

    /// <inheritdoc/>
    public Step Next(in GeneratorContext context)
    {
        var next = _next.IsDefault ? [.. new int[context.Concurrency]] : _next;
        var clients = context.OnClients();
        for (var thread = clients.NextFreeThread(); thread != GeneratorContext.NoThread; thread = clients.NextFreeThreadAfter(thread))
        {
            if (next[thread] == _keys.Count) continue;
            var operation = new GeneratedOperation(
                GeneratedKind.Invoke, context.Time, thread, context.ProcessOf(thread), FunctionNames.Of(Function.Read), _keys[next[thread]], default);
            return Step.Of(operation, new FinalReads(_keys, next.SetItem(thread, next[thread] + 1)));
        }

        return clients.AllFree ? Step.Exhausted : Step.Pending(this);
    }

    /// <inheritdoc/>
    public IGenerator Update(in GeneratorContext context, in HistoryEvent e) => this;
}

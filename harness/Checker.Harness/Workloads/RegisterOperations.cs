using Checker.Harness.Generators;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Harness.Workloads;

/// <summary>
/// Reads, writes and compare-and-sets of one register, for ever, at once whenever a client is free. A compare-and-set expects the value
/// that was seen last, so that it has a chance. Every third client only reads, if reads are half of all or more: one that never waits for a
/// write to succeed stays longest with a node that should no longer be asked.
/// </summary>
/// <param name="ReadFraction">The share of reads.</param>
/// <param name="CasFraction">The share of compare-and-sets among the rest.</param>
/// <param name="Values">The number of different values, from 0; null: 1, 2, 3 … and no value twice.</param>
/// <param name="LastSeen">The value that was read or written last.</param>
/// <param name="NextValue">The next unique value.</param>
internal sealed record RegisterOperations(
    double ReadFraction, double CasFraction, int? Values, Value LastSeen = default, long NextValue = 1) : IGenerator
{
    private static readonly string Read = FunctionNames.Of(Function.Read);
    private static readonly string Write = FunctionNames.Of(Function.Write);
    private static readonly string Cas = FunctionNames.Of(Function.Cas);

    /// <inheritdoc/>
    public Step Next(in GeneratorContext context)
    {
        var thread = context.NextFreeThread();
        if (thread == GeneratorContext.NoThread) return Step.Pending(this);
        var onlyReads = thread % 3 == 2 && ReadFraction >= 0.5 && context.Concurrency >= 3;
        if (onlyReads || context.Random.Chance(OthersReadFraction(context.Concurrency))) return Step.Of(
            new OperationTemplate(Read).On(thread, context), this);
        var isCas = context.Random.Chance(CasFraction);
        Value value = Values is { } values ? context.Random.Next(values) : NextValue;
        var template = isCas ? new OperationTemplate(Cas, Value.List(LastSeen, value)) : new OperationTemplate(Write, value);
        return Step.Of(template.On(thread, context), Values is null ? this with { NextValue = NextValue + 1 } : this);
    }

    // What is left for the other clients, so that the share over all clients is as asked for.
    private double OthersReadFraction(int concurrency)
    {
        if (ReadFraction < 0.5 || concurrency < 3) return ReadFraction;
        var readers = (double)(concurrency / 3) / concurrency;
        return (ReadFraction - readers) / (1 - readers);
    }

    /// <inheritdoc/>
    public IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        if (CasFraction == 0 || e.Type != EventType.Ok || e.IsNemesis) return this;
        var seen = e.F == Cas ? e.Value.AsList()[1] : e.Value;
        return seen == LastSeen ? this : this with { LastSeen = seen };
    }
}

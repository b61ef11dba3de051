using Checker.Harness.Generators;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Harness.Workloads;

/// <summary>
/// Reads, writes and compare-and-sets of one register, for ever, at once whenever a client is free. A compare-and-set expects the value that was
/// seen last, so that it has a chance.
/// </summary>
/// <param name="ReadFraction">The share of reads.</param>
/// <param name="CasFraction">The share of compare-and-sets among the rest.</param>
/// <param name="Values">The number of different values, from 0; null: 1, 2, 3 … and no value twice.</param>
/// <param name="LastSeen">The value that was read or written last.</param>
/// <param name="NextValue">The next unique value.</param>
internal sealed record RegisterOperations(double ReadFraction, double CasFraction, int? Values, Value LastSeen = default, long NextValue = 1) : IGenerator
{
    private static readonly string Read = FunctionNames.Of(Function.Read);
    private static readonly string Write = FunctionNames.Of(Function.Write);
    private static readonly string Cas = FunctionNames.Of(Function.Cas);

    /// <inheritdoc/>
    public Step Next(in GeneratorContext context)
    {
        var thread = context.NextFreeThread();
        if (thread == GeneratorContext.NoThread) return Step.Pending(this);
        if (context.Random.Chance(ReadFraction)) return Step.Of(new OperationTemplate(Read).On(thread, context), this);
        var isCas = context.Random.Chance(CasFraction);
        Value value = Values is { } values ? context.Random.Next(values) : NextValue;
        var template = isCas ? new OperationTemplate(Cas, Value.List(LastSeen, value)) : new OperationTemplate(Write, value);
        return Step.Of(template.On(thread, context), Values is null ? this with { NextValue = NextValue + 1 } : this);
    }

    /// <inheritdoc/>
    public IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        if (CasFraction == 0 || e.Type != EventType.Ok || e.IsNemesis) return this;
        var seen = e.F == Cas ? e.Value.AsList()[1] : e.Value;
        return seen == LastSeen ? this : this with { LastSeen = seen };
    }
}

using System.Collections.Immutable;
using Checker.Harness.Generators;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Harness.Workloads;

/// <summary>
/// Reads, writes and compare-and-sets of registers, at once whenever a client is free. A compare-and-set expects the value that was seen last, so
/// that it has a chance. A key that had its share of operations makes room for a new one.
/// </summary>
internal sealed class RegisterOperations : IGenerator
{
    private static readonly string Read = FunctionNames.Of(Function.Read);
    private static readonly string Write = FunctionNames.Of(Function.Write);
    private static readonly string Cas = FunctionNames.Of(Function.Cas);

    private readonly RegisterMix _mix;
    private readonly ImmutableArray<Register> _registers;
    private readonly long _nextKey;
    private readonly long _nextValue;

    private RegisterOperations(RegisterMix mix, ImmutableArray<Register> registers, long nextKey, long nextValue)
    {
        _mix = mix;
        _registers = registers;
        _nextKey = nextKey;
        _nextValue = nextValue;
    }

    /// <summary>The single register of a history without keys.</summary>
    public static RegisterOperations Single(RegisterMix mix) => new(mix, [default], 0, 1);

    /// <summary>So many registers at a time, with the keys <c>k0</c>, <c>k1</c> …</summary>
    public static RegisterOperations Keyed(RegisterMix mix, int keys) =>
        new(mix, [.. Enumerable.Range(0, keys).Select(key => new Register(KeyName(key), 0, default))], keys, 1);

    /// <inheritdoc/>
    public Step Next(in GeneratorContext context)
    {
        var clients = context.OnClients();
        var thread = clients.NextFreeThread();
        if (thread == GeneratorContext.NoThread) return Step.Pending(this);
        var random = context.Random;
        var slot = _mix.Chooser.Next(random);
        var register = _registers[slot];
        var nextValue = _nextValue;
        Value NewValue() => _mix.UniqueValues ? nextValue++ : random.Next(_mix.Values);
        var template = random.Chance(_mix.ReadFraction) ? new OperationTemplate(Read, default, register.Key)
            : random.Chance(_mix.CasFraction) ? new OperationTemplate(Cas, Value.List(register.LastSeen, NewValue()), register.Key)
            : new OperationTemplate(Write, NewValue(), register.Key);

        register = register with { Operations = register.Operations + 1 };
        var nextKey = _nextKey;
        if (!register.Key.IsNull && register.Operations >= _mix.OperationsPerKey) register = new Register(KeyName(nextKey++), 0, default);
        var operation = new GeneratedOperation(
            GeneratedKind.Invoke, context.Time, thread, context.ProcessOf(thread), template.F, template.Key, template.Value);
        return Step.Of(operation, new RegisterOperations(_mix, _registers.SetItem(slot, register), nextKey, nextValue));
    }

    /// <inheritdoc/>
    public IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        if (_mix.CasFraction == 0 || e.Type != EventType.Ok || e.IsNemesis) return this;
        for (var slot = 0; slot < _registers.Length; slot++)
        {
            if (_registers[slot].Key != e.Key) continue;
            var seen = e.F == Cas ? e.Value.AsList()[1] : e.Value;
            return new RegisterOperations(_mix, _registers.SetItem(slot, _registers[slot] with { LastSeen = seen }), _nextKey, _nextValue);
        }

        return this;
    }

    private static Value KeyName(long key) => Value.String("k" + key.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private readonly record struct Register(Value Key, int Operations, Value LastSeen);
}

/// <summary>What <see cref="RegisterOperations"/> are made of.</summary>
/// <param name="ReadFraction">The share of reads.</param>
/// <param name="CasFraction">The share of compare-and-sets among the rest.</param>
/// <param name="UniqueValues">Whether no value is written twice.</param>
/// <param name="Values">The number of different values if not.</param>
/// <param name="OperationsPerKey">After so many operations a key is left alone.</param>
/// <param name="Chooser">Chooses among the keys in use.</param>
internal sealed record RegisterMix(
    double ReadFraction, double CasFraction, bool UniqueValues, int Values, int OperationsPerKey, KeyChooser Chooser);

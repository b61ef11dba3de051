using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Harness.Generators;

/// <summary>One key's generator; null once it has ended, or before there is any.</summary>
internal readonly record struct KeyedGenerator(Value Key, IGenerator? Generator)
{
    public IGenerator? Updated(in GeneratorContext context, in HistoryEvent e) => e.Key == Key ? Generator?.Update(context, e) : Generator;

    public GeneratedOperation On(in GeneratedOperation operation) => operation.IsInvocation ? operation with { Key = Key } : operation;
}

/// <summary>Where the keys come from.</summary>
internal sealed record KeyedSource(KeySequence Keys, Func<Value, IGenerator> Make)
{
    private const int MostEmptyInARow = 100_000;

    public bool TryOpen(ref long next, out KeyedGenerator opened)
    {
        if (next >= Keys.Count)
        {
            opened = default;
            return false;
        }

        var key = Keys[next++];
        opened = new(key, Make(key));
        return true;
    }

    // Asks the generator of the slot, and of the next keys as long as they have ended.
    public Step Ask(ref KeyedGenerator slot, ref long next, in GeneratorContext context)
    {
        for (var opened = 0; ; opened++)
        {
            if (slot.Generator is { } generator)
            {
                var step = generator.Next(context);
                if (!step.IsExhausted)
                {
                    slot = slot with { Generator = step.Next };
                    return step.IsOperation ? Step.Of(slot.On(step.Operation), step.Next) : step;
                }
            }

            if (opened == MostEmptyInARow) throw new GeneratorException($"the generators of {opened} keys in a row, up to {slot.Key}, had no operation");
            if (TryOpen(ref next, out slot)) continue;
            return Step.Exhausted;
        }
    }
}

/// <summary>
/// Groups of client threads, each at work on a key of its own; when the key's generator ends, the group goes on with the next key that nobody has had.
/// </summary>
internal sealed record ConcurrentKeys(
    KeyedSource Source, int ThreadsPerKey, ThreadSet[] Groups, PersistentArray<KeyedGenerator> Open, long NextKey, int Turn, ThreadSet Ended) : IGenerator
{
    public Step Next(in GeneratorContext context)
    {
        if (Groups.Length == 0)
        {
            var groups = Divide(context.Threads);
            return groups.Length == 0 ? Step.Exhausted : (this with { Groups = groups }).Next(context);
        }

        var open = Open;
        var nextKey = NextKey;
        var ended = Ended;
        var wake = Step.Never;
        var changed = false;
        for (var i = 0; i < Groups.Length; i++)
        {
            var group = (Turn + i) % Groups.Length;
            if (ended.Contains(group)) continue;
            var narrow = context.On(Groups[group]);
            if (narrow.Free.IsEmpty) continue;
            var slot = open[group];
            var before = slot;
            var step = Source.Ask(ref slot, ref nextKey, narrow);
            if (!ReferenceEquals(slot.Generator, before.Generator))
            {
                open = open.Set(group, slot);
                changed = true;
            }

            if (step.IsExhausted) ended = ended.With(group);
            if (step.IsPending) wake = Math.Min(wake, step.WakeTime);
            changed |= step.IsExhausted;
            if (step.IsOperation) return step.Then(new ConcurrentKeys(Source, ThreadsPerKey, Groups, open, nextKey, (group + 1) % Groups.Length, ended));
        }

        if (ended.Count == Groups.Length) return Step.Exhausted;
        return Step.Pending(changed ? new ConcurrentKeys(Source, ThreadsPerKey, Groups, open, nextKey, Turn, ended) : this, wake);
    }

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        var thread = context.ThreadOf(e.Process);
        var group = Array.FindIndex(Groups, g => g.Contains(thread));
        if (group < 0) return this;
        var slot = Open[group];
        var updated = slot.Updated(context.On(Groups[group]), e);
        return ReferenceEquals(updated, slot.Generator) ? this : this with { Open = Open.Set(group, slot with { Generator = updated }) };
    }

    private ThreadSet[] Divide(ThreadSet threads)
    {
        var groups = new List<ThreadSet>();
        for (var left = threads.ClientsOnly; !left.IsEmpty; left = left.Except(groups[^1])) groups.Add(left.FirstClients(ThreadsPerKey));
        return [.. groups];
    }
}

/// <summary>
/// A bounded number of keys in use at a time, by all threads together; when a key's generator ends, the next key takes its place.
/// </summary>
internal sealed record OpenKeys(KeyedSource Source, KeySkew Skew, KeyedGenerator[] Slots, long NextKey) : IGenerator
{
    public Step Next(in GeneratorContext context)
    {
        if (context.Free.IsEmpty) return Step.Pending(this);
        var slots = Slots.AsSpan().ToArray();
        var nextKey = NextKey;
        var wake = Step.Never;
        var ended = 0;
        var picked = Skew.Pick(context.Random);
        for (var i = 0; i < slots.Length; i++)
        {
            var step = Source.Ask(ref slots[(picked + i) % slots.Length], ref nextKey, context);
            if (step.IsOperation) return step.Then(new OpenKeys(Source, Skew, slots, nextKey));
            if (step.IsExhausted) ended++;
            else wake = Math.Min(wake, step.WakeTime);
        }

        return ended == slots.Length ? Step.Exhausted : Step.Pending(new OpenKeys(Source, Skew, slots, nextKey), wake);
    }

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        var key = e.Key;
        var index = Array.FindIndex(Slots, s => s.Generator is not null && s.Key == key);
        if (index < 0) return this;
        var slot = Slots[index];
        var updated = slot.Updated(context, e);
        return ReferenceEquals(updated, slot.Generator) ? this : this with { Slots = Slots.With(index, slot with { Generator = updated }) };
    }
}

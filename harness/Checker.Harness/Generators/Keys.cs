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

/// <summary>Client threads divided into groups of a size, the last of which may be smaller.</summary>
internal sealed class ThreadGroups
{
    private readonly List<ThreadSet> _groups = [];
    private readonly Dictionary<int, int> _groupOf = [];

    public ThreadGroups(ThreadSet threads, int size)
    {
        for (var left = threads.ClientsOnly; !left.IsEmpty; left = left.Except(_groups[^1]))
        {
            var group = left.FirstClients(size);
            foreach (var thread in group.InOrder()) _groupOf[thread] = _groups.Count;
            _groups.Add(group);
        }
    }

    public int Count => _groups.Count;

    public ThreadSet this[int group] => _groups[group];

    public int Of(int thread) => _groupOf.GetValueOrDefault(thread, -1);
}

/// <summary>
/// Groups of client threads, each at work on a key of its own; when the key's generator ends, the group goes on with the next key that nobody has had.
/// </summary>
internal sealed record ConcurrentKeys(
    KeyedSource Source, int ThreadsPerKey, ThreadGroups? Groups, PersistentArray<KeyedGenerator> Open, long NextKey, ThreadSet Ended) : IGenerator
{
    public Step Next(in GeneratorContext context)
    {
        if (Groups is null) return (this with { Groups = new ThreadGroups(context.Threads, ThreadsPerKey) }).Next(context);
        var open = Open;
        var nextKey = NextKey;
        var ended = Ended; // threads whose group has no more keys
        var wake = Step.Never;
        var changed = false;
        var candidates = context.Free.ClientsOnly.Except(ended);
        for (var thread = context.TurnIn(candidates); thread != GeneratorContext.NoThread; thread = context.TurnIn(candidates))
        {
            var group = Groups.Of(thread);
            var before = open[group];
            var slot = before;
            var key = nextKey;
            var step = Source.Ask(ref slot, ref nextKey, context.On(Groups[group]));
            if (key != nextKey || !ReferenceEquals(slot.Generator, before.Generator))
            {
                open = open.Set(group, slot);
                changed = true;
            }

            if (step.IsOperation) return step.Then(changed ? new ConcurrentKeys(Source, ThreadsPerKey, Groups, open, nextKey, ended) : this);
            if (step.IsExhausted)
            {
                ended = ended.Union(Groups[group]);
                changed = true;
            }

            wake = Math.Min(wake, step.WakeTimeOrNever);
            candidates = candidates.Except(Groups[group]);
        }

        if (context.Threads.ClientsOnly.Except(ended).IsEmpty) return Step.Exhausted;
        return Step.Pending(changed ? new ConcurrentKeys(Source, ThreadsPerKey, Groups, open, nextKey, ended) : this, wake);
    }

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e)
    {
        if (Groups?.Of(context.ThreadOf(e.Process)) is not (>= 0 and var group)) return this;
        var slot = Open[group];
        var updated = slot.Updated(context.On(Groups[group]), e);
        return ReferenceEquals(updated, slot.Generator) ? this : this with { Open = Open.Set(group, slot with { Generator = updated }) };
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

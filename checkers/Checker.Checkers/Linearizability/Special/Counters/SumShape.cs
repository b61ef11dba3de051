using System.Numerics;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// What the words of a configuration of a counter are: the value, by slot the open changes that have taken effect, by slot the open reads that have found
/// their value, and by amount how many changes of unknown outcome have taken effect.
/// </summary>
/// <param name="events">The counter.</param>
/// <param name="open">What is open.</param>
internal sealed class SumShape(SumEvents events, OpenSums open)
{
    private const int CostOfUnknown = 8; // beside an open change
    private const int CostOfChange = 2;
    private const int WorthOfRead = 4;

    /// <summary>Where it stands what all changes upwards have come to.</summary>
    public const int Rises = 1;

    /// <summary>Where it stands what came of changes of unknown outcome that are left all the same (<see cref="SumStart"/>).</summary>
    public const int Before = 2;

    /// <summary>Where the open changes begin.</summary>
    public const int Changes = 3;

    /// <summary>Where the reads begin.</summary>
    public int Reads { get; } = Changes + ((events.ChangeSlots + 63) / 64);

    /// <summary>Where the counts begin.</summary>
    public int Used { get; } = Changes + ((events.ChangeSlots + 63) / 64) + ((events.ReadSlots + 63) / 64);

    /// <summary>All words.</summary>
    public int Width { get; } = Changes + ((events.ChangeSlots + 63) / 64) + ((events.ReadSlots + 63) / 64) + events.Amounts.Length;

    /// <summary>Whether a change has taken effect.</summary>
    public static bool HasChanged(ReadOnlySpan<ulong> record, int slot) => (record[Changes + (slot >> 6)] >> slot & 1) != 0;

    /// <summary>Marks that a change has taken effect.</summary>
    public static void Change(Span<ulong> record, int slot) => record[Changes + (slot >> 6)] |= 1UL << slot;

    /// <summary>Adds to the value.</summary>
    public static void Add(Span<ulong> record, long amount)
    {
        record[0] += (ulong)amount;
        record[Rises] += (ulong)Math.Max(0, amount);
    }

    /// <summary>Forgets a change.</summary>
    public static void Unchange(Span<ulong> record, int slot) => record[Changes + (slot >> 6)] &= ~(1UL << slot);

    /// <summary>Whether a read has found its value.</summary>
    public bool HasRead(ReadOnlySpan<ulong> record, int slot) => (record[Reads + (slot >> 6)] >> slot & 1) != 0;

    /// <summary>Lets a read find its value.</summary>
    public void Read(Span<ulong> record, int slot) => record[Reads + (slot >> 6)] |= 1UL << slot;

    /// <summary>Forgets a read.</summary>
    public void Unread(Span<ulong> record, int slot) => record[Reads + (slot >> 6)] &= ~(1UL << slot);

    /// <summary>
    /// Whether whatever can become of another configuration of the same value can become of this one: every read that has found its value there has here;
    /// and for each change that is left there, one of the same amount is left here that ends no earlier. What is left here beyond that comes to nothing, as
    /// the values are the same, and can take effect at once.
    /// </summary>
    public bool IsAtLeast(ReadOnlySpan<ulong> record, ReadOnlySpan<ulong> other)
    {
        if (record[Before] != other[Before]) return false;
        for (var word = Reads; word < Used; word++)
        {
            if ((other[word] & ~record[word]) != 0) return false;
        }

        for (var word = Used; word < Width; word++)
        {
            if (record[word] > other[word]) return false;
        }

        for (var word = Changes; word < Reads; word++)
        {
            if ((record[word] & ~other[word]) != 0) return CanStandIn(record, other);
        }

        return true;
    }

    /// <summary>How unpromising a configuration is: what it has spent, less what it has got for it.</summary>
    public int Cost(ReadOnlySpan<ulong> record)
    {
        var (changed, read, used) = (0, 0, 0UL);
        for (var word = Changes; word < Reads; word++) changed += BitOperations.PopCount(record[word]);
        for (var word = Reads; word < Used; word++) read += BitOperations.PopCount(record[word]);
        for (var word = Used; word < Width; word++) used += record[word];
        return (CostOfUnknown * (int)used) + (CostOfChange * changed) - (WorthOfRead * read);
    }

    // Of each amount, from what ends last: never fewer are left here than there.
    private bool CanStandIn(ReadOnlySpan<ulong> record, ReadOnlySpan<ulong> other)
    {
        var order = open.Changes;
        var unknown = events.Amounts.Length;
        for (var at = order.Length - 1; at >= 0;)
        {
            var amount = open.Amount(order[at]);
            while (unknown > 0 && events.Amounts[unknown - 1] > amount) unknown--;
            var more = unknown > 0 && events.Amounts[unknown - 1] == amount ? (long)(other[Used + unknown - 1] - record[Used + unknown - 1]) : 0;
            for (; at >= 0 && open.Amount(order[at]) == amount; at--)
            {
                more += (HasChanged(other, order[at]) ? 1 : 0) - (HasChanged(record, order[at]) ? 1 : 0);
                if (more < 0) return false;
            }
        }

        return true;
    }
}

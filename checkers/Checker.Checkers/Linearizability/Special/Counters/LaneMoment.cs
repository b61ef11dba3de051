using System.Numerics;
using System.Runtime.Intrinsics;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// A moment of a counter: what is open, by slot, and the configurations that are followed. Changes of one amount are of one kind; kinds are numbered by
/// amount.
/// </summary>
internal sealed class LaneMoment : ILinked
{
    /// <summary>The most operations of a sort that may be open at once, those of unknown outcome apart.</summary>
    public const int Slots = 64;

    /// <summary>The most different amounts.</summary>
    public const int MostKinds = 16;

    /// <summary>The most different amounts where some outcomes are unknown.</summary>
    public const int MostUnknownKinds = 8;

    private readonly long[] _found = new long[Slots]; // by slot of a read
    private readonly long[] _rises = new long[Slots]; // how far all rises may go before it
    private readonly long[] _falls = new long[Slots];
    private readonly int[] _readRows = new int[Slots];
    private readonly int[] _changeRows = new int[Slots];
    private readonly int[] _changeReturns = new int[Slots];
    private readonly ulong[] _ofKind = new ulong[MostKinds];
    private readonly int[] _begun = new int[MostKinds]; // changes of unknown outcome
    private LaneConfiguration[] _configurations = new LaneConfiguration[16];

    /// <summary>How many rows have begun.</summary>
    public int Begun { get; set; }

    /// <summary>How many rows have ended.</summary>
    public int Ended { get; set; }

    /// <summary>How many reads have begun.</summary>
    public int Reads { get; private set; }

    /// <summary>How many configurations are followed.</summary>
    public int Count { get; private set; }

    /// <summary>The slots of the open reads.</summary>
    public ulong OpenReads { get; private set; }

    /// <summary>The slots of the open changes.</summary>
    public ulong OpenChanges { get; private set; }

    /// <summary>The configurations.</summary>
    public Span<LaneConfiguration> Configurations => _configurations.AsSpan(0, Count);

    /// <inheritdoc/>
    public ref int Link(int number) => ref _configurations[number].Link;

    /// <summary>What a read found.</summary>
    public long Found(int slot) => _found[slot];

    /// <summary>The row of a read.</summary>
    public int ReadRow(int slot) => _readRows[slot];

    /// <summary>The row of a change.</summary>
    public int ChangeRow(int slot) => _changeRows[slot];

    /// <summary>The slots of the open changes of a kind.</summary>
    public ulong OfKind(int kind) => _ofKind[kind];

    /// <summary>How many changes of a kind and of unknown outcome have begun.</summary>
    public int UnknownOf(int kind) => _begun[kind];

    /// <summary>Follows one more.</summary>
    public void Add(in LaneConfiguration configuration)
    {
        if (Count == _configurations.Length) Array.Resize(ref _configurations, 2 * Count);
        _configurations[Count++] = configuration;
    }

    /// <summary>Follows none.</summary>
    public void Clear() => Count = 0;

    /// <summary>A read begins; returns its slot, −1 if there is none.</summary>
    public int OpenRead(int row, long found, long rises, long falls)
    {
        Reads++;
        var slot = BitOperations.TrailingZeroCount(~OpenReads);
        if (slot == Slots) return -1;
        OpenReads |= 1UL << slot;
        (_found[slot], _rises[slot], _falls[slot], _readRows[slot]) = (found, rises, falls, row);
        return slot;
    }

    /// <summary>A change begins; returns its slot, −1 if there is none.</summary>
    public int OpenChange(int row, int returns, int kind)
    {
        var slot = BitOperations.TrailingZeroCount(~OpenChanges);
        if (slot == Slots) return -1;
        OpenChanges |= 1UL << slot;
        _ofKind[kind] |= 1UL << slot;
        (_changeRows[slot], _changeReturns[slot]) = (row, returns);
        return slot;
    }

    /// <summary>A change of unknown outcome begins.</summary>
    public void OpenUnknown(int kind) => _begun[kind]++;

    /// <summary>A read ends, which has found its value in all configurations.</summary>
    public void CloseRead(int slot)
    {
        OpenReads &= ~(1UL << slot);
        foreach (ref var configuration in Configurations) configuration.Read &= ~(1UL << slot);
    }

    /// <summary>A change ends, which has taken effect in all configurations.</summary>
    public void CloseChange(int slot, int kind)
    {
        OpenChanges &= ~(1UL << slot);
        _ofKind[kind] &= ~(1UL << slot);
        foreach (ref var configuration in Configurations) configuration.Changed &= ~(1UL << slot);
    }

    /// <summary>Of some open changes the one that ends first.</summary>
    public int First(ulong slots)
    {
        var first = BitOperations.TrailingZeroCount(slots);
        for (slots &= slots - 1; slots != 0; slots &= slots - 1)
        {
            var slot = BitOperations.TrailingZeroCount(slots);
            if (_changeReturns[slot] < _changeReturns[first]) first = slot;
        }

        return first;
    }

    /// <summary>The open reads that found a value.</summary>
    public ulong ThatFound(long value)
    {
        var (wanted, mask) = (Vector256.Create(value), 0UL);
        for (var slot = 0; slot < Slots && OpenReads >> slot != 0; slot += Vector256<long>.Count)
            mask |= (ulong)Vector256.Equals(Vector256.Create(_found.AsSpan(slot)), wanted).ExtractMostSignificantBits() << slot;
        return mask & OpenReads;
    }

    /// <summary>The open reads that can no longer find their values: too much has risen or fallen for what may still begin before they end.</summary>
    public ulong ThatMiss(long rises, long falls)
    {
        var (risen, fallen, mask) = (Vector256.Create(rises), Vector256.Create(falls), 0UL);
        for (var slot = 0; slot < Slots && OpenReads >> slot != 0; slot += Vector256<long>.Count)
        {
            var tooHigh = Vector256.GreaterThan(risen, Vector256.Create(_rises.AsSpan(slot)));
            var tooLow = Vector256.GreaterThan(fallen, Vector256.Create(_falls.AsSpan(slot)));
            mask |= (ulong)(tooHigh | tooLow).ExtractMostSignificantBits() << slot;
        }

        return mask & OpenReads;
    }

    /// <summary>Makes this the same as another moment.</summary>
    public void CopyFrom(LaneMoment other)
    {
        (Begun, Ended, Reads, OpenReads, OpenChanges, Count) = (other.Begun, other.Ended, other.Reads, other.OpenReads, other.OpenChanges, other.Count);
        var (reads, changes) = (Slots - BitOperations.LeadingZeroCount(OpenReads), Slots - BitOperations.LeadingZeroCount(OpenChanges));
        Array.Copy(other._found, _found, reads);
        Array.Copy(other._rises, _rises, reads);
        Array.Copy(other._falls, _falls, reads);
        Array.Copy(other._readRows, _readRows, reads);
        Array.Copy(other._changeRows, _changeRows, changes);
        Array.Copy(other._changeReturns, _changeReturns, changes);
        Array.Copy(other._ofKind, _ofKind, MostKinds);
        Array.Copy(other._begun, _begun, MostKinds);
        if (_configurations.Length < Count) _configurations = new LaneConfiguration[other._configurations.Length];
        other.Configurations.CopyTo(_configurations);
    }
}

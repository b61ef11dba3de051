namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>Which slots hold open operations of which kind.</summary>
internal sealed class RegisterMasks(int words, int values)
{
    private readonly ulong[] _readsOf = new ulong[words * values];
    private readonly ulong[] _missesOf = new ulong[words * values];

    public ulong[] Writes { get; } = new ulong[words];

    public ulong[] Cas { get; } = new ulong[words];

    /// <summary>Unfinished compare-and-sets: they may stay unplaced.</summary>
    public ulong[] UnfinishedCas { get; } = new ulong[words];

    public ulong[] Misses { get; } = new ulong[words];

    public ReadOnlySpan<ulong> ReadsOf(int value) => _readsOf.AsSpan(value * words, words);

    public ReadOnlySpan<ulong> MissesOf(int value) => _missesOf.AsSpan(value * words, words);

    public void Open(RegisterOperations operations, int row) => Set(operations, row, true);

    public void Close(RegisterOperations operations, int row) => Set(operations, row, false);

    private void Set(RegisterOperations operations, int row, bool open)
    {
        var slot = operations.Slots[row];
        var operand = operations.Operand[row];
        switch (operations.Actions[row])
        {
            case RegisterAction.Read: Set(_readsOf.AsSpan(operand * words, words), slot, open); break;
            case RegisterAction.Miss:
                Set(Misses, slot, open);
                Set(_missesOf.AsSpan(operand * words, words), slot, open);
                break;
            case RegisterAction.Write: Set(Writes, slot, open); break;
            default:
                Set(Cas, slot, open);
                if (operations.Returns[row] == Problems.KeyHistory.Never) Set(UnfinishedCas, slot, open);
                break;
        }
    }

    private static void Set(Span<ulong> mask, int slot, bool on)
    {
        if (on) mask[slot >> 6] |= 1UL << slot;
        else mask[slot >> 6] &= ~(1UL << slot);
    }
}

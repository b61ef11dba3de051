using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// Judges registers by the frontier, one after another: columns and frontiers serve again and again. Not safe for several threads.
/// </summary>
internal sealed class RegisterJudge
{
    /// <summary>The name in verdicts.</summary>
    public const string Name = "register frontier (repeated values)";

    private readonly RegisterOperations _operations = new();
    private RegisterFrontier<SlotMask64>? _narrow;
    private RegisterFrontier<SlotMask128>? _wide;
    private RegisterFrontier<SlotMask1024>? _widest;

    /// <summary>Whether an object is a register, and uses no more than reads, writes, compare-and-sets and deletes; it is then loaded.</summary>
    public bool TryLoad(in KeyHistory history) =>
        history.Type.Name is "register" or "cas-register" or "kv" && _operations.TryLoad(history) && _operations.SlotCount <= SlotMask1024.Capacity;

    /// <summary>A read, by number, that found a value overwritten for certain and written by nobody since; −1 if there is none.</summary>
    public int StaleRead() => StaleReads.Find(_operations);

    /// <summary>Judges the object that was loaded.</summary>
    /// <param name="history">The object.</param>
    /// <param name="budget">What it may spend.</param>
    /// <param name="beam">How many of the most promising configurations to carry; it may then answer unknown with budget left. Null for all.</param>
    /// <param name="certify">Whether a valid verdict needs its order.</param>
    public SearchResult Judge(in KeyHistory history, SearchBudget budget, BeamWidth? beam = null, bool certify = true) => _operations.SlotCount switch
    {
        <= 64 => (_narrow ??= new(_operations)).Run(history.History.Values, budget, beam, certify),
        <= 128 => (_wide ??= new(_operations)).Run(history.History.Values, budget, beam, certify),
        _ => (_widest ??= new(_operations)).Run(history.History.Values, budget, beam, certify),
    };
}

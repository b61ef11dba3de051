using Checker.Histories;

namespace Checker.Checkers.Registers;

/// <summary>
/// A read that may have seen one of several writes. Its candidates come likeliest first: what its process saw or wrote last; then the latest write
/// begun before the read, back to the first; then the initial value; then later writes. They are not listed, as most are never asked for.
/// </summary>
/// <param name="history">The history.</param>
/// <param name="reader">The number of the read.</param>
/// <param name="writers">The writes of its value, ascending, shared by all reads of it.</param>
/// <param name="mayBeInitial">Whether it may have seen the initial value.</param>
internal sealed class OpenRead(History history, int reader, int[] writers, bool mayBeInitial)
{
    private const int Nothing = -9;

    private readonly int _place = Array.BinarySearch(writers, reader); // of the read itself, or the complement of where it would be
    private int _preferred = Nothing;

    // Operations are numbered by invocation: so many writers began before the read.
    private int Begun => _place >= 0 ? _place : ~_place;

    /// <summary>The number of the read in the history.</summary>
    public int Reader => reader;

    /// <summary>The writes of its value, ascending.</summary>
    public int[] Writers => writers;

    /// <summary>Whether it may have seen the initial value.</summary>
    public bool MayBeInitial => mayBeInitial;

    /// <summary>Whether its writers are its candidates one by one, and nobody else's.</summary>
    public bool IsListed { get; private init; }

    /// <summary>How many of them its own process makes only later; 0 if they are listed.</summary>
    public int Later { get; set; }

    /// <summary>How many candidates there are.</summary>
    public int Count => writers.Length - Later + (mayBeInitial ? 1 : 0) - (_place >= 0 ? 1 : 0);

    /// <summary>A candidate, by number, or <see cref="RegisterHistory.Initial"/> for the initial value. O(number).</summary>
    public int this[int number]
    {
        get
        {
            if (_preferred != Nothing && number-- == 0) return _preferred;
            for (var i = Begun - 1; i >= 0; i--)
            {
                if (writers[i] != _preferred && number-- == 0) return writers[i];
            }

            if (mayBeInitial && _preferred != RegisterHistory.Initial && number-- == 0) return RegisterHistory.Initial;
            for (var i = Begun; i < writers.Length; i++)
            {
                if (writers[i] != _preferred && MaySee(writers[i]) && number-- == 0) return writers[i];
            }

            throw new ArgumentOutOfRangeException(nameof(number));
        }
    }

    /// <summary>The same read as it was at first.</summary>
    public OpenRead Anew() => new(history, reader, writers, mayBeInitial) { IsListed = IsListed };

    /// <summary>The same read with fewer candidates.</summary>
    /// <param name="left">The writes that are left, ascending.</param>
    /// <param name="initial">Whether the initial value is left.</param>
    public OpenRead Only(int[] left, bool initial) => new(history, reader, left, initial) { IsListed = true };

    /// <summary>Whether one of the writers is a candidate.</summary>
    public bool MaySee(int writer) => writer < reader || history.Process[writer] != history.Process[reader];

    /// <summary>The number of a candidate; 0 if it is none. O(number).</summary>
    public int NumberOf(int candidate)
    {
        if (!Has(candidate) || candidate == _preferred) return 0;
        var number = _preferred == Nothing ? 0 : 1;
        for (var i = Begun - 1; i >= 0; i--)
        {
            if (writers[i] == candidate) return number;
            if (writers[i] != _preferred) number++;
        }

        if (mayBeInitial && candidate == RegisterHistory.Initial) return number;
        if (mayBeInitial && _preferred != RegisterHistory.Initial) number++;
        for (var i = Begun; i < writers.Length && writers[i] != candidate; i++)
        {
            if (writers[i] != _preferred && MaySee(writers[i])) number++;
        }

        return number;
    }

    /// <summary>Whether an operation, or the initial value, is a candidate.</summary>
    public bool Has(int candidate) =>
        candidate < 0 ? mayBeInitial && candidate == RegisterHistory.Initial : Array.BinarySearch(writers, candidate) >= 0 && MaySee(candidate);

    /// <summary>Makes an operation, or the initial value, the likeliest if it is a candidate.</summary>
    public void Prefer(int candidate) => _preferred = Has(candidate) ? candidate : Nothing;
}

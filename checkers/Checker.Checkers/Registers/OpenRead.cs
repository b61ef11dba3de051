using Checker.Histories;

namespace Checker.Checkers.Registers;

/// <summary>
/// A read that may have seen one of several writes. Its candidates come likeliest first: what its process saw or wrote last; then the latest write
/// begun before the read ended, back to the first; then the initial value; then later writes. They are not listed, as most are never asked for.
/// </summary>
/// <param name="history">The history.</param>
/// <param name="reader">The number of the read.</param>
/// <param name="writers">The writes of its value, ascending, shared by all reads of it.</param>
/// <param name="mayBeInitial">Whether it may have seen the initial value.</param>
internal sealed class OpenRead(History history, int reader, int[] writers, bool mayBeInitial)
{
    private const int Nothing = -9;

    private readonly int _begun = FirstAfter(history, writers, history.Invoke[reader]);
    private int _preferred = Nothing;

    /// <summary>The number of the read in the history.</summary>
    public int Reader => reader;

    /// <summary>The writes of its value, ascending.</summary>
    public int[] Writers => writers;

    /// <summary>How many of them its own process makes only later.</summary>
    public int Later { get; set; }

    /// <summary>How many candidates there are.</summary>
    public int Count => writers.Length - Later + (mayBeInitial ? 1 : 0) - (Array.BinarySearch(writers, reader) >= 0 ? 1 : 0);

    /// <summary>A candidate, by number, or <see cref="RegisterHistory.Initial"/> for the initial value. O(number).</summary>
    public int this[int number]
    {
        get
        {
            if (_preferred != Nothing && number-- == 0) return _preferred;
            for (var i = _begun - 1; i >= 0; i--)
            {
                if (writers[i] != _preferred && writers[i] != reader && number-- == 0) return writers[i];
            }

            if (mayBeInitial && _preferred != RegisterHistory.Initial && number-- == 0) return RegisterHistory.Initial;
            for (var i = _begun; i < writers.Length; i++)
            {
                if (writers[i] != _preferred && MaySee(writers[i]) && number-- == 0) return writers[i];
            }

            throw new ArgumentOutOfRangeException(nameof(number));
        }
    }

    /// <summary>Whether one of the writers is a candidate.</summary>
    public bool MaySee(int writer) => writer < reader || history.Process[writer] != history.Process[reader];

    /// <summary>Makes an operation, or the initial value, the likeliest if it is a candidate.</summary>
    public void Prefer(int candidate) =>
        _preferred = candidate < 0 ? (mayBeInitial && candidate == RegisterHistory.Initial ? candidate : Nothing)
            : Array.BinarySearch(writers, candidate) >= 0 && candidate != reader && MaySee(candidate) ? candidate : Nothing;

    // Operations are numbered by invocation.
    private static int FirstAfter(History history, int[] writers, int end)
    {
        var (low, high) = (0, writers.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (history.Invoke[writers[middle]] < end) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

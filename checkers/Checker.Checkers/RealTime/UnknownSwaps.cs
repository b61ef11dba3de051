using System.Runtime.InteropServices;
using Checker.Histories.Values;

namespace Checker.Checkers.RealTime;

/// <summary>
/// The compare-and-sets of unknown outcome that cannot have happened, because they would have read what no read may return. More writes
/// only ever allow more, so there is one greatest set that can have happened together; what is outside it is found by taking away, again
/// and again, what nothing supports. O(n).
/// </summary>
internal sealed class UnknownSwaps
{
    private readonly RegisterTimes _times;
    private readonly ReadSources _sources;
    private readonly List<int> _swaps = [];
    private readonly HashSet<int> _never = [];
    private readonly bool _mayLag;

    private UnknownSwaps(RegisterTimes times, ReadSources sources, bool mayLag = false)
    {
        _times = times;
        _sources = sources;
        _mayLag = mayLag;
        for (var op = 0; op < times.History.Count; op++)
        {
            if (times.Reads(op) && times.Writes(op) && !times.IsCertain(op)) _swaps.Add(op);
        }
    }

    /// <summary>Those that cannot have happened on a regular register.</summary>
    /// <param name="times">The history.</param>
    /// <param name="sources">The sources when all of them happened.</param>
    public static HashSet<int> NeverRegular(RegisterTimes times, ReadSources sources)
    {
        var swaps = new UnknownSwaps(times, sources);
        swaps.TakeAway();
        return swaps._never;
    }

    /// <summary>Those that cannot have happened however far reads lag behind: what they replaced was never written.</summary>
    /// <param name="times">The history.</param>
    /// <param name="sources">The sources when all of them happened.</param>
    public static HashSet<int> NeverAtAll(RegisterTimes times, ReadSources sources)
    {
        var swaps = new UnknownSwaps(times, sources, mayLag: true);
        swaps.TakeAway();
        return swaps._never;
    }

    /// <summary>Those that cannot have happened on a safe register.</summary>
    /// <param name="times">The history.</param>
    /// <param name="sources">The sources when all of them happened.</param>
    public static HashSet<int> NeverSafe(RegisterTimes times, ReadSources sources)
    {
        // Two of one key overlap each other; one alone that overlaps no write has its source among the certain writes.
        var swaps = new UnknownSwaps(times, sources);
        foreach (var swap in swaps._swaps)
        {
            if (!sources.Overlaps(swap) && sources.IsIrregular(swap)) swaps._never.Add(swap);
        }

        return swaps._never;
    }

    // A swap needs a source that ended late enough: a certain write, a write of unknown outcome, or another swap that is left.
    private void TakeAway()
    {
        var supports = new Dictionary<(int Key, ValueId Value), Support>();
        foreach (var swap in _swaps) CollectionsMarshal.GetValueRefOrAddDefault(supports, At(swap, _times.ReadValue(swap)), out _).End = -2;
        for (var op = 0; op < _times.History.Count; op++)
        {
            if (!_times.Writes(op)) continue;
            ref var support = ref CollectionsMarshal.GetValueRefOrNullRef(supports, At(op, _times.WrittenValue(op)));
            if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref support)) continue;
            if (!_times.IsCertain(op) && _times.Reads(op)) support.Swaps++;
            else support.End = Math.Max(support.End, _times.Return(op));
        }

        var readers = _swaps.ToLookup(swap => At(swap, _times.ReadValue(swap)));
        var doubtful = new Stack<int>(_swaps);
        while (doubtful.TryPop(out var swap))
        {
            if (_never.Contains(swap) || IsSupported(swap, supports[At(swap, _times.ReadValue(swap))])) continue;
            _never.Add(swap);
            ref var support = ref CollectionsMarshal.GetValueRefOrNullRef(supports, At(swap, _times.WrittenValue(swap)));
            if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref support) || --support.Swaps > 0) continue;
            foreach (var reader in readers[At(swap, _times.WrittenValue(swap))]) doubtful.Push(reader);
        }
    }

    private bool IsSupported(int swap, in Support support)
    {
        if (support.Swaps > 0) return true;
        if (_mayLag) return support.End > -2 || _times.ReadValue(swap) == _times.Initial;
        var newest = _sources.Newest(swap);
        var oldest = newest < 0 ? -1 : _times.History.Invoke[newest] + 1;
        return support.End >= oldest || (newest < 0 && _times.ReadValue(swap) == _times.Initial);
    }

    private (int Key, ValueId Value) At(int op, ValueId value) => (_times.History.Key[op], value);

    // End: the last end of a write that is no swap of unknown outcome; −2: there is none. Swaps: how many of those are left.
    private record struct Support(int End, int Swaps);
}

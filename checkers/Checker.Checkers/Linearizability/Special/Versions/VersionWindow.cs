namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>A part of a history that has an order if the whole has one.</summary>
internal sealed class VersionWindow
{
    private readonly VersionHistory _history;
    private readonly int[] _inside; // operations, increasing
    private readonly int[] _kept; // these, and those that wrote what they found
    private readonly int[] _versions; // what was there at first, and what the operations inside wrote or may have found

    private readonly List<(int Reader, int Version)> _later = []; // what somebody outside found

    private VersionWindow(VersionHistory history, int start, int end, bool withReaders)
    {
        _history = history;
        var inside = new List<int>();
        for (var operation = 0; operation < history.Count; operation++)
        {
            if (history.First[operation] < end && history.Last[operation] > start && !history.IsIdle(operation)) inside.Add(operation);
        }

        var versions = new List<int>();
        for (var register = 0; register < history.Registers; register++) versions.Add(register);
        foreach (var operation in inside)
        {
            versions.AddRange(history.Writes[operation]);
            versions.AddRange(history.Reads[operation]);
            foreach (var doubt in history.Doubts[operation]) versions.AddRange(history.Candidates[doubt]);
        }

        _inside = [.. inside];
        _versions = Distinct(versions);
        foreach (var version in _versions)
        {
            if (history.Writer[version] is >= 0 and var writer) inside.Add(writer);
            if (!withReaders || LastReader(version) is not (>= 0 and var reader) || Array.BinarySearch(_inside, reader) >= 0) continue;
            inside.Add(reader);
            _later.Add((reader, version));
        }

        _kept = Distinct(inside);
    }

    /// <summary>
    /// The operations that overlap a stretch of time, and of those that wrote what these found only that they wrote it. Whoever need not have happened and was
    /// not seen is left out. O(operations), but little for each that does not overlap it.
    /// </summary>
    /// <param name="history">The whole.</param>
    /// <param name="start">The first gap of the stretch.</param>
    /// <param name="end">The gap behind it.</param>
    /// <param name="withReaders">Whether the last operation that certainly found each version is there too; of one outside the stretch only that it did.</param>
    public static VersionHistory Of(VersionHistory history, int start, int end, bool withReaders = false) =>
        new VersionWindow(history, start, end, withReaders).Build();

    private VersionHistory Build()
    {
        var finds = new Finds();
        var candidates = new List<int>();
        foreach (var operation in _inside)
        {
            var number = Array.BinarySearch(_kept, operation);
            foreach (var version in _history.Reads[operation]) finds.Add(number, [Array.BinarySearch(_versions, version)]);
            foreach (var doubt in _history.Doubts[operation])
            {
                candidates.Clear();
                foreach (var version in _history.Candidates[doubt]) candidates.Add(Array.BinarySearch(_versions, version));
                finds.Add(number, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(candidates));
            }
        }

        foreach (var (reader, version) in _later) finds.Add(Array.BinarySearch(_kept, reader), [Array.BinarySearch(_versions, version)]);
        var register = Array.ConvertAll(_versions, version => _history.Register[version]);
        var writer = Array.ConvertAll(_versions, version => _history.Writer[version] is >= 0 and var operation ? Array.BinarySearch(_kept, operation) : -1);
        return new(_kept.Length, _history.Registers, register, writer, finds)
        {
            Rows = Array.ConvertAll(_kept, operation => _history.Rows[operation]),
            First = Array.ConvertAll(_kept, operation => _history.First[operation]),
            Last = Array.ConvertAll(_kept, operation => _history.Last[operation]),
            Unknown = Array.ConvertAll(_kept, operation => _history.Unknown[operation]),
        };
    }

    private int LastReader(int version)
    {
        var last = -1;
        foreach (var reader in _history.Readers[version])
        {
            if (last < 0 || _history.First[reader] > _history.First[last]) last = reader;
        }

        return last;
    }

    private static int[] Distinct(List<int> numbers)
    {
        int[] sorted = [.. numbers];
        Array.Sort(sorted);
        var kept = 0;
        foreach (var number in sorted)
        {
            if (kept == 0 || sorted[kept - 1] != number) sorted[kept++] = number;
        }

        return sorted[..kept];
    }
}

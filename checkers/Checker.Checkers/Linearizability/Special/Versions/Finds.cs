using System.Runtime.InteropServices;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>What operations found, collected: one version each time, or one of several.</summary>
internal sealed class Finds
{
    private readonly List<int> _readers = [];
    private readonly List<int> _found = [];
    private readonly List<int> _doubtful = [];
    private readonly List<int> _doubts = [];
    private readonly List<int> _candidates = [];

    /// <summary>The operations that certainly found something, once for each version.</summary>
    public Span<int> Readers => CollectionsMarshal.AsSpan(_readers);

    /// <summary>The version that each of them found.</summary>
    public Span<int> Found => CollectionsMarshal.AsSpan(_found);

    /// <summary>The operation of each doubt.</summary>
    public Span<int> Doubtful => CollectionsMarshal.AsSpan(_doubtful);

    /// <summary>The doubts, once for each candidate.</summary>
    public Span<int> Doubts => CollectionsMarshal.AsSpan(_doubts);

    /// <summary>The version of each candidate.</summary>
    public Span<int> Candidates => CollectionsMarshal.AsSpan(_candidates);

    /// <summary>How many numbers are held.</summary>
    public int Total => _found.Count + _candidates.Count;

    /// <summary>An operation found one of some versions; of none nothing is kept.</summary>
    public void Add(int operation, ReadOnlySpan<int> versions)
    {
        if (versions.Length == 1)
        {
            _readers.Add(operation);
            _found.Add(versions[0]);
            return;
        }

        if (versions.Length == 0) return;
        foreach (var version in versions)
        {
            _doubts.Add(_doubtful.Count);
            _candidates.Add(version);
        }

        _doubtful.Add(operation);
    }
}

using System.Runtime.InteropServices;

namespace Checker.Checkers.Linearizability.General.Stacks;

/// <summary>
/// Sets of what a stack may hold, as a graph: a node is a value, the time at which it was pushed and the set of what may lie below it, a set is the nodes
/// that may be on top. Contents that agree from some depth on share it, whatever lies above, so that as many contents as there are ways through the graph
/// take as much as there are nodes. Equal nodes, and equal sets, are one. Times never grow from the top to the bottom.
/// </summary>
/// <remarks>The graph-structured stack of Tomita (<i>Efficient Parsing for Natural Language</i>, 1985), of exactly the contents that are meant.</remarks>
internal sealed class StackContents
{
    /// <summary>The set of no contents at all.</summary>
    public const int None = 0;

    /// <summary>The set whose only member is the empty stack.</summary>
    public const int Nothing = 1;

    /// <summary>The node below everything, which has no value.</summary>
    public const int Bottom = 0;

    private const int NodeBytes = 56; // with its entry in the table
    private const int Deepest = 32; // how far down sets are compared
    private const int SetBytes = 88;

    private readonly List<int> _values = [-1]; // by node
    private readonly List<int> _times = [0]; // by node
    private readonly List<int> _below = [None]; // by node: a set
    private readonly List<int[]> _sets = [[], [Bottom]]; // the nodes of each, by value, time and number
    private readonly Dictionary<(int Value, int Time, int Below), int> _nodeOf = [];
    private readonly Dictionary<int[], int> _setOf = new(new SameNodes());
    private readonly Dictionary<(int Set, int Value), int> _popped = [];
    private readonly Dictionary<(int Set, int Other), bool> _covers = [];
    private readonly List<int> _nodes = []; // of the set that is being made

    public StackContents() => (_setOf[_sets[None]], _setOf[_sets[Nothing]]) = (None, Nothing);

    /// <summary>How many nodes were looked at.</summary>
    public long Work { get; private set; }

    /// <summary>What all of it takes.</summary>
    public long Bytes { get; private set; }

    /// <summary>The nodes on top.</summary>
    public ReadOnlySpan<int> Tops(int set) => _sets[set];

    /// <summary>The value of a node; −1 for <see cref="Bottom"/>.</summary>
    public int Value(int node) => _values[node];

    /// <summary>When a node was pushed; 0 if that no longer matters.</summary>
    public int Time(int node) => _times[node];

    /// <summary>What may lie below a node.</summary>
    public int Below(int node) => _below[node];

    /// <summary>Whether a node is one of those on top.</summary>
    public bool Has(int set, int node) => _sets[set].Contains(node);

    /// <summary>The set of what has a node on top.</summary>
    public int Only(int node) => Set([node]);

    /// <summary>What has the value and the time of a node on top, and a set below.</summary>
    public int Over(int node, int below) => Set([Node(_values[node], _times[node], below)]);

    /// <summary>Puts a value on top.</summary>
    public int Push(int set, int value, int time) => Set([Node(value, time, set)]);

    /// <summary>The node of a value, a time and what may lie below.</summary>
    public int Node(int value, int time, int below)
    {
        if (_nodeOf.TryGetValue((value, time, below), out var node)) return node;
        _nodeOf.Add((value, time, below), node = _values.Count);
        _values.Add(value);
        _times.Add(time);
        _below.Add(below);
        Bytes += NodeBytes;
        return node;
    }

    /// <summary>What is left without the top of those that have a value on top; <see cref="None"/> if none has.</summary>
    public int Pop(int set, int value)
    {
        if (_popped.TryGetValue((set, value), out var left)) return left;
        foreach (var node in _sets[set])
        {
            if (_values[node] == value) left = Union(left, _below[node]);
        }

        Bytes += NodeBytes;
        return _popped[(set, value)] = left = OneOfEach(left);
    }

    /// <summary>Those that do not have a value on top; −1 for those that are not empty.</summary>
    public int Without(int set, int value)
    {
        _nodes.Clear();
        foreach (var node in _sets[set])
        {
            if (_values[node] != value) _nodes.Add(node);
        }

        return _nodes.Count == _sets[set].Length ? set : Set(CollectionsMarshal.AsSpan(_nodes));
    }

    /// <summary>What is in one set or the other.</summary>
    public int Join(int one, int other) => one == other || other == None ? one : one == None ? other : OneOfEach(Union(one, other));

    /// <summary>Whether everything in a set is in another one, pushed no earlier; may miss that, never claims it wrongly.</summary>
    public bool Covers(int set, int other) => Covers(set, other, 0);

    private bool Covers(int set, int other, int depth)
    {
        if (set == other) return true;
        if (depth == Deepest) return false;
        if (_covers.TryGetValue((set, other), out var covers)) return covers;
        covers = true;
        foreach (var node in _sets[other])
        {
            covers = IsCovered(node, _sets[set], depth);
            if (!covers) break;
        }

        Bytes += NodeBytes;
        return _covers[(set, other)] = covers;
    }

    private bool IsCovered(int node, ReadOnlySpan<int> tops, int depth)
    {
        Work += tops.Length;
        foreach (var top in tops)
        {
            if (top == node) return true;
            if (_values[top] == _values[node] && _times[top] >= _times[node] && Covers(_below[top], _below[node], depth + 1)) return true;
        }

        return false;
    }

    // All nodes of both, so that several may have one value and time.
    private int Union(int one, int other)
    {
        if (one == other || other == None) return one;
        if (one == None) return other;
        var (a, b, i, j) = (_sets[one], _sets[other], 0, 0);
        Work += a.Length + b.Length;
        _nodes.Clear();
        while (i < a.Length || j < b.Length)
        {
            var order = i == a.Length ? 1 : j == b.Length ? -1 : Compare(a[i], b[j]);
            _nodes.Add(order <= 0 ? a[i] : b[j]);
            if (order <= 0) i++;
            if (order >= 0) j++;
        }

        return Set(CollectionsMarshal.AsSpan(_nodes));
    }

    // The same contents, with one node on top for each value and time.
    private int OneOfEach(int set)
    {
        var nodes = _sets[set];
        var made = new List<int>(nodes.Length);
        for (var i = 0; i < nodes.Length;)
        {
            var (node, below) = (nodes[i], _below[nodes[i]]);
            var first = i++;
            for (; i < nodes.Length && _values[nodes[i]] == _values[node] && _times[nodes[i]] == _times[node]; i++) below = Union(below, _below[nodes[i]]);
            made.Add(i == first + 1 ? node : Node(_values[node], _times[node], below));
        }

        for (var i = made.Count - 2; i >= 0; i--)
        {
            if (IsCovered(made[i], CollectionsMarshal.AsSpan(made)[(i + 1)..], 0)) made.RemoveAt(i);
        }

        return made.Count == nodes.Length ? set : Set(CollectionsMarshal.AsSpan(made));
    }

    private int Compare(int one, int other) => _values[one] != _values[other] ? _values[one].CompareTo(_values[other])
        : _times[one] != _times[other] ? _times[one].CompareTo(_times[other]) : one.CompareTo(other);

    private int Set(ReadOnlySpan<int> nodes)
    {
        var lookup = _setOf.GetAlternateLookup<ReadOnlySpan<int>>();
        if (lookup.TryGetValue(nodes, out var set)) return set;
        _sets.Add(nodes.ToArray());
        _setOf.Add(_sets[^1], _sets.Count - 1);
        Bytes += SetBytes + (4 * nodes.Length);
        return _sets.Count - 1;
    }

    private sealed class SameNodes : IEqualityComparer<int[]>, IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<int> alternate, int[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<int> alternate)
        {
            var hash = 0x2545F4914F6CDD1DUL;
            foreach (var node in alternate) hash = (hash ^ (uint)node) * 0x9E3779B97F4A7C15UL;
            return (int)(hash >> 32);
        }

        public int[] Create(ReadOnlySpan<int> alternate) => alternate.ToArray();
    }
}

using Checker.Checkers.Registers;

namespace Checker.Checkers.Causal;

/// <summary>The open reads among the operations of a numbered history that certainly happened, with the writes of their values.</summary>
internal sealed class OpenReads
{
    private readonly CandidateWrites _candidates;
    private readonly int[] _numbers; // of the operations of the whole history
    private readonly int[] _openOf; // by operation: the number of the open read
    private readonly ValueWriters?[] _writers; // by open read

    /// <param name="candidates">The candidates.</param>
    /// <param name="possible">The history, with every operation that may have happened.</param>
    /// <param name="view">The session whose reads count; −1: all.</param>
    public OpenReads(CandidateWrites candidates, RegisterHistory possible, int view)
    {
        _candidates = candidates;
        _numbers = new int[possible.History.Count];
        Array.Fill(_numbers, -1);
        for (var op = 0; op < possible.Count; op++) _numbers[possible.Original[op]] = op;
        _openOf = new int[possible.Count];
        Array.Fill(_openOf, -1);
        _writers = new ValueWriters?[candidates.Open.Count];
        var known = new Dictionary<int[], ValueWriters>();
        for (var i = 0; i < _writers.Length; i++)
        {
            var read = candidates.Open[i];
            if (Number(read.Reader) is not (>= 0 and var op) || possible.Optional[op] || (view >= 0 && possible.Session[op] != view)) continue;
            if (!known.TryGetValue(read.Writers, out var writers)) known[read.Writers] = writers = ValueWriters.Of(possible, _numbers, read.Writers);
            _writers[i] = writers;
            _openOf[op] = i;
        }
    }

    /// <summary>The reads.</summary>
    public IEnumerable<int> Operations => Enumerable.Range(0, _openOf.Length).Where(op => _openOf[op] >= 0);

    /// <summary>The number of an operation of the whole history; −1 if it was not kept.</summary>
    public int Number(int original) => _numbers[original];

    /// <summary>The candidates of an operation that is one of the reads.</summary>
    public OpenRead Read(int op) => _candidates.Open[_openOf[op]];

    /// <summary>The writes of its value; null if an operation is none of the reads.</summary>
    public ValueWriters? Writers(int op) => _openOf[op] < 0 ? null : _writers[_openOf[op]];
}

using System.Collections.Concurrent;
using Checker.Checkers.Registers;

namespace Checker.Checkers.Causal;

/// <summary>
/// The processes that were found to have a view under PRAM, with what their reads saw then: their own reads alone decide it, so that while these stay
/// the same it need not be judged again. 4 bytes × operations. For many threads.
/// </summary>
internal sealed class JudgedViews
{
    private readonly ConcurrentDictionary<int, int[]> _sources = new(); // by process: what each of its operations is and reads from

    /// <summary>Whether a session has the view that it had before.</summary>
    public bool IsKnown(RegisterHistory traced, int session) =>
        _sources.TryGetValue(Process(traced, session), out var known) && Sources(traced, session).AsSpan().SequenceEqual(known);

    /// <summary>Notes that a session has a view.</summary>
    public void Add(RegisterHistory traced, int session) => _sources[Process(traced, session)] = Sources(traced, session);

    private static int Process(RegisterHistory traced, int session) => traced.History.Process[traced.Original[traced.Start[session]]];

    private static int[] Sources(RegisterHistory traced, int session)
    {
        var (first, end) = (traced.Start[session], traced.Start[session + 1]);
        var sources = new int[2 * (end - first)];
        for (var op = first; op < end; op++)
        {
            sources[2 * (op - first)] = traced.Original[op];
            sources[(2 * (op - first)) + 1] = traced.Source[op] < 0 ? traced.Source[op] : traced.Original[traced.Source[op]];
        }

        return sources;
    }
}

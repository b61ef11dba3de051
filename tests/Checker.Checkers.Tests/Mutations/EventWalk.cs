using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Mutations;

/// <summary>
/// The definition of linearizability, walked from event to event over the states of the reference model: after each return, every state that
/// some order of what has been invoked leads to. Long histories of a few processes can be judged so, and a changed one from where it was changed
/// to where the states are again those of the original. Failed operations did not happen.
/// </summary>
internal sealed class EventWalk
{
    private const int Spacing = 64;
    private const int Most = 20_000;

    private readonly DataType _type;
    private readonly Value _initial;
    private readonly List<Checkpoint> _checkpoints = [];

    /// <summary>Walks through one object's history.</summary>
    public EventWalk(DataType type, Value initial, IReadOnlyList<ReferenceOperation> operations)
    {
        (_type, _initial) = (type, initial);
        _checkpoints.Add(new Checkpoint(0, [], [(ReferenceModel.Initial(type, initial), 0UL)]));
        IsLinearizable = Walk(operations, 0, checkpoint =>
        {
            _checkpoints.Add(checkpoint);
            return false;
        });
    }

    /// <summary>Whether the history is linearizable; null if there were too many states.</summary>
    public bool? IsLinearizable { get; }

    /// <summary>Whether a linearizable history still is one after a change.</summary>
    /// <param name="changed">The same operations, in the same places of the list, some of them changed.</param>
    /// <param name="first">The first position whose event is another.</param>
    /// <param name="last">The last.</param>
    public bool? IsLinearizableAfter(IReadOnlyList<ReferenceOperation> changed, int first, int last)
    {
        var from = _checkpoints.FindLastIndex(checkpoint => checkpoint.Position <= first);
        var next = from + 1;
        return Walk(changed, from, checkpoint =>
        {
            while (next < _checkpoints.Count && _checkpoints[next].Position < checkpoint.Position) next++;
            return checkpoint.Position > last && next < _checkpoints.Count && _checkpoints[next].Equals(checkpoint);
        });
    }

    private bool? Walk(IReadOnlyList<ReferenceOperation> operations, int from, Func<Checkpoint, bool> isKnown)
    {
        var events = new SortedList<int, int>(2 * operations.Count); // by position: operation, or ~operation for the return
        for (var i = 0; i < operations.Count; i++)
        {
            if (operations[i].Type == OperationType.Fail) continue;
            events.Add(operations[i].Invoke, i);
            if (operations[i].Type == OperationType.Ok) events.Add(operations[i].Return, ~i);
        }

        var start = _checkpoints[from];
        var open = start.Open.ToList();
        var states = start.States.ToHashSet();
        var nextCheckpoint = ((start.Position / Spacing) + 1) * Spacing;
        foreach (var (position, e) in events)
        {
            if (position < start.Position) continue;
            if (position >= nextCheckpoint)
            {
                nextCheckpoint = ((position / Spacing) + 1) * Spacing;
                if (isKnown(Checkpoint.Of(position / Spacing * Spacing, open, states))) return true;
            }

            if (e >= 0)
            {
                open.Add(e);
                continue;
            }

            if (Pass(operations, open, states, open.IndexOf(~e)) is not { } after) return null;
            states = after;
            if (states.Count == 0) return false;
            open.Remove(~e);
        }

        return true;
    }

    // All that is possible once the operation at a place has returned; null if it is too much.
    private HashSet<(Value State, ulong Placed)>? Pass(
        IReadOnlyList<ReferenceOperation> operations, List<int> open, HashSet<(Value State, ulong Placed)> states, int returning)
    {
        var low = (1UL << returning) - 1;
        var (seen, after) = (new HashSet<(Value, ulong)>(states), new HashSet<(Value, ulong)>());
        var left = new Stack<(Value State, ulong Placed)>(states);
        while (left.TryPop(out var configuration))
        {
            var (state, placed) = configuration;
            if ((placed >> returning & 1) != 0)
            {
                after.Add((state, (placed & low) | (placed >> 1 & ~low)));
                continue;
            }

            for (var i = 0; i < open.Count; i++)
            {
                if ((placed >> i & 1) != 0) continue;
                foreach (var next in ReferenceModel.Step(_type, state, operations[open[i]]))
                {
                    if (seen.Add((next, placed | (1UL << i)))) left.Push((next, placed | (1UL << i)));
                }
            }

            if (seen.Count > Most || open.Count > 60) return null;
        }

        return after;
    }

    /// <summary>What is possible just before the event at a position, or before the next one.</summary>
    private sealed record Checkpoint(int Position, int[] Open, HashSet<(Value State, ulong Placed)> States)
    {
        /// <summary>The same, however the open operations were numbered.</summary>
        public static Checkpoint Of(int position, List<int> open, HashSet<(Value State, ulong Placed)> states)
        {
            var sorted = open.Order().ToArray();
            var places = open.Select(operation => Array.BinarySearch(sorted, operation)).ToArray();
            return new(position, sorted, [.. states.Select(s => (s.State, Renumbered(s.Placed, places)))]);
        }

        public bool Equals(Checkpoint? other) =>
            other is not null && Position == other.Position && Open.AsSpan().SequenceEqual(other.Open) && States.SetEquals(other.States);

        public override int GetHashCode() => Position;

        private static ulong Renumbered(ulong placed, int[] places)
        {
            var renumbered = 0UL;
            for (var i = 0; i < places.Length; i++) renumbered |= (placed >> i & 1) << places[i];
            return renumbered;
        }
    }
}

using System.Numerics;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Checkers.Specs;

namespace Checker.Checkers.Linearizability.General;

/// <summary>
/// The general search: just-in-time linearization (Lowe, "Testing for linearizability", 2017, section 5) as a depth-first search with
/// memory,
/// for any sequential specification.
/// </summary>
/// <remarks>
/// <para>Events are passed in order. Only when an operation is about to return and has not been placed does the search branch: open
/// operations are placed
/// until that one is. A configuration is the event, the set of open operations already placed (by slot, never by operation), and the
/// number of the state;
/// none is explored twice. Where nothing is open a configuration is just a state, so the history falls apart at such moments by
/// itself.</para>
/// <para>Reductions, all exact: operations that change nothing are placed as soon as they fit; of equal open operations the one that
/// returns first is
/// placed first; an operation that commutes with everything that must precede the returning one is left for later.</para>
/// <para>Which branch is tried first (<see cref="SearchOrder"/>) does not change what is found, but how soon: a valid history may take
/// milliseconds in one order and hours in another, so <see cref="SearchRace"/> tries them in turns.</para>
/// <para>Cost: exponential in the number of operations open at once at worst, linear in the length of the history times the configurations
/// per event.</para>
/// </remarks>
internal sealed class Search<TSpec, TState>
    where TSpec : struct, ISequentialSpec<TState>
    where TState : notnull, IEquatable<TState>
{
    private readonly SearchProblem _problem;
    private readonly TSpec _spec;
    private readonly StepMeter _meter;
    private readonly SearchOrder _order;
    private readonly StateTable<TState> _states = new();
    private readonly NextStates<TState> _next = new();
    private readonly NextStates<TState> _after = new();
    private readonly OpenOperations _open;
    private readonly ConfigurationSet _seen;
    private readonly SearchStack _stack;
    private readonly int _words;
    private readonly ulong[] _placed; // by slot
    private readonly ulong[] _record;
    private readonly int[] _counted; // classes of several unfinished operations: how many are placed is part of a configuration
    private readonly Trace _trace;
    private int _event;
    private int _state;
    private int _deepest = -1;
    private int _deepestState;

    public Search(SearchProblem problem, TSpec spec, SearchBudget budget, SearchOrder order = SearchOrder.Return)
    {
        _order = order;
        _problem = problem;
        _spec = spec;
        _meter = new StepMeter(budget, Bytes);
        _words = Math.Max(1, (problem.SlotCount + 63) / 64);
        _placed = new ulong[_words];
        _counted = [.. Enumerable.Range(0, problem.ByClass.Length).Where(cls => problem.Unfinished[cls] is { Length: > 1 })];
        _record = new ulong[1 + _words + ((_counted.Length + 1) / 2)];
        _open = new OpenOperations(problem, Commuting(problem, spec), order);
        _seen = new ConfigurationSet(_record.Length);
        _stack = new SearchStack(_words);
        _trace = new Trace(problem.Classes.Length);
    }

    /// <summary>Searches until a linearization is found, none is left, or the budget is spent.</summary>
    public SearchResult Run()
    {
        _state = _states.Number(_spec.Initial);
        Advance();
        var descend = true;
        while (true)
        {
            if (descend)
            {
                if (_event == _problem.Events.Length) return Finish(VerdictKind.Valid);
                if (Remember()) PushFrame();
                else NoteDeepest();
            }

            if (_stack.Count == 0) return Finish(VerdictKind.Invalid);
            if (_meter.Spent() is { } reason) return Finish(VerdictKind.Unknown, reason);
            descend = TryNext();
        }
    }

    private static Func<int, int, bool>? Commuting(SearchProblem problem, TSpec spec) =>
        spec.HasCommuting ? (a, b) => spec.Commutes(problem.ByClass[a], problem.ByClass[b]) : null;

    private long Bytes() => _seen.NextBytes + _states.Bytes + _stack.Bytes;

    private bool Remember()
    {
        _record[0] = ((ulong)(uint)_event << 32) | (uint)_state;
        _placed.CopyTo(_record.AsSpan(1));
        _record.AsSpan(1 + _words).Clear();
        for (var i = 0; i < _counted.Length; i++)
        {
            _record[1 + _words + (i / 2)] |= (ulong)(uint)_open.Placed(_counted[i]) << (32 * (i & 1));
        }

        return _seen.Add(_record);
    }

    private void PushFrame()
    {
        _stack.Push(_event, _state, _placed, _trace.Length);
        var row = ~_problem.Events[_event];
        _open.Relevant(_problem.Slots[row], _placed, _stack.Relevant);
    }

    // Takes the next branch of the top frame; false if there is none, and then the frame is gone.
    private bool TryNext()
    {
        ref var frame = ref _stack.Top;
        Restore(ref frame);
        var relevant = _stack.Relevant;
        var returning = ~_problem.Events[_event];
        var inTurn = _order == SearchOrder.Invocation;
        var candidates = inTurn ? _open.Count : 2 * _open.Count;
        for (; frame.Cursor < candidates; frame.Cursor++, frame.Choice = 0)
        {
            // By return, first whatever lets the returning operation follow at once, then the rest.
            var direct = frame.Cursor < _open.Count;
            var row = _open.Candidate(direct ? frame.Cursor : frame.Cursor - _open.Count, _placed);
            if (row < 0) continue;
            var slot = _problem.Slots[row];
            var cls = _problem.Classes[row];
            if (!Bit(relevant, slot) || _problem.ReadOnly[cls]) continue;
            _next.Clear();
            _spec.Step(_states[_state], _problem.ByClass[cls], _next);
            _meter.Steps++;
            if (_next.Count == 0 || (!inTurn && direct != (row == returning || Enables(returning)))) continue;
            while (frame.Choice < _next.Count)
            {
                var state = _states.Number(_next[frame.Choice++]);
                if (state == _state && _problem.ByClass[cls].IsInfo) continue; // it might as well not have happened
                Place(row, slot);
                if (state != _state)
                {
                    _state = state;
                    PlaceReads();
                }

                Advance();
                return true;
            }
        }

        NoteDeepest();
        _stack.Pop();
        return false;
    }

    // Whether the first of the next states lets an operation follow.
    private bool Enables(int row)
    {
        _after.Clear();
        _spec.Step(_next[0], _problem.ByClass[_problem.Classes[row]], _after);
        _meter.Steps++;
        return _after.Count > 0;
    }

    // Passes events until an operation returns that has not been placed.
    private void Advance()
    {
        var events = _problem.Events;
        for (; _event < events.Length; _event++)
        {
            var e = events[_event];
            if (e >= 0)
            {
                _open.Open(e);
                var cls = _problem.Classes[e];
                if (_problem.ReadOnly[cls] && Fits(cls)) Place(e, _problem.Slots[e]);
            }
            else
            {
                var slot = _problem.Slots[~e];
                if (!Bit(_placed, slot)) return;
                _placed[slot >> 6] &= ~(1UL << slot);
                _open.Close(~e);
            }
        }
    }

    private void Restore(ref SearchFrame frame)
    {
        while (_event > frame.Event)
        {
            var e = _problem.Events[--_event];
            if (e >= 0) _open.Close(e);
            else _open.Open(~e);
        }

        _state = frame.State;
        for (var i = _trace.Length; i > frame.TraceLength; i--)
        {
            var cls = _problem.Classes[_trace[i - 1]];
            if (_problem.Unfinished[cls] is not null) _open.Placed(cls)--;
        }

        _trace.Truncate(frame.TraceLength);
        _stack.Placed.CopyTo(_placed);
    }

    private void PlaceReads()
    {
        var reads = _open.ReadOnly;
        for (var w = 0; w < reads.Length; w++)
        {
            for (var left = reads[w] & ~_placed[w]; left != 0; left &= left - 1)
            {
                var row = _open.RowAt((w << 6) + BitOperations.TrailingZeroCount(left));
                if (Fits(_problem.Classes[row])) Place(row, _problem.Slots[row]);
            }
        }
    }

    private bool Fits(int cls)
    {
        _next.Clear();
        _spec.Step(_states[_state], _problem.ByClass[cls], _next);
        _meter.Steps++;
        return _next.Count > 0;
    }

    private void Place(int row, int slot)
    {
        var cls = _problem.Classes[row];
        if (_problem.Unfinished[cls] is not { } members)
        {
            _placed[slot >> 6] |= 1UL << slot;
        }
        else
        {
            _open.Placed(cls)++;
            if (members.Length == 1) _placed[slot >> 6] |= 1UL << slot;
        }

        _trace.Add(row);
    }

    private void NoteDeepest()
    {
        if (_event <= _deepest) return;
        _deepest = _event;
        _deepestState = _state;
        _trace.Save();
    }

    private SearchResult Finish(VerdictKind kind, string reason = "")
    {
        if (kind == VerdictKind.Valid)
        {
            return new() { Kind = kind, Order = _trace.Current(_problem.Operations), Steps = _meter.Steps };
        }

        if (_stack.Count > 0)
        {
            Restore(ref _stack.Top);
            NoteDeepest();
        }

        return new()
        {
            Kind = kind,
            Order = _trace.Saved(_problem.Operations),
            Stuck = _deepest < 0 ? -1 : _problem.Operations[~_problem.Events[_deepest]],
            State = _spec.Describe(_states[_deepestState]),
            Reason = reason,
            Steps = _meter.Steps,
        };
    }

    private static bool Bit(ReadOnlySpan<ulong> mask, int slot) => (mask[slot >> 6] >> slot & 1) != 0;
}

using System.Diagnostics;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// One register whose observed values were written once each. Everything from the write of a value to the next write is then contiguous in
/// any linearization; a compare-and-set glues two such stretches, so each chain of them is one block with a forced order inside.
/// Block i must come before block j iff something of i returns before something of j is invoked: an order of the blocks exists iff no two
/// must each come before the other.
/// </summary>
/// <remarks>
/// After Gibbons and Korach, "Testing shared memories", SIAM J. Comput. 26(4), 1997, section 4 (zones); compare-and-set and operations of
/// unknown outcome are an extension: such a write that nobody observes can be left out of any linearization, and one that is observed
/// certainly happened, at any time after its invocation.
/// </remarks>
internal ref struct RegisterProblem : IDisposable
{
    private const string MalformedSwap = "a cas without [old,new]";
    private const string Repeated = "an observed value was written more than once";
    private readonly KeyHistory _history;
    private RegisterValues _values;
    private Rented<int> _valueOf; // of a row: the value read; ~value written; Nothing
    private bool _hasUnknownSwaps;
    private bool _hasRepeats;
    private int _swaps;
    private int _dropped;
    private Rented<long> _blocks;
    private int _blockCount;

    /// <summary>
    /// The mark of a row that neither reads nor writes for certain: a compare-and-set that failed, or one of unknown outcome from a value
    /// to itself.
    /// </summary>
    public const int Nothing = int.MinValue;

    public RegisterProblem(in KeyHistory history)
    {
        _history = history;
        var functions = history.Functions;
        _swaps = functions.Count(Function.Cas);
        _values = new RegisterValues(history.Initial, functions.Count(Function.Write) + _swaps);
        _valueOf = new Rented<int>(history.Count);
        _swaps = 0;
    }

    /// <summary>The values by number.</summary>
    public readonly Span<RegisterValue> Values => _values.All;

    /// <summary>
    /// For each row the number of the value it reads, the complement of the number of the value it writes, or <see cref="Nothing"/>.
    /// </summary>
    public readonly ReadOnlySpan<int> ValueOf => _valueOf.Span;

    /// <summary>The blocks of a valid register, in the order of a linearization; each by the number of its first value.</summary>
    public readonly ReadOnlySpan<long> Blocks => _blocks.Span[.._blockCount];

    /// <summary>How many rows have a place in the order.</summary>
    public readonly int Placed => _history.Count - _dropped;

    /// <summary>Whether a failed compare-and-set was seen, which the blocks do not account for.</summary>
    public bool HasFailedSwaps { get; private set; }

    public void Dispose()
    {
        _values.Dispose();
        _valueOf.Dispose();
        _blocks.Dispose();
    }

    /// <summary>Reads the rows. Returns why the register is not one with unique writes, or null.</summary>
    public string? Load()
    {
        var functions = _history.Functions;
        var types = _history.Types[..functions.Length];
        var inputs = _history.Inputs[..functions.Length];
        var outputs = _history.Outputs[..functions.Length];
        var invokes = _history.Invokes[..functions.Length];
        var returns = _history.Returns[..functions.Length];
        var valueOf = _valueOf.Span[..functions.Length];
        for (var row = 0; row < functions.Length; row++)
        {
            switch (functions[row])
            {
                case Function.Read:
                    var read = _values.NumberOf(outputs[row].Bits);
                    _values[read].AddRead(invokes[row], returns[row]);
                    if (_values[read].IsRepeated) return Repeated;
                    valueOf[row] = read;
                    break;
                case Function.Write:
                    valueOf[row] = ~Write(inputs[row].Bits, row, invokes[row], returns[row]);
                    break;
                case Function.Delete:
                    valueOf[row] = ~Write(ValueId.Null.Bits, row, invokes[row], returns[row]);
                    break;
                case Function.Cas:
                    if (_history.History.Values.Kind(inputs[row]) != ValueKind.List) return MalformedSwap;
                    var arguments = _history.History.Values.Items(inputs[row]);
                    if (arguments.Length != 2) return MalformedSwap;
                    valueOf[row] = Swap(row, types[row], arguments[0].Bits, arguments[1].Bits, invokes[row], returns[row]);
                    break;
                default:
                    return $"{FunctionNames.Of(functions[row])} has no unique value";
            }
        }

        return null;
    }

    /// <summary>
    /// Finds which operations of unknown outcome must have happened, and joins the compare-and-sets into chains. Returns what is wrong;
    /// <paramref name="repeated"/> is then or otherwise a value that was observed and written more than once: nothing can be said then.
    /// </summary>
    public RegisterConflict Link(out int repeated)
    {
        repeated = RegisterValue.None;
        var values = _values.All;
        for (var v = 1; v < values.Length; v++)
        {
            if (values[v].IsObserved && values[v].Writer < 0) return new(RegisterRule.Phantom, v);
        }

        if (_hasUnknownSwaps)
        {
            var phantom = ObserveSources(values, ref repeated);
            if (repeated >= 0) return default;
            if (phantom >= 0) return new(RegisterRule.Phantom, phantom);
        }

        if (_hasRepeats)
        {
            for (var v = 0; v < values.Length; v++)
            {
                if (!values[v].IsRepeated || !values[v].IsObserved) continue;
                repeated = v;
                return default;
            }
        }

        if (_swaps == 0) return default;
        for (var v = 0; v < values.Length; v++)
        {
            if (!values[v].IsSwapped || !values[v].IsKept) continue;
            ref var next = ref values[values[v].Previous].Next;
            if (next >= 0) return new(RegisterRule.TwoSwaps, next, v);
            next = v;
        }

        return default;
    }

    /// <summary>Walks the chains, one block each, and puts the blocks in order. Returns what is wrong.</summary>
    public RegisterConflict Order()
    {
        var values = _values.All;
        _blocks = new Rented<long>(values.Length);
        var blocks = _blocks.Span;
        var swapsWalked = 0;
        var swapsKept = 0;
        for (var v = 0; v < values.Length; v++)
        {
            ref var head = ref values[v];
            if (v > 0)
            {
                if (!head.IsKept)
                {
                    if (head.Writer >= 0) _dropped++;
                    continue;
                }

                if (head.IsSwapped)
                {
                    swapsKept++;
                    continue;
                }
            }

            var first = head.WriterReturn;
            var last = head.WriterInvoke;
            for (var at = v; ;)
            {
                ref readonly var value = ref values[at];
                if (value.MinReturn < last) return new(RegisterRule.LateReader, at, v);
                first = Math.Min(first, value.MinReturn);
                last = Math.Max(last, value.MaxInvoke);
                at = value.Next;
                if (at < 0) break;
                swapsWalked++;
                ref readonly var swap = ref values[at];
                if (swap.WriterReturn < last) return new(RegisterRule.LateWriter, at, v);
                first = Math.Min(first, swap.WriterReturn);
                last = Math.Max(last, swap.WriterInvoke);
            }

            head.MinReturn = first;
            head.MaxInvoke = last;
            blocks[_blockCount++] = PositionSort.Entry(Math.Min(first, last), v);
        }

        return swapsWalked < swapsKept ? new(RegisterRule.Cycle, UnwalkedSwap(values)) : Arrange(values);
    }

    /// <summary>The first value of the chain that a value belongs to. There must be no cycle.</summary>
    public readonly int HeadOf(int value)
    {
        while (Values[value].IsSwapped) value = Values[value].Previous;
        return value;
    }

    // Sorted by the smaller of its two ends, each block may only collide with the last forward one (first return before last invocation).
    private RegisterConflict Arrange(Span<RegisterValue> values)
    {
        var blocks = _blocks.Span[.._blockCount];
        PositionSort.Sort(blocks);
        var forward = RegisterValue.None;
        var forwardLast = -1;
        foreach (var block in blocks)
        {
            ref readonly var head = ref values[PositionSort.NumberOf(block)];
            if (head.MinReturn < forwardLast) return new(RegisterRule.Overlap, forward, PositionSort.NumberOf(block));
            if (head.MinReturn >= head.MaxInvoke) continue;
            forward = PositionSort.NumberOf(block);
            forwardLast = head.MaxInvoke;
        }

        return default;
    }

    private int Write(long bits, int row, int invoke, int ret)
    {
        var number = _values.NumberOf(bits);
        ref var value = ref _values[number];
        if (value.Writer >= 0 || number == 0)
        {
            value.Repeat();
            _hasRepeats = true;
            number = _values.AddAnonymous(bits);
            value = ref _values[number];
        }

        value.Writer = row;
        value.WriterInvoke = invoke;
        value.WriterReturn = ret;
        return number;
    }

    private int Swap(int row, OperationType type, long expected, long replacement, int invoke, int ret)
    {
        if (type == OperationType.Fail)
        {
            HasFailedSwaps = true;
            _dropped++;
            return Nothing;
        }

        if (expected == replacement)
        {
            // It changes nothing: if it happened, it is a read.
            if (type == OperationType.Info)
            {
                _dropped++;
                return Nothing;
            }

            var read = _values.NumberOf(expected);
            _values[read].AddRead(invoke, ret);
            return read;
        }

        var previous = _values.NumberOf(expected);
        if (type == OperationType.Ok) _values[previous].Observe();
        else _hasUnknownSwaps = true;
        var number = Write(replacement, row, invoke, ret);
        _values[number].Previous = previous;
        _swaps++;
        return ~number;
    }

    // An observed value that a compare-and-set of unknown outcome wrote makes that operation certain, and with it the value it replaced.
    private static int ObserveSources(Span<RegisterValue> values, ref int repeated)
    {
        for (var v = 1; v < values.Length; v++)
        {
            for (var at = v; values[at].IsObserved && values[at].IsSwapped && values[at].WriterReturn == KeyHistory.Never;)
            {
                if (values[at].IsRepeated)
                {
                    repeated = at;
                    return RegisterValue.None;
                }

                at = values[at].Previous;
                if (values[at].IsObserved) break;
                values[at].Observe();
                if (at > 0 && values[at].Writer < 0) return at;
            }
        }

        return RegisterValue.None;
    }

    // Chains that start at a write were walked; whatever else is kept lies on a cycle, or behind one.
    private static int UnwalkedSwap(Span<RegisterValue> values)
    {
        for (var v = 1; v < values.Length; v++)
        {
            if (!values[v].IsKept || !values[v].IsSwapped) continue;
            var (slow, fast) = (v, v);
            do
            {
                slow = values[slow].Previous;
                fast = values[fast].Previous;
                if (values[fast].IsSwapped) fast = values[fast].Previous;
            }
            while (slow != fast && values[slow].IsSwapped && values[fast].IsSwapped);
            if (slow == fast && values[slow].IsSwapped) return slow;
        }

        throw new UnreachableException("a compare-and-set that no chain reaches lies on a cycle");
    }
}

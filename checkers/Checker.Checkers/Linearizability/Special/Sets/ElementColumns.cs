using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>
/// The rows of a set that is never read whole, by element, and the <see cref="ElementBounds"/> of each: by these alone, without looking at an element's rows
/// one after another, most elements are decided. O(rows), 5 bytes for each row and 44 for each element.
/// </summary>
internal sealed class ElementColumns : IDisposable
{
    private readonly KeyHistory _history;
    private readonly int _cores;
    private ValueNumbers _numbers;
    private Rented<int> _elements; // by row: the number of its element
    private Rented<byte> _steps; // by row: what it does, + 1
    private Rented<ElementBounds> _bounds; // by element

    private ElementColumns(in KeyHistory history, int cores)
    {
        (_history, _cores) = (history, Math.Max(1, cores));
        _elements = new(history.Count);
        _steps = new(history.Count);
    }

    /// <summary>How many elements there are.</summary>
    public int Count => _numbers.Count;

    /// <summary>Whether some element takes more than its bounds to decide.</summary>
    public bool HasOpen { get; private set; }

    /// <summary>Reads the rows; null if a result has no form.</summary>
    /// <param name="history">The rows.</param>
    /// <param name="initial">The elements at first.</param>
    /// <param name="cores">How many cores may help.</param>
    public static ElementColumns? Of(in KeyHistory history, IReadOnlySet<ValueId> initial, int cores)
    {
        var columns = new ElementColumns(history, cores);
        if (columns.Fill(initial)) return columns;
        columns.Dispose();
        return null;
    }

    /// <summary>An element by its number.</summary>
    public ValueId this[int element] => _numbers[element];

    /// <summary>Whether an element was there at first, or was added or removed more than once.</summary>
    public bool IsRepeated(int element) => _bounds.Span[element].IsRepeated;

    /// <summary>Whether it takes more than the bounds to decide an element.</summary>
    public bool IsOpen(int element) => _bounds.Span[element].IsOpen;

    /// <summary>The first element that is not open and has no order; −1 if all have.</summary>
    public int FirstWithoutOrder()
    {
        var bounds = _bounds.Span;
        var (first, undecided) = (bounds.Length, false);
        for (var element = 0; element < first; element++)
        {
            if (bounds[element].IsOpen) continue;
            var exists = bounds[element].HasOrder(out _, out _);
            if (exists == false) first = element;
            undecided |= exists is null;
        }

        if (undecided) first = Math.Min(first, FirstMissed(first));
        return first == bounds.Length ? -1 : first;
    }

    /// <summary>The rows of an element.</summary>
    public int[] RowsOf(int element)
    {
        var rows = new List<int>();
        var elements = _elements.Span;
        for (var row = 0; row < elements.Length; row++)
        {
            if (elements[row] == element) rows.Add(row);
        }

        return [.. rows];
    }

    /// <summary>The rows sorted by element: all of them, or those of the elements that are open.</summary>
    /// <param name="all">Whether all are wanted.</param>
    /// <param name="starts">Where the rows of each element begin, and the end.</param>
    public Rented<int> Group(bool all, Span<int> starts)
    {
        var elements = _elements.Span;
        var bounds = _bounds.Span;
        starts.Clear();
        foreach (var element in elements)
        {
            if (all || bounds[element].IsOpen) starts[element]++;
        }

        var sum = 0;
        foreach (ref var start in starts) start = sum += start;
        var grouped = new Rented<int>(sum);
        for (var row = elements.Length - 1; row >= 0; row--)
        {
            if (all || bounds[elements[row]].IsOpen) grouped.Array[--starts[elements[row]]] = row;
        }

        return grouped;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _numbers.Dispose();
        _elements.Dispose();
        _steps.Dispose();
        _bounds.Dispose();
    }

    private bool Fill(IReadOnlySet<ValueId> initial)
    {
        var formed = true;
        Each(2, task =>
        {
            if (task == 0) Number();
            else formed = ReadSteps();
        });
        if (!formed) return false;
        _bounds = new(Count);
        _bounds.Span.Fill(ElementBounds.None);
        foreach (var element in initial)
        {
            if (_numbers.Lookup(element) is >= 0 and var number) _bounds.Span[number].Begin();
        }

        Each(_cores, part => Bound((int)((long)Count * part / _cores), (int)((long)Count * (part + 1) / _cores)));
        foreach (ref readonly var bounds in _bounds.Span) HasOpen |= bounds.IsOpen;
        return true;
    }

    private void Each(int count, Action<int> action)
    {
        if (_cores > 1) Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = _cores }, action);
        else for (var i = 0; i < count; i++) action(i);
    }

    private void Number()
    {
        var inputs = _history.Inputs;
        var elements = _elements.Span;
        _numbers = new ValueNumbers(Math.Max(16, inputs.Length / 4), inputs);
        for (var row = 0; row < elements.Length; row++) elements[row] = _numbers.NumberOf(inputs[row]);
    }

    private bool ReadSteps()
    {
        var values = _history.History.Values;
        var functions = _history.Functions;
        var types = _history.Types;
        var inputs = _history.Inputs;
        var outputs = _history.Outputs;
        var steps = _steps.Span;
        for (var row = 0; row < steps.Length; row++)
        {
            if (ElementStep.Of(values, functions[row], types[row], inputs[row], outputs[row]) is not { } step) return false;
            steps[row] = step.Code;
        }

        return true;
    }

    // Of the elements from one up to another, so that several cores need not know of each other.
    private void Bound(int from, int to)
    {
        var functions = _history.Functions;
        var invokes = _history.Invokes;
        var returns = _history.Returns;
        var steps = _steps.Span;
        var elements = _elements.Span;
        var bounds = _bounds.Span[from..to];
        for (var row = 0; row < elements.Length; row++)
        {
            var element = elements[row] - from;
            if ((uint)element >= (uint)bounds.Length) continue;
            bounds[element].Add(functions[row] != Function.Contains, ElementStep.Of(steps[row]), invokes[row], returns[row]);
        }
    }

    // The first element, up to one, that some row missed when it must have been there; the limit if there is none.
    private int FirstMissed(int limit)
    {
        var functions = _history.Functions;
        var invokes = _history.Invokes;
        var returns = _history.Returns;
        var steps = _steps.Span;
        var elements = _elements.Span;
        var bounds = _bounds.Span;
        for (var row = 0; row < elements.Length; row++)
        {
            if (functions[row] != Function.Contains || elements[row] >= limit || ElementStep.Of(steps[row]).Present) continue;
            ref readonly var element = ref bounds[elements[row]];
            if (element.IsOpen || element.HasOrder(out var earliest, out var latest) is not null) continue;
            if (invokes[row] >= earliest && returns[row] < latest) limit = elements[row];
        }

        return limit;
    }
}

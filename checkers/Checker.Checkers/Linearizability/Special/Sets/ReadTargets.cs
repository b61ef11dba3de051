using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Special.Sets;

/// <summary>The elements of a set by number, and what each whole read says of each of them: one bit per element and distinct list.</summary>
internal sealed class ReadTargets : IDisposable
{
    private const long MostWords = 1L << 24;

    private readonly Dictionary<ValueId, ulong[]> _lists = [];
    private readonly KeyHistory _history;
    private ValueNumbers _numbers;

    private ReadTargets(KeyHistory history)
    {
        _history = history;
        _numbers = new ValueNumbers(Math.Min(history.Count, 1 << 16));
    }

    /// <summary>How many elements there are.</summary>
    public int Elements => _numbers.Count;

    /// <summary>How many words hold a bit for each element.</summary>
    public int Words => (Elements + 63) / 64;

    /// <summary>The number of an element that some add, remove or question names, or that is there at first.</summary>
    public int NumberOf(ValueId element) => _numbers.Lookup(element);

    /// <summary>An element by its number.</summary>
    public ValueId ValueOf(int element) => _numbers[element];

    /// <summary>The elements that a read lists.</summary>
    public ReadOnlySpan<ulong> Of(int read) => _lists[_history.Outputs[read]];

    /// <summary>Whether a read lists an element.</summary>
    public bool Shows(int read, int element) => (_lists[_history.Outputs[read]][element >> 6] >> element & 1) != 0;

    /// <inheritdoc/>
    public void Dispose() => _numbers.Dispose();

    /// <summary>Reads the rows; null, and the verdict, if a read is impossible by itself or there is too much to hold.</summary>
    public static ReadTargets? Of(in KeyHistory history, HashSet<ValueId> initial, out SpecialVerdict verdict)
    {
        var targets = new ReadTargets(history);
        foreach (var element in initial) targets._numbers.NumberOf(element);
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Read) targets._numbers.NumberOf(history.Inputs[row]);
        }

        var answer = targets.ReadLists();
        verdict = answer ?? default;
        if (answer is null) return targets;
        targets.Dispose();
        return null;
    }

    private SpecialVerdict? ReadLists()
    {
        var values = _history.History.Values;
        for (var row = 0; row < _history.Count; row++)
        {
            var output = _history.Outputs[row];
            if (_history.Functions[row] != Function.Read || _lists.ContainsKey(output)) continue;
            if (!output.IsNull && values.Kind(output) != ValueKind.List) return SpecialVerdict.NotApplicable("a read that is no list");
            if (((long)_lists.Count + 1) * Words > MostWords) return SpecialVerdict.NotApplicable("too many different reads of too many elements");
            var bits = new ulong[Words];
            foreach (var item in output.IsNull ? [] : values.Items(output))
            {
                var element = _numbers.Lookup(item);
                if (element < 0) return SpecialVerdict.Invalid(SetEvidence.Phantom(_history, row, item));
                if ((bits[element >> 6] >> element & 1) != 0) return SpecialVerdict.Invalid(SetEvidence.Doubled(_history, row, item));
                bits[element >> 6] |= 1UL << element;
            }

            _lists.Add(output, bits);
        }

        return null;
    }
}

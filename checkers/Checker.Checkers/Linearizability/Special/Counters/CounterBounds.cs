using System.Globalization;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>
/// Refutes counters that go up and down: a read finds at least what had certainly been added before it began and the most that can have been
/// taken away before it ended, and at most the opposite. It never says valid. O(n log n).
/// </summary>
internal sealed class CounterBounds : ISpecialAlgorithm
{
    private const long Most = 1L << 40;

    /// <inheritdoc/>
    public string Name => "counter bounds";

    /// <inheritdoc/>
    public bool Supports(DataType type, CheckOptions options) => type.Name == DataTypes.PnCounter.Name;

    /// <inheritdoc/>
    public SpecialVerdict TryDecide(in KeyHistory history, CheckOptions options)
    {
        var values = history.History.Values;
        if (!values.TryGetInteger(history.Initial, out var initial)) initial = 0;
        if (initial is < -Most or > Most) return SpecialVerdict.NotApplicable("values beyond what can be counted");
        var events = new List<long>(2 * history.Count); // begins and ends of changes and reads, by position
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] != Function.Read && CounterRows.Amount(history, row) is not (>= -Most and <= Most))
                return SpecialVerdict.NotApplicable("an amount without form, or too large a one");
            if (history.Functions[row] == Function.Read && !values.TryGetInteger(history.Outputs[row], out _)) return SpecialVerdict.NotApplicable("a read without form");
            events.Add(PositionSort.Entry(history.Invokes[row], row));
            if (history.Returns[row] != KeyHistory.Never) events.Add(PositionSort.Entry(history.Returns[row], ~row));
        }

        PositionSort.Sort(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(events));
        var begun = new (long Down, long Up)[history.Count]; // by read: what had ended before it began
        var ended = (Down: initial, Up: initial);
        var possible = (Down: 0L, Up: 0L); // what has begun
        var over = (Down: 0L, Up: 0L);     // of that, what has ended
        foreach (var entry in events)
        {
            var number = PositionSort.NumberOf(entry);
            var row = number < 0 ? ~number : number;
            if (history.Functions[row] == Function.Read)
            {
                if (number >= 0)
                {
                    // What was open then may have changed it or not; what begins until the read ends is added at its end.
                    begun[row] = (ended.Down - over.Down, ended.Up - over.Up);
                    continue;
                }

                values.TryGetInteger(history.Outputs[row], out var found);
                var (low, high) = (begun[row].Down + possible.Down, begun[row].Up + possible.Up);
                if (found < low || found > high) return SpecialVerdict.Invalid(OutOfBounds(history, row, low, high));
                continue;
            }

            var amount = CounterRows.Amount(history, row)!.Value;
            if (number >= 0)
            {
                possible = (possible.Down + Math.Min(0, amount), possible.Up + Math.Max(0, amount));
                continue;
            }

            ended = (ended.Down + amount, ended.Up + amount);
            over = (over.Down + Math.Min(0, amount), over.Up + Math.Max(0, amount));
        }

        return SpecialVerdict.NotApplicable("a counter that goes up and down");
    }

    private static Anomaly OutOfBounds(in KeyHistory history, int read, long low, long high)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        for (var row = 0; row < history.Count && history.Invokes[row] < history.Returns[read]; row++)
        {
            if (row == read || history.Functions[row] != Function.Read) evidence.Add(row);
        }

        return evidence.Build(
            "phantom-read",
            string.Create(CultureInfo.InvariantCulture, $"{prose.Did(read)}, but what was added and taken away before and meanwhile comes to {low} at least and {high} at most."));
    }
}

using System.Globalization;
using Checker.Histories;

namespace Checker.Checkers.Convergence;

/// <summary>
/// Counters: a final read returns the sum of all updates that happened and of some of those of unknown outcome. Near-linear where the latter
/// are of like size; else within the budget. See <see cref="EventualModel"/>.
/// </summary>
internal sealed class CounterConvergence(Judgement judgement)
{
    private readonly History _history = judgement.History;
    private readonly SortedDictionary<int, Counter> _judged = [];

    /// <summary>Judges every counter that has a final read.</summary>
    public void Run()
    {
        var seen = new HashSet<(int Process, int Key)>();
        for (var op = _history.Count - 1; op >= 0 && _history.Invoke[op] > judgement.Quiet.Start; op--)
        {
            if (!judgement.IsQuietRead(op) || !seen.Add((_history.Process[op], _history.Key[op]))) continue;
            judgement.Findings.FinalReads++;
            if (!_judged.TryGetValue(_history.Key[op], out var counter)) _judged.Add(_history.Key[op], counter = new Counter());
            counter.Reads.Add(op);
        }

        if (_judged.Count == 0) return;
        for (var op = 0; op < _history.Count; op++)
        {
            if (!judgement.IsUpdate(op) || !_judged.TryGetValue(_history.Key[op], out var counter)) continue;
            var change = Change(op);
            if (_history.Types[op] == OperationType.Ok) (counter.Sum, counter.Updates) = (counter.Sum + change, counter.Updates + 1);
            else counter.Unknown.Add(change);
        }

        foreach (var (key, counter) in _judged)
        {
            if (judgement.Findings.AreEnough) return;
            Judge(key, counter);
        }
    }

    private void Judge(int key, Counter counter)
    {
        var sums = new ReachableSums();
        counter.Unknown.Sort(static (a, b) => Int128.Abs(a).CompareTo(Int128.Abs(b)));
        foreach (var change in counter.Unknown)
        {
            sums.Add(change);
            judgement.Findings.Steps += sums.Intervals;
            if (judgement.Findings.Steps <= judgement.Options.MaxSteps && sums.Intervals <= judgement.Options.MaxBytes / 64) continue;
            judgement.Findings.Leave(string.Create(
                CultureInfo.InvariantCulture,
                $"the budget ended before the sums of {counter.Unknown.Count:N0} updates of unknown outcome of {judgement.ObjectText(key)} were known"));
            return;
        }

        // Sums wrap at 64 bits. A range as wide as that would reach every number by wrapping, or leave too much to look at.
        if (sums.Greatest - sums.Least > ulong.MaxValue)
        {
            judgement.Findings.Leave($"the updates of unknown outcome of {judgement.ObjectText(key)} span more than 64 bits");
            return;
        }

        judgement.History.Values.TryGetInteger(judgement.Initial, out var initial);
        var certain = unchecked((long)(initial + counter.Sum));
        foreach (var read in counter.Reads.Order())
        {
            _history.Values.TryGetInteger(_history.Output[read], out var value);
            if (IsReachable(sums, unchecked(value - certain))) continue;
            judgement.Findings.Report(Anomaly(key, counter, read, certain, sums));
            return;
        }
    }

    // The difference modulo 2^64, taken into the range of the sums.
    private static bool IsReachable(ReachableSums sums, long difference)
    {
        Int128 wrap = (Int128)1 << 64;
        return sums.Contains(difference) || sums.Contains(difference + wrap) || sums.Contains(difference - wrap);
    }

    private Anomaly Anomaly(int key, Counter counter, int read, long certain, ReachableSums sums)
    {
        var unknown = counter.Unknown.Count == 0
            ? "and there was no update of unknown outcome"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"and no selection of the {counter.Unknown.Count:N0} updates of unknown outcome, which make from {sums.Least} to {sums.Greatest}, explains the difference");
        var other = counter.Reads.Where(op => _history.Output[op] != _history.Output[read]).Order().FirstOrDefault(-1);
        var others = other < 0 ? "" : $" {judgement.Words.Full(other)}.";
        return new Anomaly(
            "impossible-sum",
            other < 0 ? [read] : [.. new[] { read, other }.Order()],
            string.Create(
                CultureInfo.InvariantCulture,
                $"Everything was quiet from {judgement.Quiet.Text} on. After that, {judgement.Words.Full(read)}, and did not read again. But the initial value and the {counter.Updates:N0} updates that happened make {certain}, {unknown}.{others}"))
        {
            Key = key,
        };
    }

    private long Change(int operation)
    {
        var amount = _history.Values.TryGetInteger(_history.Input[operation], out var given) ? given : 1;
        return _history.Functions[operation] == Function.Decrement ? unchecked(-amount) : amount;
    }

    private sealed class Counter
    {
        public List<int> Reads { get; } = [];

        public List<long> Unknown { get; } = [];

        public Int128 Sum { get; set; }

        public int Updates { get; set; }
    }
}

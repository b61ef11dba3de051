using System.Runtime.InteropServices;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Convergence;

/// <summary>
/// Append-lists: a final read has the initial items and then, once each, all items whose append happened and some of those of unknown
/// outcome, and all final reads have them in one order. O(operations and items read). See <see cref="EventualModel"/>.
/// </summary>
internal sealed class ListConvergence(Judgement judgement)
{
    private readonly History _history = judgement.History;
    private readonly SortedDictionary<int, List<int>> _reads = [];
    private readonly Dictionary<(int Key, ValueId Value), Item> _items = [];

    /// <summary>Judges every list that has a final read.</summary>
    public void Run()
    {
        var seen = new HashSet<(int Process, int Key)>();
        for (var op = _history.Count - 1; op >= 0 && _history.Invoke[op] > judgement.Quiet.Start; op--)
        {
            if (!judgement.IsQuietRead(op) || !seen.Add((_history.Process[op], _history.Key[op]))) continue;
            judgement.Findings.FinalReads++;
            if (!_reads.TryGetValue(_history.Key[op], out var reads)) _reads.Add(_history.Key[op], reads = []);
            reads.Add(op);
        }

        if (_reads.Count == 0) return;
        FindAppends();
        FindEvidence();
        var keys = _items.GroupBy(item => item.Key.Key).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var (key, all) in _reads)
        {
            if (judgement.Findings.AreEnough) return;
            all.Sort();
            List<int> reads = [.. all.DistinctBy(op => _history.Output[op])];
            if (Contents(key, reads, keys.GetValueOrDefault(key) ?? []) is { } wrong) judgement.Findings.Report(wrong);
            else CheckOrder(key, reads);
        }
    }

    private void FindAppends()
    {
        for (var op = 0; op < _history.Count; op++)
        {
            if (!judgement.IsUpdate(op) || !_reads.ContainsKey(_history.Key[op])) continue;
            var item = CollectionsMarshal.GetValueRefOrAddDefault(_items, (_history.Key[op], _history.Input[op]), out _) ??= new Item();
            if (_history.Types[op] == OperationType.Ok) (item.Append, item.Happened) = (op, item.Happened + 1);
            else (item.MayAppend, item.Unknown) = (op, item.Unknown + 1);
        }
    }

    // As many appends of an item happened before the quiet period as a list that was read before it shows.
    private void FindEvidence()
    {
        if (!_items.Values.Any(static item => item.Unknown > 0)) return;
        var known = new HashSet<(int Key, ValueId List)>();
        for (var op = 0; op < _history.Count && _history.Invoke[op] < judgement.Quiet.Start; op++)
        {
            if (!judgement.IsEarlier(op) || _history.Functions[op] != Function.Read || !known.Add((_history.Key[op], _history.Output[op]))) continue;
            if (!BeginsRight(op)) continue;
            foreach (var (value, count) in Count(op))
            {
                if (!_items.TryGetValue((_history.Key[op], value), out var item)) continue;
                var more = Math.Min(count - item.Happened, item.Unknown);
                if (more <= 0) continue;
                if (item.Append < 0) item.Append = item.MayAppend;
                (item.Happened, item.Unknown, item.Witness) = (item.Happened + more, item.Unknown - more, op);
            }
        }
    }

    private Anomaly? Contents(int key, List<int> reads, List<KeyValuePair<(int Key, ValueId Value), Item>> appended)
    {
        foreach (var read in reads)
        {
            if (!BeginsRight(read))
            {
                return Anomaly("lost-element", [read], key, $"{Did(read)}. But the list began with {_history.Values.Text(judgement.Initial)}.");
            }

            var counts = Count(read);
            foreach (var ((_, value), item) in appended)
            {
                if (counts.GetValueOrDefault(value) >= item.Happened) continue;
                var seen = item.Witness < 0 ? "" : $", and that happened, since {judgement.Words.Full(item.Witness)}";
                var often = item.Happened > 1 ? $" It was appended {item.Happened} times." : "";
                int[] shown = item.Witness < 0 ? [.. AppendsOf(key, value), read] : [.. AppendsOf(key, value), .. judgement.Evidence(item.Witness), read];
                return Anomaly("lost-element", shown, key, $"{Did(read)}. But {judgement.Words.Full(item.Append)}{seen}.{often}");
            }

            foreach (var (value, count) in counts)
            {
                var item = _items.GetValueOrDefault((key, value));
                if (count <= (item?.Happened ?? 0) + (item?.Unknown ?? 0)) continue;
                return item is null
                    ? Anomaly("unadded-element", [read], key, $"{Did(read)}. But nobody who may have succeeded appended {_history.Values.Text(value)}.")
                    : Anomaly("duplicate-element", [read], key, $"{Did(read)}. It has {_history.Values.Text(value)} more often than it was appended.");
            }
        }

        return null;
    }

    // One order for all final reads: each read's items in a row are edges, and there must be no cycle. The i-th time that a value occurs is the
    // same item in every read if all of them have it equally often; otherwise some other matching might do.
    private void CheckOrder(int key, List<int> reads)
    {
        var repeated = false;
        bool IsClear(ValueId value)
        {
            var item = _items[(key, value)];
            var isClear = item.Unknown == 0 || item.Unknown + item.Happened == 1;
            repeated |= !isClear;
            return isClear;
        }

        if (new ItemOrder(reads, op => Appended(op).ToArray()).Conflict() is not { } conflict) return;
        var certain = new ItemOrder(reads, op => [.. Appended(op).ToArray().Where(IsClear)]).Conflict();
        if (certain is null && repeated)
        {
            judgement.Findings.Leave($"{judgement.ObjectText(key)} has items that were appended more than once, with unknown outcome, and stand in different orders");
            return;
        }

        var shown = (certain ?? conflict).Reads;
        judgement.Findings.Report(Anomaly(
            "final-reads-disagree",
            [.. shown],
            key,
            $"{string.Join("; ", shown.Select(judgement.Words.Full))}; none of them read it again. No one order of the items explains them: {(certain ?? conflict).Text(_history.Values)}. " +
            "Replicas that have received the same updates hold the same list; these have not converged."));
    }

    private IEnumerable<int> AppendsOf(int key, ValueId value) => Enumerable.Range(0, _history.Count).Where(op =>
        judgement.IsUpdate(op) && _history.Key[op] == key && _history.Input[op] == value);

    private bool BeginsRight(int read) =>
        Malformations.ItemsOf(_history.Values, _history.Output[read]).StartsWith(Malformations.ItemsOf(_history.Values, judgement.Initial));

    private Dictionary<ValueId, int> Count(int read)
    {
        var counts = new Dictionary<ValueId, int>();
        foreach (var value in Appended(read)) CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _)++;
        return counts;
    }

    private ReadOnlySpan<ValueId> Appended(int read) =>
        Malformations.ItemsOf(_history.Values, _history.Output[read])[Malformations.ItemsOf(_history.Values, judgement.Initial).Length..];

    private string Did(int read) => $"{judgement.Words.Full(read)} and did not read it again";

    private Anomaly Anomaly(string kind, int[] operations, int key, string why) => new(
        kind, [.. operations.Distinct().Order()], $"Everything was quiet from {judgement.Quiet.Text} on. After that, {why}")
    {
        Key = key,
    };

    private sealed class Item
    {
        public int Append { get; set; } = -1;

        public int MayAppend { get; set; } = -1;

        public int Happened { get; set; }

        public int Unknown { get; set; }

        public int Witness { get; set; } = -1;
    }
}

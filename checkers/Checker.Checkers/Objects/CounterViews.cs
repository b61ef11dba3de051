using Checker.Checkers.Lattice;
using Checker.Histories;

namespace Checker.Checkers.Objects;

/// <summary>
/// Counters by their sums. Addition is commutative and results of updates are not looked at, so a read sees any set of updates that sums up to
/// what it returned, and no order matters: whatever order of the others' updates, a process's own can stand after those that it had seen.
/// </summary>
/// <remarks>
/// <para>Refutes every model by the least and greatest sum that a read can see: all falling or all rising updates but its own process's later ones, and,
/// where it must see them, its own process's earlier ones.</para>
/// <para>Read-your-writes: the read sees its process's earlier updates and any of the others'. Where the others' amounts are complete (in ascending
/// order none is more than one above the sum of those before it) they sum up to everything between their least and greatest sum (each of the falling ones
/// taken or left is each of its absolute amount left or taken), so that what is not refuted is valid. Monotonic reads: from one read to the next a
/// process sees more updates that make up the difference, the greatest first, so that small ones are left for later. Monotonic writes and
/// writes-follow-reads: <see cref="CounterPrefixes"/>, <see cref="CounterOvertaking"/>. O(rows · log rows + rows · different amounts).</para>
/// </remarks>
internal sealed class CounterViews : TypeViews
{
    private const int MostAmounts = 64; // different ones of one object that are looked at

    private readonly ObjectHistory _rows;
    private readonly long[] _amount;
    private readonly long[] _sum;
    private readonly bool[] _reads;
    private readonly long[] _rise;
    private readonly long[] _fall;
    private readonly SortedDictionary<long, long>[] _counts;

    private CounterViews(ObjectHistory rows)
    {
        _rows = rows;
        (_amount, _sum, _reads) = (new long[rows.Count], new long[rows.Count], new bool[rows.Count]);
        (_rise, _fall) = (new long[rows.ObjectCount], new long[rows.ObjectCount]);
        _counts = [.. Enumerable.Range(0, rows.ObjectCount).Select(static _ => new SortedDictionary<long, long>())];
    }

    /// <inheritdoc/>
    public override string Algorithm => "sums of counters";

    /// <summary>The views of a history of counters; null if it is of another type, or sums might wrap.</summary>
    public static CounterViews? Of(ObjectHistory rows, CheckOptions options)
    {
        if (rows.Type.Sequential.Name is not ("counter" or "pn-counter")) return null;
        var views = new CounterViews(rows);
        return views.Fill(rows.History.Values.TryGetInteger(Linearizability.Linearizability.InitialOf(rows.History, options), out var initial) ? initial : 0)
            ? views : null;
    }

    /// <inheritdoc/>
    public override Anomaly? Refute(string model)
    {
        if (!SessionJudge.Judges(model)) return null;
        var seesOwn = model == ModelNames.ReadYourWrites;
        for (var process = 0; process < _rows.ProcessCount; process++)
        {
            var (earlier, later) = (new Dictionary<int, (long Rise, long Fall)>(), new Dictionary<int, (long Rise, long Fall)>());
            for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++) Count(later, row, 1);
            for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++)
            {
                var target = _rows.Object[row];
                if (_reads[row])
                {
                    var (before, after) = (earlier.GetValueOrDefault(target), later.GetValueOrDefault(target));
                    var most = _rise[target] - after.Rise;
                    var least = _fall[target] - after.Fall;
                    if (_sum[row] > most + (seesOwn ? before.Fall : 0)) return Beyond(row, most, -1, seesOwn);
                    if (_sum[row] < least + (seesOwn ? before.Rise : 0)) return Beyond(row, least, 1, seesOwn);
                }

                Count(later, row, -1);
                Count(earlier, row, 1);
            }
        }

        return model == ModelNames.WritesFollowReads ? new CounterOvertaking(_rows, _amount, _sum, _reads).Refute() : null;
    }

    /// <inheritdoc/>
    public override bool Proves(string model, Allowance allowance) => model switch
    {
        ModelNames.ReadYourWrites => EachObject((process, target, own) => IsComplete(target, own), allowance),
        ModelNames.MonotonicReads => EachObject((process, target, own) => Grows(process, target, own, allowance), allowance),
        ModelNames.MonotonicWrites => new CounterPrefixes(_rows, _amount, _sum, _reads, closed: true, allowance).Run(),
        ModelNames.WritesFollowReads => IsOneOfUnits || new CounterPrefixes(_rows, _amount, _sum, _reads, closed: false, allowance).Run(),
        _ => false,
    };

    // Of these what overtaking does not refute is valid.
    private bool IsOneOfUnits => _rows.ObjectCount == 1 && _counts[0].Keys.All(static amount => amount == 1);

    private bool Fill(long initial)
    {
        var all = (Int128)initial;
        var lowest = all;
        for (var row = 0; row < _rows.Count; row++)
        {
            var op = _rows.Original[row];
            if (!_rows.Update[row])
            {
                if (_rows.Optional[row] || !_rows.History.Values.TryGetInteger(_rows.History.Output[op], out var sum)) continue;
                _reads[row] = true;
                if ((Int128)sum - initial is var difference && (difference < long.MinValue / 4 || difference > long.MaxValue / 4)) return false;
                _sum[row] = sum - initial;
                continue;
            }

            var amount = _rows.History.Values.TryGetInteger(_rows.History.Input[op], out var given) ? given : 1;
            if (amount == long.MinValue) return false;
            if (_rows.History.Functions[op] == Function.Decrement) amount = -amount;
            _amount[row] = amount;
            (all, lowest) = (all + Math.Max(0, amount), lowest + Math.Min(0, amount));
            if (all > long.MaxValue / 4 || lowest < long.MinValue / 4) return false;
            var target = _rows.Object[row];
            if (amount > 0) _rise[target] += amount;
            else _fall[target] += amount;
            if (amount != 0) _counts[target][amount] = _counts[target].GetValueOrDefault(amount) + 1;
        }

        return true;
    }

    private void Count(Dictionary<int, (long Rise, long Fall)> sums, int row, int sign)
    {
        if (_amount[row] == 0) return;
        var (rise, fall) = sums.GetValueOrDefault(_rows.Object[row]);
        sums[_rows.Object[row]] = _amount[row] > 0 ? (rise + (sign * _amount[row]), fall) : (rise, fall + (sign * _amount[row]));
    }

    // A sum beyond all that can be seen, after as few as possible of the updates that must be.
    private Anomaly Beyond(int row, long reach, int sign, bool seesOwn)
    {
        var members = new List<int> { row };
        IEnumerable<int> own = !seesOwn ? [] : Enumerable.Range(_rows.Start[_rows.Process[row]], row - _rows.Start[_rows.Process[row]])
            .Where(other => _rows.Object[other] == _rows.Object[row] && _amount[other] * (Int128)sign > 0)
            .OrderByDescending(other => Math.Abs(_amount[other]));
        foreach (var update in own)
        {
            if (sign > 0 ? _sum[row] < reach : _sum[row] > reach) break;
            reach += _amount[update];
            members.Add(update);
        }

        var what = sign > 0 ? "it shows less than" : "it shows more than";
        return new Grounds(_rows, observed: null).Because(
            "ImpossibleSum", [.. members], [.. members.Skip(1).Select(update => (update, row))], $"{what} any updates that it may have seen sum up to, so nothing explains");
    }

    // For each process and object that it reads: what its own updates add to each amount.
    private bool EachObject(Func<int, int, Dictionary<long, long>, bool> holds, Allowance allowance)
    {
        for (var process = 0; process < _rows.ProcessCount; process++)
        {
            var own = new Dictionary<int, Dictionary<long, long>>();
            var read = new HashSet<int>();
            for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++)
            {
                if (_reads[row]) read.Add(_rows.Object[row]);
                if (_amount[row] == 0) continue;
                if (!own.TryGetValue(_rows.Object[row], out var amounts)) own.Add(_rows.Object[row], amounts = []);
                amounts[_amount[row]] = amounts.GetValueOrDefault(_amount[row]) + 1;
            }

            if (!allowance.Step(0, 1 + ((_rows.Start[process + 1] - _rows.Start[process]) >> 2))) return false;
            foreach (var target in read)
            {
                if (!allowance.Step(0, 1 + _counts[target].Count) || !holds(process, target, own.GetValueOrDefault(target) ?? [])) return false;
            }
        }

        return true;
    }

    private bool IsComplete(int target, Dictionary<long, long> own)
    {
        var reach = 0L;
        foreach (var amount in _counts[target].Keys.Select(Math.Abs).Distinct().Order())
        {
            var count = Others(amount) + Others(-amount);
            if (count == 0) continue;
            if (amount > reach + 1) return false;
            reach += amount * count;
        }

        return true;

        long Others(long amount) => _counts[target].GetValueOrDefault(amount) - own.GetValueOrDefault(amount);
    }

    // One set of seen updates that grows from read to read.
    private bool Grows(int process, int target, Dictionary<long, long> own, Allowance allowance)
    {
        if (_counts[target].Count > MostAmounts) return false;
        long[] amounts = [.. _counts[target].Keys];
        long[] left = [.. amounts.Select(amount => _counts[target][amount] - own.GetValueOrDefault(amount))];
        var seen = 0L;
        for (var row = _rows.Start[process]; row < _rows.Start[process + 1]; row++)
        {
            if (_rows.Object[row] != target) continue;
            if (_amount[row] != 0) left[Array.BinarySearch(amounts, _amount[row])]++;
            if (!_reads[row]) continue;
            var missing = _sum[row] - seen;
            seen = _sum[row];
            for (var i = missing > 0 ? amounts.Length - 1 : 0; missing != 0 && i >= 0 && i < amounts.Length && amounts[i] > 0 == missing > 0; i += missing > 0 ? -1 : 1)
            {
                var taken = Math.Min(left[i], missing / amounts[i]);
                missing -= taken * amounts[i];
                left[i] -= taken;
            }

            if (missing != 0 || !allowance.Step(0)) return false;
        }

        return true;
    }
}

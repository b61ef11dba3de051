using System.Globalization;
using Checker.Checkers.Linearizability.Evidence;
using Checker.Checkers.Linearizability.General;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability;

/// <summary>
/// One check of one history: asks for each object the special algorithms first, then the general search, and puts the answers together.
/// </summary>
internal sealed class Portfolio
{
    private const long FirstRound = 200_000;

    private readonly History _history;
    private readonly DataType _type;
    private readonly ValueId _initial;
    private readonly IObjectJudge _judge;
    private readonly CheckOptions _options;
    private readonly ISpecialAlgorithm[] _special;
    private readonly SortedDictionary<string, int> _decidedBy = new(StringComparer.Ordinal);
    private int _lowestInvalid = int.MaxValue;
    private long _steps;

    public Portfolio(History history, DataType type, ValueId initial, IObjectJudge judge, CheckOptions options)
    {
        _history = history;
        _type = type;
        _initial = initial;
        _judge = judge;
        _options = options;
        _special = judge.IsBundled ? SpecialAlgorithms.For(type, options) : [];
    }

    public Verdict Run()
    {
        var orders = new List<int[]>();
        var partition = KeyPartition.Of(_history, _type, _initial, _options, _judge.IsBundled);
        var verdicts = Judge(partition);
        foreach (var verdict in verdicts)
        {
            if (verdict is null) continue;
            _decidedBy[verdict.Algorithm] = _decidedBy.GetValueOrDefault(verdict.Algorithm) + 1;
            if (verdict.Kind == VerdictKind.Valid && verdict.Order is not null) orders.Add(verdict.Order);
        }

        if (_lowestInvalid != int.MaxValue) return Invalid(partition[_lowestInvalid], verdicts[_lowestInvalid]!);
        if (verdicts.Any(v => v?.Kind == VerdictKind.Unknown)) return Unknown(verdicts);
        return Verdict.Valid(
            Linearizability.Model,
            Algorithms(),
            _options.Certify
                ? new OrderCertificate(partition.Count == 1 && orders.Count == 1 ? orders[0] : OrderMerge.Merge(_history, orders, _options.Parallelism))
                : null,
            _steps);
    }

    // In rounds: every undecided object gets an equal part of the steps that are left, few at first, so that easy objects never wait for
    // hard ones.
    private ObjectVerdict?[] Judge(KeyPartition partition)
    {
        var verdicts = new ObjectVerdict?[partition.Count];
        var pending = LargestFirst(partition);
        var share = pending.Length == 1 ? Share(1) : Math.Min(FirstRound, Share(pending.Length));
        while (pending.Length > 0)
        {
            Round(partition, pending, verdicts, share);
            foreach (var key in pending) _steps += verdicts[key]?.Steps ?? 0;
            pending = [.. pending.Where(key => verdicts[key] is { Kind: VerdictKind.Unknown, Search.Malformed: false })];
            var next = Share(pending.Length);
            if (_lowestInvalid != int.MaxValue || next <= share || _options.Cancellation.IsCancellationRequested) break;
            share = next;
        }

        return verdicts;
    }

    // So that no core is left with a large object at the end.
    private static int[] LargestFirst(KeyPartition partition)
    {
        var sizes = new List<long>();
        for (var key = 0; key < partition.Count; key++)
        {
            if (partition[key].Count > 0) sizes.Add(((long)-partition[key].Count << 32) | (uint)key);
        }

        sizes.Sort();
        return [.. sizes.Select(size => (int)size)];
    }

    private long Share(int objects) => objects == 0 ? 0 : Math.Max(0, _options.MaxSteps - _steps) / objects;

    private void Round(KeyPartition partition, int[] pending, ObjectVerdict?[] verdicts, long steps)
    {
        var cores = Math.Clamp(_options.Parallelism, 1, pending.Length);
        var budget = new SearchBudget(steps, _options.MaxBytes / cores, _options.Cancellation);
        if (cores == 1)
        {
            var race = new SearchRace(_judge, _options.Parallelism, _options.Certify);
            foreach (var key in pending) One(key, race);
            return;
        }

        // Each core takes the next object as it comes: Parallel.For over the objects would hand out stretches of growing length.
        var taken = 0;
        Parallel.For(0, cores, new ParallelOptions { MaxDegreeOfParallelism = cores }, _ =>
        {
            var race = new SearchRace(_judge, certify: _options.Certify);
            for (int next; (next = Interlocked.Increment(ref taken) - 1) < pending.Length;) One(pending[next], race);
        });

        void One(int key, SearchRace race)
        {
            // An invalid object makes those after it moot; those before it are still judged, so that the reported one is always the first.
            if (key > Volatile.Read(ref _lowestInvalid)) return;
            var verdict = Decide(partition[key], race, budget, first: verdicts[key] is null);
            verdicts[key] = verdict;
            if (verdict.Kind != VerdictKind.Invalid) return;
            int lowest;
            do
            {
                lowest = Volatile.Read(ref _lowestInvalid);
            }
            while (key < lowest && Interlocked.CompareExchange(ref _lowestInvalid, key, lowest) != lowest);
        }
    }

    private ObjectVerdict Decide(in KeyHistory history, SearchRace race, SearchBudget budget, bool first)
    {
        var spent = 0L;
        foreach (var algorithm in _special)
        {
            if (!first && !algorithm.Searches) continue;
            var options = algorithm.Searches ? _options with { MaxSteps = budget.MaxSteps, MaxBytes = budget.MaxBytes } : _options;
            var answer = algorithm.TryDecide(history, options);
            var kind = answer.Outcome switch
            {
                SpecialOutcome.Valid => VerdictKind.Valid,
                SpecialOutcome.Invalid => VerdictKind.Invalid,
                _ => VerdictKind.Unknown,
            };
            if (answer.Outcome != SpecialOutcome.NotApplicable)
                return new(kind, algorithm.Name, answer.Order, answer.Anomaly, answer.Search) { Steps = spent + answer.Steps };
            spent += answer.Steps;
        }

        var (name, result) = race.Run(history, budget with { MaxSteps = Math.Max(1, budget.MaxSteps - spent) });
        result = result with { Steps = result.Steps + spent };
        var order = result.Kind == VerdictKind.Valid && _options.Certify ? result.Order : null;
        return new(result.Kind, name, order, null, result.Kind == VerdictKind.Valid ? result with { Order = [] } : result);
    }

    private Verdict Invalid(KeyHistory history, ObjectVerdict verdict)
    {
        var anomaly = new Counterexample(_judge, _special, _options).Explain(history, verdict);
        return Verdict.Invalid(Linearizability.Model, verdict.Algorithm, [anomaly], verdict.Steps);
    }

    private Verdict Unknown(ObjectVerdict?[] verdicts)
    {
        var undecided = verdicts.OfType<ObjectVerdict>().Where(v => v.Kind == VerdictKind.Unknown).ToArray();
        var total = verdicts.Count(v => v is not null);
        var longest = undecided.Max(v => v.Search!.Placed);
        var malformed = undecided.FirstOrDefault(v => v.Search!.Malformed);
        var why = (malformed ?? undecided[0]).Search!.Reason;
        var proved = string.Create(
            CultureInfo.InvariantCulture,
            $"{total - undecided.Length:N0} of {total:N0} keys valid, {undecided.Length:N0} undecided, longest linearizable prefix {longest:N0} operations");
        return Verdict.Unknown(Linearizability.Model, Algorithms(), $"{why}: {proved}", _steps);
    }

    // One name if one algorithm decided all objects, otherwise each with the number of objects it decided.
    private string Algorithms() => _decidedBy.Count switch
    {
        0 => "nothing to judge",
        1 => _decidedBy.Keys.First(),
        _ => string.Join(", ", _decidedBy.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Key}: {d.Value:N0} keys"))),
    };
}

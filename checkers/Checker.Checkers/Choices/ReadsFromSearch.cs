using System.Globalization;
using Checker.Checkers.Registers;
using Checker.Histories;

namespace Checker.Checkers.Choices;

/// <summary>
/// Judges a history by a model that is defined through reads-from, also where some reads may have seen several writes: it holds iff it holds
/// for some choice of a write for each open read. First the open reads are left out: what is wrong then is wrong for every choice. Then one
/// sequential order is tried, which would satisfy every model. Then a choice is made, the likeliest write for each read, and judged; each
/// violation names the reads on which it rests, so one of these must have seen another write, and the next choice is made accordingly
/// (<see cref="ChoiceSolver"/>), until one is valid, none is left, or the budget of steps is spent.
/// </summary>
/// <remarks>Choices. A read sees one write, the same one in every process's view (as the relation wr of Biswas and Enea, OOPSLA 2019). The
/// literal reading of Bouajjani et al. (2017) for histories with repeated values lets each process's view of causal memory explain one read
/// by a different write of the same value; for all other models the two readings agree.</remarks>
internal static class ReadsFromSearch
{
    // What it takes to number a history anew for a choice, in steps for each operation.
    private const int StepsOfNumbering = 8;

    /// <summary>Judges.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="algorithm">The name of the algorithm that judges one choice.</param>
    /// <param name="history">The history.</param>
    /// <param name="options">Budgets and readings.</param>
    /// <param name="judge">Judges a history whose reads are traced; the second argument: whether open reads were left out, so that only a
    /// violation counts.</param>
    /// <param name="sequentialSuffices">Whether every sequentially consistent history satisfies the model.</param>
    /// <param name="narrow">Rules out candidates that the model never allows; null: none is known to be.</param>
    public static Verdict Decide(
        string model,
        string algorithm,
        History history,
        CheckOptions options,
        Func<RegisterHistory, bool, Judgement> judge,
        bool sequentialSuffices = true,
        Func<CandidateWrites, CheckOptions, Narrowing>? narrow = null)
    {
        if (Trace(history, options, out var candidates) is { } problem) return problem.Verdict(model, algorithm);
        if (candidates!.Open.Count == 0) return judge(candidates.Choose([]), false).Verdict(model, algorithm);
        return Relax(model, algorithm, candidates, judge, out var steps)
            ?? (sequentialSuffices ? FindOrder(model, candidates, options, ref steps) : null)
            ?? Narrow(model, algorithm, (narrow ?? Narrowing.Likely)(candidates, options), options, judge, steps);
    }

    /// <summary>Traces a history's reads as far as that can be done.</summary>
    /// <returns>Null; or what is wrong.</returns>
    public static Untraceable? Trace(History history, CheckOptions options, out CandidateWrites? candidates)
    {
        var traced = Preparations.Get(options, history, () => new Traced(CandidateWrites.TryTrace(history, options, out var found), found));
        candidates = traced.Candidates;
        return traced.Problem;
    }

    /// <summary>Judges without the open reads; null if nothing was found.</summary>
    public static Verdict? Relax(
        string model, string algorithm, CandidateWrites candidates, Func<RegisterHistory, bool, Judgement> judge, out long steps)
    {
        var relaxed = judge(candidates.Relaxed(), true);
        steps = relaxed.Steps;
        return relaxed.Kind != VerdictKind.Invalid
            ? null
            : relaxed.Verdict(model, $"{algorithm}, without the reads that may have seen several writes");
    }

    /// <summary>Looks for one sequential order by values, by not much of a search; null if that fails.</summary>
    public static Verdict? FindOrder(string model, CandidateWrites candidates, CheckOptions options, ref long steps)
    {
        var tried = ValueOrder.Of(candidates, options);
        steps += tried.Steps;
        return tried.Order is not { } order
            ? null
            : Verdict.Valid(
                model,
                "one sequential order, by values",
                options.Certify && model == Lattice.ModelNames.Sequential ? new OrderCertificate(order) : null,
                steps);
    }

    /// <summary>Judges by the candidates that are left: without the open reads if there are fewer of these, and then by choice.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="algorithm">The name of the algorithm that judges one choice.</param>
    /// <param name="narrowing">The candidates.</param>
    /// <param name="options">Budgets and readings.</param>
    /// <param name="judge">Judges a history whose reads are traced.</param>
    /// <param name="steps">Steps taken so far.</param>
    /// <param name="search">Searches in another way before choices are made; null: there is no other.</param>
    public static Verdict Narrow(
        string model,
        string algorithm,
        Narrowing narrowing,
        CheckOptions options,
        Func<RegisterHistory, bool, Judgement> judge,
        long steps,
        Func<long, (Verdict? Verdict, long Steps)>? search = null)
    {
        var candidates = narrowing.Candidates;
        steps += narrowing.Steps;
        if (narrowing.IsImpossible || narrowing.Closed > 0)
        {
            var judgement = narrowing.IsImpossible ? judge(candidates.Choose(new int[candidates.Open.Count]), false) : judge(candidates.Relaxed(), true);
            steps += judgement.Steps;
            if (judgement.Kind == VerdictKind.Invalid)
            {
                var anomaly = Whatever(judgement.Conflicts[0].Anomaly, candidates.Open.Count + narrowing.Closed);
                return Verdict.Invalid(model, $"{algorithm}, after what every choice of writes makes known", [anomaly], steps);
            }
        }

        if (narrowing.Undecided is { } undecided)
        {
            var why = $"causal consistency, which it implies, could not be decided, and nothing else is wrong: {undecided}";
            return Verdict.Unknown(model, algorithm, why, steps);
        }

        if (narrowing.Alternative.Count > 0 && judge(candidates.Choose(new int[candidates.Open.Count]), false).Kind == VerdictKind.Invalid)
        {
            var judgement = judge(candidates.Choose(Numbers(candidates.Open, narrowing.Alternative)), false);
            steps += 2 * judgement.Steps;
            if (judgement.Kind == VerdictKind.Valid)
            {
                return Verdict.Valid(model, $"{algorithm}, over the choices of writes for reads", judgement.Certificate, steps);
            }
        }

        if (search is not null)
        {
            var (found, taken) = search(steps);
            if (found is not null) return found;
            steps = taken;
        }

        var verdict = Choose(model, algorithm, candidates, options, judge, steps);
        if (model == Lattice.ModelNames.Causal && verdict.Kind == VerdictKind.Unknown) narrowing.Undecided = verdict.Reason;
        return verdict;
    }

    /// <summary>Makes choices until one is valid, none is left, or the budget is spent.</summary>
    public static Verdict Choose(
        string model, string algorithm, CandidateWrites candidates, CheckOptions options, Func<RegisterHistory, bool, Judgement> judge,
        long steps)
    {
        algorithm = $"{algorithm}, over the choices of writes for reads";
        var open = candidates.Open;
        var solver = new ChoiceSolver(open.Select(read => read.Count));
        var variableOf = new Dictionary<int, int>();
        for (var i = 0; i < open.Count; i++) variableOf[open[i].Reader] = i;
        Conflict? first = null;
        var tried = 0;
        var allowance = Preparations.Get(options, candidates.History, () => new Allowance(options));
        var limit = allowance.Next();
        var before = steps;
        while (true)
        {
            var traced = candidates.Choose(solver.Values);
            var judgement = judge(traced, false);
            tried++;
            var taken = judgement.Steps + (StepsOfNumbering * (long)traced.Count);
            steps += taken;
            allowance.Spend(taken);
            if (judgement.Kind == VerdictKind.Valid)
            {
                Keep(open, [.. solver.Values]);
                return Verdict.Valid(model, algorithm, judgement.Certificate, steps);
            }

            if (judgement.Kind == VerdictKind.Unknown) return Verdict.Unknown(model, algorithm, Undecided(judgement.Reason!), steps);
            first ??= judgement.Conflicts[0];
            var moved = new HashSet<int>();
            foreach (var conflict in judgement.Conflicts)
            {
                var variables = Variables(traced, conflict.Reads, variableOf);
                if (variables.Count == 0) return Verdict.Invalid(model, algorithm, [conflict.Anomaly], steps);
                // A later conflict speaks of the choice that was judged: it counts as long as that still stands.
                if (moved.Overlaps(variables)) continue;
                if (!solver.RuleOut(variables)) return Verdict.Invalid(model, algorithm, [Whatever(first.Anomaly, open.Count)], steps);
                moved.UnionWith(solver.Touched);
            }

            if (options.Cancellation.IsCancellationRequested) return Verdict.Unknown(model, algorithm, Undecided("cancelled"), steps);
            if (steps - before > limit)
            {
                var share = limit < options.MaxSteps ? "its share of the budget for all models" : "the budget";
                var why = string.Create(CultureInfo.InvariantCulture, $"{share}, {limit:N0} steps, was spent");
                return Verdict.Unknown(model, algorithm, Undecided(why), steps);
            }
        }

        string Undecided(string why) => string.Create(
            CultureInfo.InvariantCulture,
            $"{why}: {open.Count:N0} reads may each have seen several writes, because values are written more than once; without them " +
            $"nothing is wrong; {tried:N0} choices were tried, the last of which moved {solver.Moved:N0} reads from their likeliest write");
    }

    // The numbers of given candidates among those of each read; 0 for the reads of which nothing is given.
    private static int[] Numbers(IReadOnlyList<OpenRead> open, IReadOnlyList<(int Reader, int Source)> given)
    {
        var source = given.ToDictionary(read => read.Reader, read => read.Source);
        return [.. open.Select(read => source.TryGetValue(read.Reader, out var candidate) ? read.NumberOf(candidate) : 0)];
    }

    // A choice that satisfies one model is the likeliest for the next.
    private static void Keep(IReadOnlyList<OpenRead> open, int[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] != 0) open[i].Prefer(open[i][values[i]]);
        }
    }

    // The choices on which reads rest. An info compare-and-set reads only if some read saw it, so its part rests on that read's as well.
    private static HashSet<int> Variables(RegisterHistory traced, IReadOnlyCollection<int> reads, Dictionary<int, int> variableOf)
    {
        var variables = new HashSet<int>();
        var seen = new HashSet<int>();
        foreach (var read in reads) Add(read);
        return variables;

        void Add(int op)
        {
            if (!seen.Add(op)) return;
            if (variableOf.TryGetValue(traced.Original[op], out var variable)) variables.Add(variable);
            if (IsOk(op)) return;
            foreach (var next in WayToOk(op)) Add(next);
        }

        // The readers from an info operation to an ok one.
        List<int> WayToOk(int op)
        {
            var before = new Dictionary<int, int> { [op] = -1 };
            var ahead = new Queue<int>([op]);
            while (ahead.TryDequeue(out var at))
            {
                if (IsOk(at))
                {
                    var way = new List<int>();
                    for (; at != op; at = before[at]) way.Add(at);
                    return way;
                }

                foreach (var reader in traced.ReadersOf(at))
                {
                    if (before.TryAdd(reader, at)) ahead.Enqueue(reader);
                }
            }

            throw new System.Diagnostics.UnreachableException("an info operation is kept because some read saw it");
        }

        bool IsOk(int op) => traced.History.Types[traced.Original[op]] == OperationType.Ok;
    }

    private static Anomaly Whatever(Anomaly anomaly, int open) => anomaly with
    {
        Explanation = string.Create(
            CultureInfo.InvariantCulture,
            $"{anomaly.Explanation} (Values are written more than once, and {open:N0} reads may each have seen several writes; this is what " +
            $"is wrong if each saw the likeliest one, and every other choice is contradicted as well.)"),
    };

    private sealed record Traced(Untraceable? Problem, CandidateWrites? Candidates);
}

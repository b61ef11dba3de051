using Checker.Checkers.Lattice;

namespace Checker.Checkers.Objects;

/// <summary>Judges one history in rows by one model.</summary>
/// <param name="model">The model.</param>
/// <param name="rows">The rows.</param>
/// <param name="states">The states of their objects.</param>
/// <param name="open">The processes whose part of the model is not proved; the others' is, if the model has such parts.</param>
/// <param name="allowance">The budget.</param>
/// <param name="options">The options.</param>
internal sealed class ObjectJudge(
    string model, ObjectHistory rows, ObjectStates states, IReadOnlySet<int> open, Allowance allowance, CheckOptions options)
{
    private const string ByOrder = "search for one order";
    private const string ByViews = "search for each process's order";
    private const string ByPasts = "search for a causal order";

    /// <summary>The verdict.</summary>
    public Verdict Run() => model switch
    {
        ModelNames.Sequential => Sequential(allowance) ?? Spent(ByOrder, "no order was found, and not all were tried"),
        _ when SessionJudge.Judges(model) => Proved(SessionJudge.Algorithm) ?? Session()
            ?? Spent(SessionJudge.Algorithm, "what each operation sees was not found, and no operation contradicts it by itself"),
        ModelNames.Pram => Proved(ByViews) ?? Pram() ?? Spent(ByViews, "no process was found to contradict it"),
        _ => Proved(ByPasts) ?? Causal() ?? Spent(ByPasts, "no causal order was found, and no operation contradicts every one by itself"),
    };

    private Verdict Spent(string algorithm, string proved)
    {
        if (open.Count < rows.ProcessCount) proved = $"{proved}; {rows.ProcessCount - open.Count} of {rows.ProcessCount} processes satisfy it by themselves";
        var what = options.Cancellation.IsCancellationRequested ? "cancelled" : "the budget was spent";
        return Verdict.Unknown(model, algorithm, $"{what}: {proved}", allowance.Taken);
    }

    private Verdict? Sequential(Allowance budget)
    {
        var search = new OrderSearch(rows, states, budget);
        var order = new List<int>();
        var undecided = false;
        foreach (var processes in Groups())
        {
            var kind = search.Run(processes, Uses(static _ => true));
            if (kind == VerdictKind.Invalid)
            {
                var claim = new Claim(
                    "NoSequentialOrder",
                    "no one order of all operations keeps every process's order and explains",
                    processes,
                    Uses(static _ => true));
                return Verdict.Invalid(model, ByOrder, [new ObjectEvidence(rows, states, options).Explain(claim)], allowance.Taken);
            }

            undecided |= kind == VerdictKind.Unknown;
            order.AddRange(search.Order);
        }

        if (undecided) return null;
        var certificate = options.Certify && model == ModelNames.Sequential
            ? new OrderCertificate([.. order.Select(row => rows.Original[row])])
            : null;
        return Verdict.Valid(model, ByOrder, certificate, allowance.Taken);
    }

    // One order for all satisfies every weaker model.
    private Verdict? Proved(string algorithm)
    {
        var part = allowance.Part(Math.Max(1000, allowance.Left / 10));
        var search = new OrderSearch(rows, states, part);
        var valid = Groups().All(processes => search.Run(processes, Uses(static _ => true)) == VerdictKind.Valid);
        allowance.Return(part);
        return valid ? Verdict.Valid(model, $"{algorithm}: one order explains all", steps: allowance.Taken) : null;
    }

    private Verdict? Pram()
    {
        var search = new OrderSearch(rows, states, allowance);
        var undecided = false;
        foreach (var group in Groups())
        {
            foreach (var process in group.Where(open.Contains))
            {
                var uses = Uses(row => rows.Process[row] == process);
                var kind = search.Run(group, uses);
                undecided |= kind == VerdictKind.Unknown;
                if (kind != VerdictKind.Invalid) continue;
                var name = rows.History.Process[rows.Original[rows.Start[process]]];
                var claim = new Claim(
                    "NoProcessOrder", $"process {name} cannot have seen all updates in any order that explains", group, uses);
                return Verdict.Invalid(model, ByViews, [new ObjectEvidence(rows, states, options).Explain(claim)], allowance.Taken);
            }
        }

        return undecided ? null : Verdict.Valid(model, ByViews, steps: allowance.Taken);
    }

    private Verdict? Causal()
    {
        if (Unexplained() is { } anomaly) return Verdict.Invalid(model, ByPasts, [anomaly], allowance.Taken);
        if (model == ModelNames.CausalMemory && Views() is { } views) return views;
        var kind = Kind(rows, allowance);
        if (kind == VerdictKind.Unknown) return null;
        if (kind == VerdictKind.Valid) return Verdict.Valid(model, ByPasts, steps: allowance.Taken);
        var exhausted = new ObjectEvidence(rows, states, options).Exhausted(
            "NoCausalOrder", "every causal order was tried, and none explains", Kind);
        return Verdict.Invalid(model, ByPasts, [exhausted], allowance.Taken);
    }

    private Verdict? Session()
    {
        var judge = new SessionJudge(model, states);
        var all = Enumerable.Range(0, rows.ProcessCount).ToHashSet();
        var anomaly = Unexplained();
        if (anomaly is null)
        {
            var kind = judge.Run(rows, open, allowance);
            if (kind == VerdictKind.Unknown) return null;
            anomaly = kind == VerdictKind.Valid ? null : new ObjectEvidence(rows, states, options).Exhausted(
                $"Not{SessionJudge.Title(model)}", "every choice of what each operation sees was tried, and none explains", (some, budget) => judge.Run(some, all, budget));
        }

        return anomaly is null
            ? Verdict.Valid(model, SessionJudge.Algorithm, steps: allowance.Taken)
            : Verdict.Invalid(model, SessionJudge.Algorithm, [anomaly], allowance.Taken);
    }

    private VerdictKind Kind(ObjectHistory history, Allowance budget) => new CausalSearch(history, states, model switch
    {
        ModelNames.Causal => CausalKind.Weak,
        ModelNames.CausalConvergence => CausalKind.Convergent,
        _ => CausalKind.Memory,
    }, budget).Run();

    // What each process saw, in any order that keeps program order, is less than causal memory asks.
    private Verdict? Views() => Pram() is { Kind: VerdictKind.Invalid } invalid ? invalid : null;

    // An operation that no set of the others' updates explains, after its own process's earlier ones where it must see them, whatever order
    // they had.
    private Anomaly? Unexplained()
    {
        var own = SessionJudge.SeesOwn(model) ? RowUse.Hidden : RowUse.Optional;
        var part = allowance.Part(allowance.Left / 4);
        var search = new OrderSearch(rows, states, part);
        var use = new RowUse[rows.Count];
        Anomaly? anomaly = null;
        foreach (var group in Groups())
        {
            foreach (var row in group.SelectMany(process => Enumerable.Range(rows.Start[process], rows.Start[process + 1] - rows.Start[process])))
            {
                if (rows.Optional[row] || anomaly is not null || part.Spent) continue;
                part.Step(0, rows.Count >> 4);
                var process = rows.Process[row];
                for (var p = 0; p < group.Length; p++)
                {
                    for (var r = rows.Start[group[p]]; r < rows.Start[group[p] + 1]; r++)
                    {
                        use[r] = r == row ? RowUse.Shown
                            : rows.Object[r] != rows.Object[row] || !rows.Update[r] ? RowUse.Absent
                            : group[p] != process ? RowUse.Optional : r < row ? own : RowUse.Absent;
                    }
                }

                if (search.Run(group, use) != VerdictKind.Invalid) continue;
                var sets = own == RowUse.Hidden ? "no set of the others' updates" : "no set of updates";
                var claim = new Claim("UnexplainedResult", $"{sets}, in any order, explains", group, [.. use]);
                anomaly = new ObjectEvidence(rows, states, options).Explain(claim);
            }
        }

        allowance.Return(part);
        return anomaly;
    }

    private RowUse[] Uses(Func<int, bool> shows)
    {
        var use = new RowUse[rows.Count];
        for (var row = 0; row < use.Length; row++)
        {
            use[row] = rows.Optional[row] ? RowUse.Optional
                : shows(row) ? RowUse.Shown
                : rows.Update[row] ? RowUse.Hidden : RowUse.Absent;
        }

        return use;
    }

    /// <summary>The groups of processes that share objects, directly or through others: they can be ordered one after another.</summary>
    private IReadOnlyList<int[]> Groups()
    {
        var parent = Enumerable.Range(0, rows.ProcessCount).ToArray();
        var owner = new int[rows.ObjectCount];
        Array.Fill(owner, -1);
        for (var row = 0; row < rows.Count; row++)
        {
            ref var first = ref owner[rows.Object[row]];
            if (first < 0) first = rows.Process[row];
            else parent[Root(first)] = Root(rows.Process[row]);
        }

        return [.. Enumerable.Range(0, rows.ProcessCount).GroupBy(Root).Select(static group => group.ToArray())];

        int Root(int process)
        {
            while (parent[process] != process) process = parent[process] = parent[parent[process]];
            return process;
        }
    }
}

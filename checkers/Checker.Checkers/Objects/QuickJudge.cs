using Checker.Checkers.Lattice;

namespace Checker.Checkers.Objects;

/// <summary>Decides large histories without a search where it can: <see cref="Refutation"/>, <see cref="TypeViews"/>, then <see cref="GreedyViews"/>.</summary>
internal sealed class QuickJudge(
    string model, ObjectHistory rows, ObjectStates states, Findings findings, Allowance allowance, CheckOptions options)
{
    private const string ByResults = "what results show";
    private const string ByViews = "views built in one pass";
    private const string ByOrder = "one order for most processes";

    private readonly HashSet<int> _open = [.. Enumerable.Range(0, rows.ProcessCount)];
    private readonly Observed? _observed = findings.Observed;

    /// <summary>Invalid, or null: not known.</summary>
    public Verdict? Refute()
    {
        if (_observed is not null)
        {
            allowance.Step(0, rows.Count);
            if (new Refutation(model, rows, _observed, findings).Run(options.MaxBytes) is { } anomaly) return Verdict.Invalid(model, ByResults, [anomaly], allowance.Taken);
        }

        if (findings.Views is not { } typed) return null;
        foreach (var weaker in ModelLattice.Models.Where(other => ModelLattice.Implies(model, other)))
        {
            allowance.Step(0, rows.Count);
            if (typed.Refute(weaker) is { } found) return Verdict.Invalid(model, typed.Algorithm, [found], allowance.Taken);
        }

        return null;
    }

    /// <summary>The processes whose part of the model is not proved.</summary>
    public IReadOnlySet<int> Open => _open;

    /// <summary>Whether a model is about each process by itself, and what <see cref="MainOrder"/> explains of one keeps it.</summary>
    public static bool IsApart(string model) => LazyRule.For(model).Length > 0;

    /// <summary>Valid, or null: not known.</summary>
    /// <param name="order">An order that explains the results of most processes, if one is known and <see cref="IsApart"/>.</param>
    public Verdict? ProveBy(MainOrder? order)
    {
        if (order is null) return null;
        _open.RemoveWhere(order.ExplainsAllOf);
        return _open.Count == 0 ? Verdict.Valid(model, ByOrder, steps: allowance.Taken) : null;
    }

    /// <summary>Valid, or null: not known.</summary>
    /// <param name="main">The same as for <see cref="ProveBy"/>.</param>
    public Verdict? Prove(MainOrder? main)
    {
        if (ProveBy(main) is { } proved) return proved;
        if (findings.Views is { } typed && typed.Proves(model, allowance)) return Verdict.Valid(model, typed.Algorithm, steps: allowance.Taken);
        if (model == ModelNames.Sequential || (long)rows.Count * rows.ProcessCount * sizeof(int) > options.MaxBytes) return null;
        var order = !findings.OrderedPasts.IsCyclic ? findings.OrderedPasts.Order : !findings.Pasts.IsCyclic ? findings.Pasts.Order : InTime();
        var built = IsApart(model) ? ProveApart(order, main) : !findings.Pasts.IsCyclic
            && ((model != ModelNames.CausalConvergence && Build(order, causal: true, convergent: false))
                || (model != ModelNames.CausalMemory && Build(order, causal: true, convergent: true)));
        return built ? Verdict.Valid(model, ByViews, steps: allowance.Taken) : null;
    }

    // Process by process, where the model is one of each process by itself.
    private bool ProveApart(IReadOnlyList<int> order, MainOrder? main)
    {
        if (LazyRule.For(model) is not { Length: > 0 } rules) return false;
        var updates = new ObjectUpdates(rows);
        var part = allowance.Part(allowance.Left / 2);
        var separate = _observed is not null && model == ModelNames.MonotonicWrites ? new SeparateViews(rows, states, _observed, updates, part) : null;
        if (findings.Views is { } typed)
        {
            _open.RemoveWhere(process => typed.Proves(model, process, part) || (main is not null && typed.Proves(model, process, main, part)));
        }


        // Elements that are taken out name all that has to be seen, so that little else has to be gone through.
        var isTold = _observed?.Removes == true;
        if (isTold) Lazily(withSeparate: false);
        if (model != ModelNames.Pram) Greedily(causal: true, convergent: true);
        Greedily(causal: true, convergent: false);
        if (!isTold) Lazily(withSeparate: true);
        else if (separate is not null) _open.RemoveWhere(separate.Run);
        Greedily(causal: false, convergent: false);
        allowance.Return(part);
        return _open.Count == 0;

        void Lazily(bool withSeparate)
        {
            if (_observed is null) return;
            LazyView[] views = [.. rules.Select(rule => new LazyView(rows, states, _observed, updates, rule, part))];
            _open.RemoveWhere(process => views.Any(view => view.Run(process)) || (withSeparate && separate?.Run(process) == true));
        }

        void Greedily(bool causal, bool convergent)
        {
            if (_open.Count == 0) return;
            var greedy = new GreedyViews(rows, states, _observed, order, causal, convergent, apart: _open, loose: false, separate, part);
            greedy.Run();
            _open.IntersectWith(greedy.Open);
        }
    }

    private bool Build(IReadOnlyList<int> order, bool causal, bool convergent)
    {
        var loose = model == ModelNames.WritesFollowReads && convergent && _observed is not null;
        var part = allowance.Part(allowance.Left / 4);
        var built = new GreedyViews(rows, states, _observed, order, causal, convergent, apart: null, loose, alone: null, part).Run();
        allowance.Return(part);
        return built;
    }

    // The order in which they returned; what never did comes where it began.
    private List<int> InTime()
    {
        var history = rows.History;
        return [.. Enumerable.Range(0, rows.Count).OrderBy(row => rows.Optional[row] ? history.Invoke[rows.Original[row]] : history.Complete[rows.Original[row]])];
    }
}

using Checker.Checkers.Lattice;

namespace Checker.Checkers.Objects;

/// <summary>Decides large histories without a search where it can: <see cref="Refutation"/>, then <see cref="GreedyViews"/>.</summary>
internal sealed class QuickJudge(string model, ObjectHistory rows, ObjectStates states, Observed? observed, Allowance allowance, CheckOptions options)
{
    private const string ByResults = "what results show";
    private const string ByViews = "views built in one pass";

    private readonly CausalPasts _pasts = new(rows, observed, ordered: false);

    /// <summary>Invalid, or null: not known.</summary>
    public Verdict? Refute()
    {
        if (observed is null) return null;
        allowance.Step(0, rows.Count);
        var anomaly = new Refutation(model, rows, observed, _pasts).Run(options.MaxBytes);
        return anomaly is null ? null : Verdict.Invalid(model, ByResults, [anomaly], allowance.Taken);
    }

    /// <summary>Valid, or null: not known.</summary>
    public Verdict? Prove()
    {
        if (model == ModelNames.Sequential || (long)rows.Count * rows.ProcessCount * sizeof(int) > options.MaxBytes) return null;
        var ordered = observed?.Ordered == true ? new CausalPasts(rows, observed, ordered: true) : _pasts;
        var order = ordered.IsCyclic ? _pasts.Order : ordered.Order;
        var convergent = model == ModelNames.CausalConvergence;
        var proved = (!convergent && Run(order, causal: true, convergent: false))
            || (model is ModelNames.Pram or ModelNames.MonotonicReads && Run(order, causal: false, convergent: false))
            || (model is not (ModelNames.CausalMemory or ModelNames.Pram) && Run(order, causal: true, convergent: true));
        return proved ? Verdict.Valid(model, ByViews, steps: allowance.Taken) : null;
    }

    private bool Run(IReadOnlyList<int> order, bool causal, bool convergent)
    {
        var part = allowance.Part(allowance.Left / 4);
        var built = new GreedyViews(rows, states, observed, order, causal, convergent, part).Run();
        allowance.Return(part);
        return built;
    }
}

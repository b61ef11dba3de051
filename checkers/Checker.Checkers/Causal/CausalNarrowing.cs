using Checker.Checkers.Choices;
using Checker.Checkers.Registers;

namespace Checker.Checkers.Causal;

/// <summary>The candidates of open reads that causal consistency (CC), and so every model that implies it, leaves.</summary>
internal static class CausalNarrowing
{
    private const long MostBytes = 512L << 20;

    /// <summary>Narrows the candidates; none is left out if there are too many sessions for that.</summary>
    public static Narrowing Of(CandidateWrites candidates, CheckOptions options) =>
        Preparations.Get(options, candidates.History, () => Make(candidates, options));

    private static Narrowing Make(CandidateWrites candidates, CheckOptions options)
    {
        var bounds = CausalBounds.TryNarrow(candidates, candidates.Possible(), options, Math.Min(MostBytes, options.MaxBytes));
        if (bounds is null) return Narrowing.Likely(candidates, options);
        var narrowed = bounds.Narrowed();
        if (bounds.IsImpossible) return new Narrowing(narrowed, IsImpossible: true, bounds.Steps) { Closed = candidates.Open.Count - narrowed.Open.Count };
        var linear = LinearSources.Of(candidates, options);
        linear.Prefer(narrowed);
        var ignorant = CausalChoice.Prefer(bounds, narrowed.Open, linear, timely: false);
        linear.Prefer(narrowed);
        CausalChoice.Prefer(bounds, narrowed.Open, linear);
        return new Narrowing(narrowed, IsImpossible: false, bounds.Steps + linear.Steps)
        {
            Closed = candidates.Open.Count - narrowed.Open.Count,
            Alternative = ignorant,
        };
    }
}

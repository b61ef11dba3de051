using Checker.Checkers.Choices;
using Checker.Checkers.Registers;

namespace Checker.Checkers.Causal;

/// <summary>The candidates of open reads that PRAM leaves: of the processes that have no view if each read saw its likeliest write.</summary>
internal static class ViewNarrowing
{
    private const long MostBytes = 512L << 20;
    private const int MostViews = 64;
    private const int FewViews = 4;

    /// <summary>Narrows the candidates.</summary>
    public static Narrowing Of(CandidateWrites candidates, CheckOptions options) =>
        Preparations.Get(options, candidates.History, () => new Made(Make(candidates, options))).Narrowing;

    /// <summary>Leaves out none, but puts first what would be chosen under PRAM, for the models that it implies.</summary>
    public static Narrowing Likely(CandidateWrites candidates, CheckOptions options)
    {
        var narrowing = Of(candidates, options);
        var likely = new int[candidates.History.Count];
        foreach (var read in narrowing.Candidates.Open) likely[read.Reader] = read[0];
        foreach (var read in candidates.Open) read.Prefer(narrowing.IsImpossible ? read[0] : Likeliest(read.Reader));
        return new Narrowing(candidates, IsImpossible: false, narrowing.Steps);

        int Likeliest(int reader) => narrowing.Candidates.Sources[reader] is >= RegisterHistory.Initial and var only ? only : likely[reader];
    }

    private static Narrowing Make(CandidateWrites candidates, CheckOptions options)
    {
        var linear = LinearSources.Of(candidates, options);
        linear.Prefer(candidates);
        var steps = linear.Steps;
        var processes = WithoutView(candidates, options, ref steps);
        if (processes.Count == 0) return new Narrowing(candidates, IsImpossible: false, steps);
        var possible = candidates.Possible();
        var views = new View?[processes.Count];
        var cores = Math.Clamp(options.Parallelism, 1, processes.Count);
        Parallel.For(0, processes.Count, new ParallelOptions { MaxDegreeOfParallelism = cores }, i =>
            views[i] = Judge(candidates, possible, processes[i], processes.Count > FewViews ? CausalBounds.FewRounds : CausalBounds.ManyRounds, linear, options));
        var closed = new Dictionary<int, int>();
        var open = new Dictionary<int, OpenRead>();
        foreach (var view in views.OfType<View>())
        {
            steps += view.Steps;
            foreach (var (reader, source) in view.Closed) closed[reader] = source;
            foreach (var read in view.Open) open[read.Reader] = read;
        }

        var narrowed = candidates.Narrowed(
            closed.Select(read => (read.Key, read.Value)),
            candidates.Open.Where(read => !closed.ContainsKey(read.Reader)).Select(read => open.GetValueOrDefault(read.Reader) ?? read.Anew()));
        linear.Prefer(narrowed);
        var reads = narrowed.Open.ToDictionary(read => read.Reader);
        foreach (var (reader, source) in views.OfType<View>().SelectMany(view => view.Chosen)) reads[reader].Prefer(source);
        return new Narrowing(narrowed, views.Any(view => view is { IsImpossible: true }), steps) { Closed = closed.Count };
    }

    private static View? Judge(CandidateWrites candidates, RegisterHistory possible, int process, int rounds, LinearSources linear, CheckOptions options)
    {
        if (CausalBounds.TryNarrow(candidates, possible, options, Math.Min(MostBytes, options.MaxBytes), process, rounds) is not { } bounds) return null;
        var (closed, open) = bounds.Left();
        return new View(bounds.IsImpossible, closed, open, bounds.IsImpossible ? [] : CausalChoice.Prefer(bounds, open, linear), bounds.Steps);
    }

    private static List<int> WithoutView(CandidateWrites candidates, CheckOptions options, ref long steps)
    {
        var traced = candidates.Choose(new int[candidates.Open.Count]);
        var sessions = new ViewSessions(traced);
        var found = new List<int>();
        for (var session = 0; session < traced.SessionCount && found.Count < MostViews && !options.Cancellation.IsCancellationRequested; session++)
        {
            var view = new ProcessView(traced, session, null, sessions);
            if (view.Saturate() is not null) found.Add(traced.History.Process[traced.Original[traced.Start[session]]]);
            steps += view.Steps;
        }

        return found;
    }

    private sealed record Made(Narrowing Narrowing);

    private sealed record View(
        bool IsImpossible, List<(int Reader, int Source)> Closed, List<OpenRead> Open, IReadOnlyList<(int Reader, int Source)> Chosen, long Steps);
}

using System.Globalization;
using Checker.Checkers.Lattice;
using Checker.Checkers.Specs;
using Checker.Histories;

namespace Checker.Checkers.Objects;

/// <summary>
/// Judges objects of any data type, given by a sequential specification, by the models without real time: <c>sequential</c> (Lamport
/// 1979), <c>pram</c>, <c>causal</c>, <c>causal-convergence</c> and <c>causal-memory</c> as Perrin, Mostéfaoui and Jard generalised them
/// from memory to all objects ("Causal consistency: beyond memory", PPoPP 2016: pipelined consistency, weak causal consistency, causal
/// convergence and causal consistency), and the four session guarantees (Terry et al. 1994; visibility as in Viotti and Vukolić 2016).
/// </summary>
/// <remarks>
/// <para>Definitions. All models speak of one set of operations: those that happened, and any of those of unknown outcome. An operation
/// with its result hidden is only the change that it makes. Sequential: one order of all operations that keeps each process's order and
/// explains every result. PRAM: for each process, one order of all operations that keeps every process's order and explains the results
/// of that process, those of the others hidden. Causal: there is a partial order that contains program order (the causal order), such
/// that each operation is explained by some order of its causal past, that keeps the causal order, with all results but its own hidden.
/// Causal memory: the same, with the results of its process's earlier operations shown as well. Causal convergence: by its causal past in
/// the one total order, that contains the causal order, for all operations.</para>
/// <para>Session guarantees. An update is an operation that may change a state; one that returns something as well, as a dequeue does,
/// both sees and updates. There is a set of updates that each operation sees, never one that its own process makes at or after it, and an
/// order of all updates for each operation, such that what it sees, in that order and with results hidden, explains it. Each order keeps
/// the order in which a process updated one object, and puts an update after what its own process had seen of the object by then, the
/// update itself included. Read-your-writes: an operation sees the updates of its own process before it. Monotonic reads: it sees what its
/// process saw before, and all operations of a process have one order. Monotonic writes: who sees an update sees those that its process
/// made before. Writes-follow-reads: who sees an update sees what its process had seen by then (the update itself included), and
/// has it in that order.</para>
/// <para>Choices in them. The orders belong to an operation, or under monotonic reads to a process, not to everybody: one order for all
/// (Terry et al.; Viotti and Vukolić, section 3.3) adds convergence, and even one for each process would keep <c>causal</c>, which explains
/// each operation by itself, from implying read-your-writes. With it a list that was read as [a,b] and then as [b,a] breaks monotonic reads
/// only; [a] and then [b,a] breaks none, as an update may arrive late and be ordered early. On registers this is what the register
/// checkers judge. Unlike there, monotonic writes can be observed: a list, a set or a queue shows the later of two updates without the
/// earlier, which no other guarantee forbids.</para>
/// <para>Choices. The models are judged over all objects of a history together: sequential consistency is not local. With its result
/// hidden, an operation is total, as in Perrin et al.: a compare-and-set does nothing where another process would have found another
/// value, and a dequeue whose result was "empty" removes an element where there is one. (On registers with cas our register
/// checkers bind the write of another's cas to what it read; they take every history that they can trace.) The weak models are not
/// defined for locks, semaphores and unique ids: what these promise is agreement, and a process that does not see what the others were
/// answered cannot tell a kept promise from a broken one. Bouajjani et al. (2017) define CC, CCv and CM for any specification in the same
/// way, but for a causal order that is given.</para>
/// <para>Algorithms. First what needs no search (<see cref="QuickJudge"/>): results that contradict a model by what they show, and views
/// built in one pass; this decides most large histories. Then searches. Sequential: one search for each group of processes that share objects; one that succeeds satisfies every weaker model
/// too. PRAM: one search for each process. The causal ones: <see cref="CausalSearch"/>, after what is cheaper: an operation that no set of
/// the others' updates explains refutes all of them. The session guarantees: <see cref="SessionJudge"/>.</para>
/// </remarks>
public static class ObjectConsistency
{
    // Of several models that judge one history together.
    private const int SharedPart = 20;
    private const long LeastForSearch = 1_000_000;
    private const int LargeHistory = 1000; // rows, beyond which searches seldom end and each step passes over more
    private const int SharedPartOfBytes = 4;
    private const long StepsForViews = 300; // for each row
    private const long MostForViews = 4_000_000;

    /// <summary>Whether a model is defined for a bundled data type.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="type">The data type.</param>
    public static bool Supports(string model, DataType type) =>
        BundledSpecs.Has(type) && IsDefined(model) && (model == ModelNames.Sequential || type.Name is not ("lock" or "semaphore" or "unique-ids"));

    /// <summary>Judges a history of a bundled data type.</summary>
    /// <param name="model">The model's name; <see cref="Supports"/> must hold.</param>
    /// <param name="history">The history.</param>
    /// <param name="type">The data type.</param>
    /// <param name="options">Budgets and readings.</param>
    public static Verdict Check(string model, History history, DataType type, CheckOptions options) =>
        Supports(model, type)
            ? BundledSpecs.Accept(type, new Judge(model, history, type, Bundled: true, options))!
            : throw new ArgumentException($"the model {model} is not defined for the data type {type}", nameof(type));

    /// <summary>The same by the exact searches alone, for tests to compare with.</summary>
    internal static Verdict Check(string model, History history, DataType type, CheckOptions options, bool searchOnly) =>
        BundledSpecs.Accept(type, new Judge(model, history, type, Bundled: true, options, searchOnly))!;

    /// <summary>Judges a history by a specification of the user's own. Each key is an object.</summary>
    /// <param name="model">The model's name: sequential, pram, one of the causal ones or a session guarantee.</param>
    /// <param name="history">The history.</param>
    /// <param name="type">The data type: its name and functions.</param>
    /// <param name="make">Makes the specification for one object.</param>
    /// <param name="options">Budgets and readings.</param>
    /// <typeparam name="TSpec">The specification.</typeparam>
    /// <typeparam name="TState">Its state.</typeparam>
    public static Verdict Check<TSpec, TState>(
        string model, History history, DataType type, SpecFactory<TSpec> make, CheckOptions options)
        where TSpec : struct, ISequentialSpec<TState>
        where TState : notnull, IEquatable<TState> =>
        IsDefined(model)
            ? new Judge(model, history, type, Bundled: false, options).Visit<TSpec, TState>(make)
            : throw new ArgumentException($"the model {model} is not defined for objects in general", nameof(model));

    private static bool IsDefined(string model) =>
        model is ModelNames.Sequential or ModelNames.Pram or ModelNames.Causal or ModelNames.CausalConvergence or ModelNames.CausalMemory
            || SessionJudge.Judges(model);

    private sealed record Judge(string Model, History History, DataType Type, bool Bundled, CheckOptions Options, bool SearchOnly = false) : ISpecVisitor<Verdict>
    {
        private Linearized? _judged;

        public Verdict Visit<TSpec, TState>(SpecFactory<TSpec> make)
            where TSpec : struct, ISequentialSpec<TState>
            where TState : notnull, IEquatable<TState>
        {
            const string algorithm = "search over the specification";
            if (SpecStates<TSpec, TState>.Build(History, Type, make, Bundled, Options, out var malformed) is not var (rows, states))
            {
                return Verdict.Unknown(Model, algorithm, malformed!);
            }

            var isShared = Options.Preparations is not null;
            var bytes = isShared ? Options.MaxBytes / SharedPartOfBytes : Options.MaxBytes;
            var quick = new Allowance(isShared ? Math.Min(Options.MaxSteps, Math.Min(MostForViews, StepsForViews * rows.Count)) : Options.MaxSteps, bytes, Options.Cancellation);
            var findings = Bundled ? Preparations.Get(Options, History, () => Findings.Of(rows, Options))
                : new Findings(rows, observed: null, static () => null);
            var views = new QuickJudge(Model, rows, states, findings, quick, Options);
            var verdict = SearchOnly ? null : views.Refute() ?? (isShared ? Prove(algorithm) : null) ?? views.Prove(isShared ? Main() : null)
                ?? (isShared ? null : Prove(algorithm) ?? views.ProveBy(Main()));
            if (verdict is not null) return verdict;

            // Of several models that judge one history together each searches with a part of what those before it left.
            if (Options.Preparations is null) return new ObjectJudge(Model, rows, states, views.Open, quick, Options).Run();
            var shared = Preparations.Get(Options, History, () => new Choices.Allowance(Options));
            var most = Math.Max(LeastForSearch, shared.Next() / SharedPart) / (1 + (rows.Count / LargeHistory));
            var search = new Allowance(Math.Min(Options.MaxSteps, most), bytes, Options.Cancellation);
            verdict = new ObjectJudge(Model, rows, states, views.Open, search, Options).Run();
            shared.Spend(search.Taken);
            return verdict;

            MainOrder? Main() => !Bundled || !QuickJudge.IsApart(Model) ? null
                : Preparations.Get(Options, History, () => new Main(MainOrder.Of(rows, states, Judged().Verdict, quick, Options))).Order;
        }

        // A linearization is a sequential order, and its algorithms are fast.
        private Verdict? Prove(string algorithm)
        {
            if (!Bundled) return null;
            var judged = Judged().Verdict;
            if (judged.Kind != VerdictKind.Valid) return null;
            var by = string.Create(CultureInfo.InvariantCulture, $"{algorithm}: linearizable by {judged.Algorithm}");
            return Verdict.Valid(Model, by, Model == ModelNames.Sequential ? judged.Certificate : null, judged.Steps);
        }

        private Linearized Judged() => _judged ??= Preparations.Get(Options, History, () => new Linearized(
            Linearizability.Linearizability.Check(History, Type, Options with { MaxSteps = Math.Max(1, Options.MaxSteps / 10) })));
    }

    // The rows are the same for every model.
    private sealed record Main(MainOrder? Order);
}

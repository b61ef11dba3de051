using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability;

/// <summary>
/// Verifies that an order is a linearization, by replaying it. Shares nothing with the algorithms but the sequential specification, and is
/// small enough
/// to be believed.
/// </summary>
public static class CertificateReplayer
{
    /// <summary>Says what is wrong with a certificate; null if it proves that the history is linearizable. O(operations) steps.</summary>
    /// <param name="history">The history.</param>
    /// <param name="type">The data type; <see cref="BundledSpecs.Has"/> must hold.</param>
    /// <param name="certificate">The order.</param>
    /// <param name="options">The readings: initial value, failed compare-and-sets.</param>
    /// <exception cref="ArgumentException">The type has no sequential specification here.</exception>
    public static string? Refute(History history, DataType type, OrderCertificate certificate, CheckOptions options) =>
        Refute(type, new Replay(history, BundledSpecs.SpansKeys(type), RealTimeMatters: true, type.Name == DataTypes.Lock.Name, certificate.Order, options));

    /// <summary>The same for sequential consistency: the order keeps each process's order, not real time.</summary>
    /// <exception cref="ArgumentException">The type has no sequential specification here.</exception>
    public static string? RefuteSequential(History history, DataType type, OrderCertificate certificate, CheckOptions options) =>
        Refute(type, new Replay(history, BundledSpecs.SpansKeys(type), RealTimeMatters: false, Locks: false, certificate.Order, options));

    /// <summary>The same for a specification of the user's own.</summary>
    public static string? Refute<TSpec, TState>(
        History history, SpecFactory<TSpec> make, OrderCertificate certificate, CheckOptions options)
        where TSpec : struct, ISequentialSpec<TState>
        where TState : notnull, IEquatable<TState> =>
        new Replay(history, SpansKeys: false, RealTimeMatters: true, Locks: false, certificate.Order, options).Visit<TSpec, TState>(make).Problem;

    /// <summary>
    /// Says what is wrong with one of the longest orders of an invalid history; null if it keeps real time and the data type up to where it is stuck, and
    /// nothing of what it says comes next can follow. O(operations) steps for each operation that comes next.
    /// </summary>
    /// <param name="history">The history.</param>
    /// <param name="type">The data type; <see cref="BundledSpecs.Has"/> must hold.</param>
    /// <param name="anomaly">The violation.</param>
    /// <param name="attempt">One of its orders.</param>
    /// <param name="options">The readings: initial value, failed compare-and-sets.</param>
    /// <exception cref="ArgumentException">The type has no sequential specification here.</exception>
    public static string? RefuteAttempt(History history, DataType type, Anomaly anomaly, PartialOrder attempt, CheckOptions options)
    {
        Replay Of(IReadOnlyList<int> order) => new(history, BundledSpecs.SpansKeys(type), RealTimeMatters: true, Locks: false, order, options, IsPart: true);
        var placed = new HashSet<int>();
        var left = anomaly.Operations.ToHashSet();
        foreach (var operation in attempt.Order)
        {
            if ((uint)operation >= (uint)history.Count) return $"there is no operation {operation}";
            if (!placed.Add(operation)) return $"operation {operation} occurs twice";
            if (Precedes(operation) is { } earlier) return $"operation {earlier} returned before operation {operation} began, but is not placed before it";
            left.Remove(operation);
        }

        if (Refute(type, Of(attempt.Order)) is { } wrong) return wrong;
        foreach (var next in attempt.Stuck)
        {
            if ((uint)next >= (uint)history.Count || !left.Contains(next)) return $"operation {next} is not left";
            if (Precedes(next) is { } earlier) return $"operation {earlier} returned before operation {next} began, so it need not come next";
            if (Refute(type, Of([.. attempt.Order, next])) is null) return $"operation {next} can come next";
        }

        return attempt.Stuck.Count > 0 ? null : "nothing is said to come next";

        int? Precedes(int operation)
        {
            foreach (var other in left)
            {
                if (other != operation && history.Types[other] != OperationType.Info && history.Complete[other] < history.Invoke[operation]) return other;
            }

            return null;
        }
    }

    private static string? Refute(DataType type, Replay replay) => BundledSpecs.Accept(type, replay) is { } answer
        ? answer.Problem
        : throw new ArgumentException($"the data type {type} has no sequential specification", nameof(type));

    private sealed record Answer(string? Problem);

    private sealed record Replay(
        History History, bool SpansKeys, bool RealTimeMatters, bool Locks, IReadOnlyList<int> Order, CheckOptions Options, bool IsPart = false) : ISpecVisitor<Answer>
    {
        public Answer Visit<TSpec, TState>(SpecFactory<TSpec> make)
            where TSpec : struct, ISequentialSpec<TState>
            where TState : notnull, IEquatable<TState> => new(
                (IsPart ? null : Completeness()) ?? (RealTimeMatters ? RealTime() : ProgramOrder()) ?? Specification<TSpec, TState>(make)
                ?? (Locks ? LeaseReplay.Refute(History, Order) : null));

        private string? Completeness()
        {
            var placed = new bool[History.Count];
            foreach (var operation in Order)
            {
                if ((uint)operation >= (uint)placed.Length) return $"there is no operation {operation}";
                if (placed[operation]) return $"operation {operation} occurs twice";
                if (History.Types[operation] == OperationType.Fail && !IsObservation(operation)) return $"operation {operation} failed";
                placed[operation] = true;
            }

            for (var i = 0; i < placed.Length; i++)
            {
                if (!placed[i] && (History.Types[i] == OperationType.Ok || IsObservation(i))) return $"operation {i} is missing";
            }

            return null;
        }

        // Nothing may stand after an operation that began after it had returned.
        private string? RealTime()
        {
            var latest = -1;
            foreach (var operation in Order)
            {
                var returned = History.Types[operation] == OperationType.Info ? History.Never : History.Complete[operation];
                if (latest >= 0 && returned < History.Invoke[latest])
                    return $"operation {operation} returned before operation {latest} began, but stands after it";
                if (latest < 0 || History.Invoke[operation] > History.Invoke[latest]) latest = operation;
            }

            return null;
        }

        // Operations are numbered by invocation, so a process's numbers must ascend.
        private string? ProgramOrder()
        {
            var last = new Dictionary<int, int>();
            foreach (var operation in Order)
            {
                var process = History.Process[operation];
                if (last.TryGetValue(process, out var before) && before > operation)
                    return $"operation {operation} of process {process} came before its operation {before}, but stands after it";
                last[process] = operation;
            }

            return null;
        }

        private string? Specification<TSpec, TState>(SpecFactory<TSpec> make)
            where TSpec : struct, ISequentialSpec<TState>
            where TState : notnull, IEquatable<TState>
        {
            var initial = Linearizability.InitialOf(History, Options);
            foreach (var group in Order.GroupBy(operation => SpansKeys ? 0 : History.Key[operation]))
            {
                var spec = make(History.Values, initial);
                var operations = group.Select(operation => (operation, Of(operation, spec.UsesProcess))).ToArray();
                spec.Prepare([.. operations.Select(o => o.Item2).Distinct()]);
                var states = new HashSet<TState> { spec.Initial };
                var next = new NextStates<TState>();
                foreach (var (number, operation) in operations)
                {
                    next.Clear();
                    foreach (var state in states) spec.Step(state, operation, next);
                    if (next.Count == 0)
                        return $"operation {number} cannot have its result there: {string.Join(" or ", states.Select(spec.Describe))}";
                    states.Clear();
                    for (var i = 0; i < next.Count; i++) states.Add(next[i]);
                }
            }

            return null;
        }

        private bool IsObservation(int operation) =>
            Options.ObserveFailedCas && History.Types[operation] == OperationType.Fail && History.Functions[operation] == Function.Cas;

        private SpecOperation Of(int operation, bool usesProcess) => new(
            History.Functions[operation],
            History.Types[operation],
            History.KeyId(History.Key[operation]),
            History.Input[operation],
            History.Types[operation] == OperationType.Ok ? History.Output[operation] : ValueId.Null,
            usesProcess ? History.Process[operation] : 0);
    }
}

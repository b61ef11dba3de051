using System.Globalization;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.RealTime;
using Checker.Histories;

namespace Checker.Checkers.KAtomicity;

/// <summary>
/// k-atomicity (<c>2-atomic</c>, <c>3-atomic</c> …; Aiyer, Alvisi and Bazzi, "On the availability of non-strict quorum systems", DISC 2005):
/// linearizability, except that a read may return any of the last k values.
/// </summary>
/// <remarks>
/// <para>Definition. There is a total order of all operations of a key that keeps real time, in which every read returns the value of one
/// of the last k writes before it; the initial value counts as a write before all others. 1-atomic is linearizable. The property is local:
/// each key is judged alone (Golab, Li and Shah, "Analyzing consistency properties for fun and profit", PODC 2011, section 3).</para>
/// <para>Choices. A compare-and-set finds the current value: only reads may lag. The literature has reads and writes only; a comparison with
/// an older version would let two compare-and-sets replace the same one, which is what they are there to prevent. A write of unknown
/// outcome that nobody observed is left out: it would only make reads staler. A failed compare-and-set observes nothing.</para>
/// <para>Each value written once: exact and near-linear for k = 1 and 2 (<see cref="SuffixOrder"/>); for greater k, whether it can be
/// decided in polynomial time is not known (Golab, Hurwitz and Li 2013): bounds first, then the general search with a budget. Values
/// written several times: reads that are certainly k versions behind, then the search.</para>
/// </remarks>
internal sealed class KAtomicModel(int k) : IConsistencyModel
{
    private const string Suffix = "-atomic";

    /// <inheritdoc/>
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"{k}{Suffix}");

    /// <inheritdoc/>
    public string Summary => k == 2
        ? "linearizable, except that a read may return the value before the last (any k: 3-atomic …)"
        : string.Create(CultureInfo.InvariantCulture, $"linearizable, except that a read may return any of the last {k} values");

    /// <summary>The model of a name such as <c>3-atomic</c>; null if it is not such a name, or k is not between 1 and 1,000,000.</summary>
    public static KAtomicModel? Find(string name) =>
        name.EndsWith(Suffix, StringComparison.Ordinal)
        && int.TryParse(name[..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var k)
        && k is >= 1 and <= 1_000_000 && name[0] != '0'
            ? new KAtomicModel(k)
            : null;

    /// <inheritdoc/>
    public bool Supports(DataType type) => RegisterTimes.Supports(type);

    /// <inheritdoc/>
    public Verdict Check(History history, DataType type, CheckOptions options)
    {
        if (KeyJudge.TryBuild(history, type, options, out var judge) is { } reason) return Verdict.Unknown(Name, "order from the end", reason);
        var algorithms = new SortedSet<string>(StringComparer.Ordinal);
        var orders = new List<int[]>();
        var undecided = new List<string>();
        var steps = 0L;
        for (var key = 0; key < history.KeyCount; key++)
        {
            if (options.Cancellation.IsCancellationRequested)
            {
                var judged = string.Create(CultureInfo.InvariantCulture, $"the check was cancelled after {key:N0} of {history.KeyCount:N0} keys");
                return Verdict.Unknown(Name, "order from the end", judged, steps);
            }

            var verdict = judge!.Judge(key, k, Math.Max(1, (options.MaxSteps - steps) / (history.KeyCount - key)));
            steps += verdict.Steps;
            algorithms.Add(verdict.Algorithm);
            if (verdict.Kind == VerdictKind.Invalid) return Verdict.Invalid(Name, verdict.Algorithm, [judge.Explain(key, k, verdict)], steps);
            if (verdict.Kind == VerdictKind.Unknown) undecided.Add(verdict.Reason!);
            else if (verdict.Order is not null) orders.Add(verdict.Order);
        }

        var algorithm = algorithms.Count == 0 ? "nothing to judge" : string.Join(", ", algorithms);
        if (undecided.Count > 0)
        {
            var proved = string.Create(
                CultureInfo.InvariantCulture, $"{history.KeyCount - undecided.Count:N0} of {history.KeyCount:N0} keys are {Name}; {undecided[0]}");
            return Verdict.Unknown(Name, algorithm, proved, steps);
        }

        var certificate = options.Certify ? new OrderCertificate(OrderMerge.Merge(history, orders, options.Parallelism)) : null;
        return Verdict.Valid(Name, algorithm, certificate, steps);
    }
}

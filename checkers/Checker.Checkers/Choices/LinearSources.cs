using Checker.Checkers.Linearizability.General.Registers;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Registers;
using Checker.Histories;

namespace Checker.Checkers.Choices;

/// <summary>
/// What each open read saw if its key is linearizable, which every model then allows; of a key that is not, if a few of its reads are left out. A guess for
/// the rest: one beam over each key with open reads, O(operations) for most.
/// </summary>
internal sealed class LinearSources
{
    private readonly int[] _source;

    private LinearSources(int operations) => Array.Fill(_source = new int[operations], RegisterHistory.NoRead);

    // Of one key, and of all.
    private const int MostLeftOut = 6;
    private const int MostLeftOutOfAll = 64;
    private const int StepsOfOperation = 40;
    private const int LeastSteps = 20_000;

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>What an operation saw, by its number in the history; <see cref="RegisterHistory.NoRead"/> if that is not known.</summary>
    public int Source(int reader) => _source[reader];

    /// <summary>Finds them for one history.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="options">Budgets and readings.</param>
    public static LinearSources Of(CandidateWrites candidates, CheckOptions options) =>
        Preparations.Get(options, candidates.History, () => Find(candidates, options));

    /// <summary>Makes what each read saw in such an order its likeliest write.</summary>
    public void Prefer(CandidateWrites candidates)
    {
        foreach (var read in candidates.Open)
        {
            if (_source[read.Reader] != RegisterHistory.NoRead) read.Prefer(_source[read.Reader]);
        }
    }

    private static LinearSources Find(CandidateWrites candidates, CheckOptions options)
    {
        var history = candidates.History;
        var partition = KeyPartition.Of(history, DataTypes.Kv, candidates.Values.Initial, options with { ObserveFailedCas = false });
        var wanted = new bool[partition.Count];
        foreach (var read in candidates.Open) wanted[history.Key[read.Reader]] = true;
        var linear = new LinearSources(history.Count);
        var judge = new RegisterJudge();
        var leftOut = 0;
        for (var key = 0; key < partition.Count && !options.Cancellation.IsCancellationRequested; key++)
        {
            if (wanted[key]) linear.Trace(candidates.Values, linear.Order(judge, partition[key], options, ref leftOut));
        }

        return linear;
    }

    // A linearization of a key, or of so much of it as there is one for.
    private int[] Order(RegisterJudge judge, KeyHistory rows, CheckOptions options, ref int leftOut)
    {
        int[] best = [];
        for (var tries = 0; ; tries++)
        {
            if (!judge.TryLoad(rows)) return best;
            var stuck = judge.StaleRead();
            if (stuck < 0)
            {
                var budget = new SearchBudget(LeastSteps + ((long)StepsOfOperation * rows.Count), options.MaxBytes, options.Cancellation);
                var result = judge.Judge(rows, budget, new BeamWidth());
                Steps += result.Steps;
                if (result.Kind == VerdictKind.Valid) return result.Order;
                if (result.Order.Length > best.Length) best = result.Order;
                stuck = result.Stuck;
            }

            Steps += rows.Count;
            var row = stuck < 0 ? -1 : rows.Operations.BinarySearch(stuck);
            if (row < 0 || rows.Functions[row] != Function.Read || tries >= MostLeftOut || leftOut >= MostLeftOutOfAll) return best;
            leftOut++;
            rows = rows.Only([.. Enumerable.Range(0, rows.Count).Where(other => other != row)]);
        }
    }

    private void Trace(RegisterValues values, int[] order)
    {
        var last = RegisterHistory.Initial;
        foreach (var op in order)
        {
            if (values.Reads(op)) _source[op] = last;
            if (values.Writes(op)) last = op;
        }
    }
}

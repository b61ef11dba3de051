using System.Diagnostics;
using Checker.Checkers;
using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Checkers.Staleness;
using Checker.Cli.Conventions;
using Checker.Histories;
using Checker.Reports;

namespace Checker.Cli.Verbs;

/// <summary>Judging by a model, with the clock running.</summary>
internal static class Judging
{
    /// <summary>Enough for histories of a few thousand operations; <c>checker classify</c> takes as many as the user allows.</summary>
    private const long PlacingSteps = 1_000_000;

    /// <summary>The same where a search carries the whole contents of an object along, as of queues and stacks: a step costs some five times as much.</summary>
    private const long PlacingStepsOfObjects = 200_000;

    /// <summary>Refuses models that a data type does not have.</summary>
    /// <param name="models">The models.</param>
    /// <param name="type">The data type.</param>
    /// <param name="what">What is judged, for the message.</param>
    /// <exception cref="UsageException">A model is not defined for the type.</exception>
    public static void Require(IEnumerable<IConsistencyModel> models, DataType type, string what)
    {
        if (models.FirstOrDefault(model => !model.Supports(type)) is { } model)
        {
            throw new UsageException($"{what}: the model {model.Name} is not defined for the data type {type.Name}; defined for it: {ModelTypes.For(type)}");
        }
    }

    /// <summary>
    /// Says in passing where a history that was judged stands among all models: with few steps for each, so that a report is there
    /// a moment after the verdict. What the verdicts imply is not judged again.
    /// </summary>
    public static Classification Place(History history, DataType type, CheckOptions options, IReadOnlyList<ModelResult> judged)
    {
        var most = type.Sequential.Name is "register" or "cas-register" or "kv" ? PlacingSteps : PlacingStepsOfObjects;
        var modest = options with { Certify = false, MaxSteps = Math.Min(options.MaxSteps, most) };
        return Classification.Of(Models.All, history, type, modest, [.. judged.Select(result => result.Verdict)]);
    }

    /// <summary>How stale the reads of a history were; null where that is not defined.</summary>
    public static ReadStaleness? Staleness(History history, DataType type, CheckOptions options) =>
        ReadStaleness.Supports(type) ? ReadStaleness.Measure(history, type, options) : null;

    /// <summary>Judges a history, and says how long it took.</summary>
    public static ModelResult Judge(IConsistencyModel model, History history, DataType type, CheckOptions options)
    {
        var watch = Stopwatch.StartNew();
        var verdict = model.Check(history, type, options);
        return new ModelResult(verdict, watch.Elapsed.TotalSeconds);
    }
}

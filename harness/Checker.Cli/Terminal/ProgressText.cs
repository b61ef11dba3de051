using System.Globalization;
using Checker.Harness.Runs;

namespace Checker.Cli.Terminal;

/// <summary>The words for how a run goes.</summary>
internal static class ProgressText
{
    public static string Of(RunPhase phase) => phase switch
    {
        RunPhase.Setup => "setting up",
        RunPhase.Main => "running",
        RunPhase.Recovery => "healed, waiting for progress",
        RunPhase.FinalReads => "final reads",
        RunPhase.Teardown => "closing",
        _ => "done",
    };

    public static string Of(RunCounts counts) =>
        string.Create(CultureInfo.InvariantCulture, $"{counts.Ok:N0} ok, {counts.Fail:N0} fail, {counts.Info:N0} info");

    public static string Seconds(long nanoseconds) => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e9:0.0} s");

    public static string Faults(IReadOnlyList<string> faults) => faults.Count == 0 ? "none" : string.Join(", ", faults);
}

using Checker.Histories.Values;
using Checker.Targets.Faults;

namespace Checker.Harness.Nemeses;

/// <summary>What became of one injected fault.</summary>
/// <param name="Nemesis">The nemesis as the user named it.</param>
/// <param name="Fault">The fault that it picked.</param>
/// <param name="Details">Which nodes or links.</param>
/// <param name="Start">When it was injected, in nanoseconds since the start of the run.</param>
/// <param name="Stop">When it was healed.</param>
/// <param name="Evidence">What shows that it bit.</param>
/// <param name="Error">Why it could not be injected or healed; null if it could.</param>
public sealed record FaultReport(
    string Nemesis, string Fault, Value Details, long Start, long Stop, Evidence Evidence, string? Error = null);

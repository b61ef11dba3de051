namespace Checker.Harness.Generators;

/// <summary>What a generator answers.</summary>
public enum StepKind : byte
{
    /// <summary>There will be no more operations.</summary>
    Exhausted,

    /// <summary>There is no operation now; there may be one after the next event, or at the time named.</summary>
    Pending,

    /// <summary>Here is an operation to start now.</summary>
    Operation,
}

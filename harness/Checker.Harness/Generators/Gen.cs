namespace Checker.Harness.Generators;

/// <summary>Makes generators. What is done to one generator is an extension method, so that a workload reads like a sentence.</summary>
public static partial class Gen
{
    /// <summary>Has no operations.</summary>
    public static IGenerator Nothing => Generators.Nothing.Instance;
}

namespace Checker.Checkers.Linearizability.General.Stacks;

/// <summary>What is decided about a stack so far, beside what it holds.</summary>
/// <param name="Pending">The slots of what is open and has not been placed.</param>
/// <param name="Uses">What was used of what has an unknown outcome, as <see cref="StackUses"/> numbers it.</param>
internal readonly record struct StackConfiguration(ulong Pending, int Uses)
{
    /// <summary>The same without what has some slots.</summary>
    public StackConfiguration Without(ulong slots) => this with { Pending = Pending & ~slots };
}

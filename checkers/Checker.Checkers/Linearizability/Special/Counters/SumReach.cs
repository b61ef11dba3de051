namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>How far <see cref="SumExpansion"/> looks for ways to let an operation end.</summary>
/// <param name="Detours">How many reads may be served before it that could wait.</param>
/// <param name="DetourLength">How many changes may take effect for each of them.</param>
/// <param name="Longer">By how many changes a way may be longer than the shortest one.</param>
/// <param name="Tries">How many sums may be tried for each read.</param>
/// <param name="Ways">How many ways to serve such reads may be looked at.</param>
internal readonly record struct SumReach(int Detours, int DetourLength, int Longer, long Tries, int Ways)
{
    /// <summary>Everywhere.</summary>
    public static SumReach Everywhere { get; } = new(int.MaxValue, int.MaxValue, int.MaxValue, long.MaxValue, int.MaxValue);

    /// <summary>The nearest ways.</summary>
    public static SumReach Near { get; } = new(1, 1, 0, 64, 64);

    /// <summary>More than those.</summary>
    /// <param name="level">How much more, from 1 on.</param>
    public static SumReach Far(int level) => new(int.MaxValue, 4 * level, level * level, 1024 << (2 * level), 16 << (2 * level));
}

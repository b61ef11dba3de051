namespace Checker.Checkers.Choices;

/// <summary>
/// The steps that searches over choices may take: of several models that judge one history together each a part of what those before it left, so that all
/// together take no more than one alone.
/// </summary>
internal sealed class Allowance(CheckOptions options)
{
    private const int Part = 5;

    private readonly bool _shared = options.Preparations is not null;
    private long _left = options.MaxSteps;

    /// <summary>The steps of the next search.</summary>
    public long Next() => _shared ? Math.Max(0, _left) / Part : options.MaxSteps;

    /// <summary>Notes what was taken.</summary>
    public void Spend(long steps) => _left -= steps;
}

using Checker.Histories;

namespace Checker.Harness.Generators;

/// <summary>Has no operations.</summary>
internal sealed record Nothing : IGenerator
{
    public static readonly Nothing Instance = new();

    public Step Next(in GeneratorContext context) => Step.Exhausted;

    public IGenerator Update(in GeneratorContext context, in HistoryEvent e) => this;
}
